import { oneLine } from '../../base/format.ts';
import type { Localize } from '../../base/localize.ts';
import type { EngineSet, KnownEngine } from '../../engine/engineSet.ts';
import type { Container } from '../../model/container.ts';
import { isInScope, type ContainerScope } from '../../model/containerScope.ts';
import { whenLoaded } from '../whenLoaded.ts';

/** What a log that a link leads to is called; or, where there is no such log here, why. */
export async function linkedLog(
  engines: EngineSet,
  scope: ContainerScope,
  t: Localize,
  signal: AbortSignal,
): Promise<{ readonly name: string } | { readonly problem: string }> {
  const ids = scope.kind === 'compose' ? [scope.engineId] : scope.refs.map(({ engineId }) => engineId);
  const missing = ids.find((id) => engines.get(id) === undefined);
  if (missing !== undefined) {
    const name = oneLine(missing, 60);
    return {
      problem: t('This link leads to a log of the engine “{name}”, which is not known here.', { name }),
    };
  }
  const known = engines.all.filter(({ description }) => ids.includes(description.id));
  await whenLoaded(known, 'container', signal);
  const found = known.flatMap((engine) => containersOf(engine, scope));
  const isSure = known.every(({ store }) => store.state.connection.phase === 'connected');
  if (scope.kind === 'compose') {
    const name = oneLine(
      scope.service === undefined ? scope.project : `${scope.project} / ${scope.service}`,
      80,
    );
    // What is gone may come again, but a name that nothing has is most likely somebody else's.
    return found.length === 0 && isSure
      ? { problem: t('This link leads to the log of {name}, of which there is no container here.', { name }) }
      : { name };
  }
  if (found.length === 0 && isSure)
    return {
      problem: t(
        'This link leads to the log of a container that is not there any more, or is not on this engine.',
      ),
    };
  const [first] = scope.refs;
  if (scope.refs.length > 1) return { name: t('{count} containers', { count: scope.refs.length }) };
  return { name: oneLine(found[0]?.name ?? first?.id.slice(0, 12) ?? '', 80) };
}

function containersOf({ description, store }: KnownEngine, scope: ContainerScope): readonly Container[] {
  return [...store.state.snapshot.container.values()].filter((container) =>
    isInScope(scope, description.id, container),
  );
}
