import { ownerKey } from '../../model/tree/contextValue.ts';
import { includes } from '../../model/tree/registryTree.ts';
import { CommandFailure } from '../commandFailure.ts';
import { action } from '../verb.ts';

/** The next part of the list that the clicked row stands at the end of. */
export const loadMore = action(async ({ t, prompts, registries, views }, signal, [key]) => {
  if (typeof key !== 'string')
    throw new CommandFailure('notFound', t('Choose a row of the Registries view first.'));
  const { filter } = views.options('registries');
  await prompts.progress(t('Reading more names'), (progressSignal) =>
    registries.loadMore(
      ownerKey(key),
      (name) => includes(name, filter),
      AbortSignal.any([signal, progressSignal]),
    ),
  );
});

/** Asks again for all that is open. */
export const refreshRegistries = action(async ({ registries }) => {
  await registries.refresh();
});

/** Asks again for what is open below a row. A button in the view's heading could not tell rows from all. */
export const refreshRow = action(async ({ registries }, _signal, [key]) => {
  await registries.refresh(typeof key === 'string' ? ownerKey(key) : undefined);
});
