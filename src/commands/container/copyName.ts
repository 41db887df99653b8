import { copy } from '../copy.ts';

export const copyContainerName = copy(
  'container',
  ({ t }) => t('Copy the name of which containers?'),
  ({ object }) => object.name,
);
