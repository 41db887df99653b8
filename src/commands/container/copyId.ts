import { copy } from '../copy.ts';

export const copyContainerId = copy(
  'container',
  ({ t }) => t('Copy the id of which containers?'),
  ({ object }) => object.id,
);
