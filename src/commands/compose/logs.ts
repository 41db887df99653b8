import type { LogScope } from '../../model/logScope.ts';
import { CommandFailure } from '../commandFailure.ts';
import type { Deps } from '../deps.ts';
import { action } from '../verb.ts';
import { whenLoaded } from '../whenLoaded.ts';

type ComposeScope = LogScope & { readonly kind: 'compose' };

/** One log of all that a compose project has, or one of its services: what is recreated or scaled up later joins. */
export const openComposeLogs = action(async (deps, signal, [given]) => {
  await whenLoaded(deps.engines.active, 'container', signal);
  const scope = typeof given === 'string' ? named(deps, given) : await choose(deps);
  if (scope === undefined) return;
  const name = scope.service === undefined ? scope.project : `${scope.project} / ${scope.service}`;
  deps.panels.openLogs(scope, name);
});

/** A row's heading, or a project's name, or `project/service`. */
function named(deps: Deps, name: string): ComposeScope {
  const node = deps.views.node(name);
  if (node?.kind === 'group' && (node.by === 'compose' || node.by === 'service'))
    return scopeOf(node.engineId, node.label);
  const [project] = name.split('/');
  const found = projects(deps).find((scope) => scope.project === project);
  if (found === undefined)
    throw new CommandFailure('notFound', deps.t('There is no compose project “{name}”.', { name }));
  return scopeOf(found.engineId, name);
}

/** `label` is `project`, or `project/service`. */
function scopeOf(engineId: string, label: string): ComposeScope {
  const slash = label.indexOf('/');
  return slash < 0
    ? { kind: 'compose', engineId, project: label, service: undefined }
    : { kind: 'compose', engineId, project: label.slice(0, slash), service: label.slice(slash + 1) };
}

async function choose(deps: Deps): Promise<ComposeScope | undefined> {
  const all = projects(deps);
  if (all.length === 0)
    throw new CommandFailure('notFound', deps.t('No container belongs to a compose project.'));
  return deps.prompts.pickOne(
    deps.t('Open the log of which project?'),
    all.map((scope) => ({
      value: scope,
      label: scope.project,
      description: deps.engines.get(scope.engineId)?.description.name ?? '',
    })),
  );
}

function projects({ engines }: Deps): readonly ComposeScope[] {
  return engines.active.flatMap(({ description, store }) => {
    const names = [...store.state.snapshot.container.values()].flatMap(({ compose }) =>
      compose === undefined ? [] : [compose.project],
    );
    return [...new Set(names)].sort().map((name) => scopeOf(description.id, name));
  });
}
