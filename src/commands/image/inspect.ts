import { inspect } from '../inspect.ts';

export const inspectImage = inspect('image', ({ t }) => t('Inspect which images?'));
