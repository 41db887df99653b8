import { copy } from '../copy.ts';

export const copyImageReference = copy(
  'image',
  ({ t }) => t('Copy the reference of which images?'),
  ({ name }) => name,
);
