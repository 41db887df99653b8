import { inspect } from '../inspect.ts';

export const inspectContainer = inspect('container', ({ t }) => t('Inspect which containers?'));
