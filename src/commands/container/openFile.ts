import { CommandFailure } from '../commandFailure.ts';
import { action } from '../verb.ts';

/** Opens a file row of a container or a volume. */
export const openContainerFile = action(async ({ t, views, panels }, _signal, [key]) => {
  const node = typeof key === 'string' ? views.node(key) : undefined;
  if (node?.kind !== 'file')
    throw new CommandFailure('notFound', t('Choose a file below a container in the sidebar.'));
  await panels.openFile(node.place, node.path);
});
