import type { KnownRegistry } from '../../model/registry.ts';
import { referenceOfKey } from '../../model/registryKeys.ts';
import { ownerKey } from '../../model/tree/contextValue.ts';
import { CommandFailure } from '../commandFailure.ts';
import type { Deps } from '../deps.ts';
import { readInvocation } from '../targets.ts';

/** The registry that a row belongs to, or that a name stands for; else the one that the user picks. */
export async function chooseRegistry(
  deps: Deps,
  args: readonly unknown[],
  question: string,
  allows: (registry: KnownRegistry) => boolean = () => true,
): Promise<KnownRegistry | undefined> {
  const { t, prompts, registries, views } = deps;
  const { names } = await readInvocation(args, views);
  await registries.readKnown();
  const { known } = registries.state;
  const [name] = names ?? [];
  if (name !== undefined) {
    const host = hostOf(name);
    const registry = known.find((each) => each.host === host);
    if (registry === undefined)
      throw new CommandFailure(
        'notFound',
        t('There is no registry “{name}” in the list. Add it first.', { name: host }),
      );
    return registry;
  }
  const candidates = known.filter(allows);
  if (candidates.length === 0) {
    prompts.tell(t('There is no registry to choose. Add one in the Registries view.'));
    return undefined;
  }
  return prompts.pickOne(
    question,
    candidates.map((registry) => ({ value: registry, label: registry.host })),
  );
}

/** Of a row's key, or of a reference or host as it stands. */
export function hostOf(name: string): string {
  return referenceOfKey(ownerKey(name)).split('/', 1)[0] ?? name;
}
