import { oneLine } from '../../base/format.ts';
import { printObjectRef } from '../../model/identity.ts';
import { CommandFailure } from '../commandFailure.ts';
import { findTargets } from '../targets.ts';
import { action } from '../verb.ts';

/** Opens a file row of a container read-only. */
export const openContainerFile = action(async (deps, signal, [key]) => {
  const node = typeof key === 'string' ? deps.views.node(key) : undefined;
  if (node?.kind !== 'part' || node.part.kind !== 'file')
    throw new CommandFailure('notFound', deps.t('Choose a file below a container in the sidebar.'));
  const { engineId, containerId, part } = node;
  const ref = { engineId, kind: 'container' as const, id: containerId };
  const [target] = await findTargets(deps, 'container', [printObjectRef(ref)], signal);
  await deps.panels.openFile(ref, oneLine(target?.name ?? containerId, 60), part.path);
});
