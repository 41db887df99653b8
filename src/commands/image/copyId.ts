import { copy } from '../copy.ts';

export const copyImageId = copy(
  'image',
  ({ t }) => t('Copy the id of which images?'),
  ({ object }) => object.id,
);
