import type { KnownEngine } from '../../engine/engineSet.ts';
import { CommandFailure } from '../commandFailure.ts';
import type { Deps } from '../deps.ts';

/**
 * The engine that a command's argument names (a row, an id or a name), the only one that fits, or the user's choice.
 * Undefined when the user turned away.
 */
export async function chooseEngine(
  deps: Deps,
  [given]: readonly unknown[],
  question: string,
  fits: (engine: KnownEngine) => boolean = () => true,
): Promise<KnownEngine | undefined> {
  if (typeof given === 'string') return namedEngine(deps, given);
  const candidates = deps.engines.all.filter(fits);
  const [only] = candidates;
  if (only === undefined)
    throw new CommandFailure(
      'notFound',
      deps.t('No engine is ready for that. The Engines view says how each one stands.'),
    );
  if (candidates.length === 1) return only;
  return deps.prompts.pickOne(
    question,
    candidates.map((engine) => ({
      value: engine,
      label: engine.description.name,
      description: engine.description.address,
    })),
  );
}

function namedEngine({ engines, views, t }: Deps, name: string): KnownEngine {
  const node = views.node(name);
  const id = node !== undefined && 'engineId' in node ? node.engineId : name;
  const engine = engines.get(id) ?? engines.all.find(({ description }) => description.name === name);
  if (engine === undefined) throw new CommandFailure('notFound', t('There is no engine “{name}”.', { name }));
  return engine;
}
