import { copy } from '../copy.ts';

export const copyNetworkName = copy(
  'network',
  ({ t }) => t('Copy the name of which networks?'),
  ({ name }) => name,
);
