import { inspect } from '../inspect.ts';

export const inspectVolume = inspect('volume', ({ t }) => t('Inspect which volumes?'));
