import { printObjectRef } from '../../model/identity.ts';
import { CommandFailure } from '../commandFailure.ts';
import { findTargets } from '../targets.ts';
import { action } from '../verb.ts';

/** From a mount row of a container, or a name, to the volume's own row. */
export const revealVolume = action(async (deps, signal, [key]) => {
  const { t, views } = deps;
  if (typeof key !== 'string') throw new CommandFailure('notFound', t('Choose a volume first.'));
  const node = views.node(key);
  const name = node?.kind === 'part' && node.part.kind === 'mount' ? node.part.mount.source : key;
  const id =
    node === undefined || !('engineId' in node)
      ? name
      : printObjectRef({ engineId: node.engineId, kind: 'volume', id: name });
  const [target] = await findTargets(deps, 'volume', [id], signal);
  if (target !== undefined) await views.reveal('volumes', printObjectRef(target.ref));
});
