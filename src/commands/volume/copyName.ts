import { copy } from '../copy.ts';

export const copyVolumeName = copy(
  'volume',
  ({ t }) => t('Copy the name of which volumes?'),
  ({ name }) => name,
);
