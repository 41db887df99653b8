import type { ObjectKind } from '../identity.ts';
import type { GroupNode, TreeBranch } from './nodes.ts';
import { compareNames } from './order.ts';

/** Where one object belongs; undefined is the group of the rest. */
export interface GroupName {
  readonly by: GroupNode['by'];
  readonly label: string;
}

export interface GroupingOptions<T> {
  readonly engineId: string;
  readonly of: ObjectKind;
  readonly isOffline: boolean;
  readonly groupOf: (item: T) => GroupName | undefined;
  readonly idOf: (item: T) => string;
  readonly isRunning: (item: T) => boolean;
  /** The rows of one group's objects, which keep their order. */
  readonly rowsOf: (items: readonly T[], group: GroupName | undefined) => readonly TreeBranch[];
}

/** Groups in the order of their names, the rest last under its own heading; without any group, plain rows. */
export function groupRows<T>(items: readonly T[], options: GroupingOptions<T>): readonly TreeBranch[] {
  const groups = new Map<string, { name: GroupName; members: T[] }>();
  const rest: T[] = [];
  for (const item of items) {
    const name = options.groupOf(item);
    if (name === undefined) {
      rest.push(item);
      continue;
    }
    const group = groups.get(name.label);
    if (group === undefined) groups.set(name.label, { name, members: [item] });
    else group.members.push(item);
  }
  if (groups.size === 0) return options.rowsOf(rest, undefined);
  const branches = [...groups.values()]
    .sort((a, b) => compareNames(a.name.label, b.name.label))
    .map(({ name, members }) => branch(name, members, options.rowsOf(members, name), options));
  const others: GroupName = { by: 'others', label: '' };
  return rest.length === 0
    ? branches
    : [...branches, branch(others, rest, options.rowsOf(rest, undefined), options)];
}

/** One heading above rows that are already built. */
export function branch<T>(
  { by, label }: GroupName,
  members: readonly T[],
  children: readonly TreeBranch[],
  options: Omit<GroupingOptions<T>, 'groupOf' | 'rowsOf'>,
): TreeBranch {
  const { engineId, of, isOffline, idOf, isRunning } = options;
  const node: GroupNode = {
    kind: 'group',
    key: `${engineId}/group/${of}/${by}/${label}`,
    engineId,
    of,
    by,
    label,
    memberIds: members.map(idOf),
    // A heading that changes draws all its rows again: the one of the rest, which may hold thousands, must not.
    runningCount: by === 'others' ? 0 : members.filter(isRunning).length,
    isOffline,
  };
  return { node, children };
}
