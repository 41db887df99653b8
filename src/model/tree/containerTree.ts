import { type Container, isHelper, isUp } from '../container.ts';
import { printObjectRef } from '../identity.ts';
import { branch, type GroupName, groupRows } from './grouping.ts';
import { createFilter, isFromWorkspace } from './match.ts';
import type { TreeBranch } from './nodes.ts';
import { sortItems } from './order.ts';
import type { EngineInput, ViewInput } from './viewInput.ts';
import type { GroupBy } from './viewOptions.ts';

/** One engine's containers as the Containers view shows them. */
export function containerRows(engine: EngineInput, input: ViewInput): readonly TreeBranch[] {
  const { options, workspaceFolders } = input;
  const filter = createFilter(options.filter);
  const shown = [...engine.snapshot.container.values()].filter(
    (container) =>
      !isHelper(container) &&
      (!options.runningOnly || isUp(container)) &&
      (!options.thisWorkspaceOnly || isFromWorkspace(container, workspaceFolders)) &&
      (filter === undefined || filter.container(container)),
  );
  const sorted = sortItems(shown, options.sortBy, (container) => ({
    name: container.name,
    sortName: engine.memo.sortName(container),
    createdAt: container.createdAt,
    state: container.state,
    image: container.image,
  }));
  const isOffline = engine.phase !== 'connected';
  const shared = {
    engineId: engine.id,
    of: 'container' as const,
    isOffline,
    idOf: (container: Container) => container.id,
    isRunning: isUp,
  };
  const row = (container: Container, label: string): TreeBranch => {
    const use = engine.use?.get(container.id);
    return engine.memo.branch(
      container,
      (node) => node.label === label && node.isOffline === isOffline && node.use === use,
      () => ({
        node: {
          kind: 'container',
          key: printObjectRef({ engineId: engine.id, kind: 'container', id: container.id }),
          engineId: engine.id,
          container,
          label,
          isOffline,
          use,
        },
        children: [],
      }),
    );
  };
  return groupRows(sorted, {
    ...shared,
    groupOf: groupOf(options.groupBy),
    rowsOf: (members, group) =>
      group?.by === 'compose'
        ? serviceRows(members, (label, replicas) => {
            const [only] = replicas;
            if (replicas.length === 1 && only !== undefined) return row(only, label);
            const name: GroupName = { by: 'service', label: `${group.label}/${label}` };
            return branch(
              name,
              replicas,
              replicas.map((replica) => row(replica, replica.name)),
              shared,
            );
          })
        : members.map((container) => row(container, container.name)),
  });
}

function groupOf(groupBy: GroupBy): (container: Container) => GroupName | undefined {
  if (groupBy.startsWith('label:')) {
    const key = groupBy.slice('label:'.length);
    return ({ labels }) => {
      // A label may be called `constructor`: what every object has is no label.
      const value = Object.hasOwn(labels, key) ? labels[key] : undefined;
      return value === undefined ? undefined : { by: 'label', label: value };
    };
  }
  switch (groupBy) {
    case 'compose':
      return ({ compose }) => (compose === undefined ? undefined : { by: 'compose', label: compose.project });
    case 'image':
      return ({ image }) => (image === '' ? undefined : { by: 'image', label: image });
    case 'network':
      // A container stands once in the view: under all its networks' names together.
      return ({ networks }) =>
        networks.length === 0
          ? undefined
          : { by: 'network', label: networks.map(({ name }) => name).join(', ') };
    case 'state':
      return ({ state }) => ({ by: 'state', label: state });
    default:
      return () => undefined;
  }
}

/** A project's containers by service, in the order in which the services first appear. */
function serviceRows(
  members: readonly Container[],
  toBranch: (service: string, replicas: readonly Container[]) => TreeBranch,
): readonly TreeBranch[] {
  const services = new Map<string, Container[]>();
  for (const container of members) {
    const service = container.compose?.service ?? '';
    const label = service === '' ? container.name : service;
    const replicas = services.get(label);
    if (replicas === undefined) services.set(label, [container]);
    else replicas.push(container);
  }
  return [...services].map(([service, replicas]) => toBranch(service, replicas));
}
