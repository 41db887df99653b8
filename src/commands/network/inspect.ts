import { inspect } from '../inspect.ts';

export const inspectNetwork = inspect('network', ({ t }) => t('Inspect which networks?'));
