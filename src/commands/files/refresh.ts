import { CommandFailure } from '../commandFailure.ts';
import { action } from '../verb.ts';

/** Reads a folder again. */
export const refreshFiles = action(({ t, views }, _signal, [key]) => {
  if (typeof key !== 'string')
    return Promise.reject(new CommandFailure('notFound', t('Choose a file or a folder in the sidebar.')));
  views.rereadRow(key);
  return Promise.resolve();
});
