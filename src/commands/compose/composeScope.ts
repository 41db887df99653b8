import type { ContainerScope } from '../../model/containerScope.ts';
import { CommandFailure } from '../commandFailure.ts';
import type { Deps } from '../deps.ts';
import { whenLoaded } from '../whenLoaded.ts';

export type ComposeScope = ContainerScope & { readonly kind: 'compose' };

/**
 * The project or service that a command is about: that of a row's heading, of a project's name, or of
 * `project/service`; of what was picked where nothing was given. Undefined when the user turned away.
 */
export async function composeScope(
  deps: Deps,
  signal: AbortSignal,
  given: unknown,
  question: string,
): Promise<{ readonly scope: ComposeScope; readonly name: string } | undefined> {
  await whenLoaded(deps.engines.active, 'container', signal);
  const scope = typeof given === 'string' ? named(deps, given) : await choose(deps, question);
  if (scope === undefined) return undefined;
  const name = scope.service === undefined ? scope.project : `${scope.project} / ${scope.service}`;
  return { scope, name };
}

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

async function choose(deps: Deps, question: string): Promise<ComposeScope | undefined> {
  const all = projects(deps);
  if (all.length === 0)
    throw new CommandFailure('notFound', deps.t('No container belongs to a compose project.'));
  return deps.prompts.pickOne(
    question,
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
