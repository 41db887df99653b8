import { oneLine } from '../../base/format.ts';
import { printObjectRef } from '../../model/identity.ts';
import { CommandFailure } from '../commandFailure.ts';
import { findTargets } from '../targets.ts';
import { action } from '../verb.ts';

/** A changed file of a container beside the image's; a new or a deleted one alone. */
export const openContainerChange = action(async (deps, signal, [key]) => {
  const { t, views, panels } = deps;
  const node = typeof key === 'string' ? views.node(key) : undefined;
  if (node?.kind !== 'part' || node.part.kind !== 'change')
    throw new CommandFailure('notFound', t('Choose a change below a container in the sidebar.'));
  const { engineId, containerId, part } = node;
  const ref = { engineId, kind: 'container' as const, id: containerId };
  const [target] = await findTargets(deps, 'container', [printObjectRef(ref)], signal);
  if (target === undefined) return;
  const { object, name } = target;
  await panels.openChange({
    ref,
    containerName: oneLine(name, 60),
    imageId: object.imageId,
    image: oneLine(object.image, 80),
    path: part.path,
    change: part.change,
  });
});
