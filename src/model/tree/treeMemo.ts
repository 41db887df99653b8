import type { Container } from '../container.ts';
import type { EngineSnapshot } from '../snapshot.ts';
import type { ContainerNode, TreeBranch } from './nodes.ts';
import { naturalKey } from './order.ts';
import { imageUsers, isSameUse, networkUsers, type Users, volumeUsers } from './usage.ts';

export interface ContainerBranch extends TreeBranch {
  readonly node: ContainerNode;
}

const usersOf = { image: imageUsers, volume: volumeUsers, network: networkUsers } as const;
export type UsedKind = keyof typeof usersOf;

/**
 * What building one engine's trees works out from its records, to be used again: from one build to the next nearly all
 * records are the same objects. Leaves no trace in the trees but the time that they take.
 */
export class TreeMemo {
  private readonly branches = new WeakMap<Container, ContainerBranch>();
  private readonly sortNames = new WeakMap<Container, string>();
  private readonly users = new Map<UsedKind, Users>();
  private containers: EngineSnapshot['container'] = new Map();

  /** The branch made before for the same record, when it still fits; else the one that `make` makes. */
  branch(
    container: Container,
    fits: (node: ContainerNode) => boolean,
    make: () => ContainerBranch,
  ): ContainerBranch {
    const known = this.branches.get(container);
    if (known !== undefined && fits(known.node)) return known;
    const made = make();
    this.branches.set(container, made);
    return made;
  }

  sortName(container: Container): string {
    const known = this.sortNames.get(container);
    if (known !== undefined) return known;
    const made = naturalKey(container.name);
    this.sortNames.set(container, made);
    return made;
  }

  /** Worked out anew only when containers came, went or use something else. */
  usersOf(kind: UsedKind, snapshot: EngineSnapshot): Users {
    if (!isSameUse(this.containers, snapshot.container)) this.users.clear();
    this.containers = snapshot.container;
    const known = this.users.get(kind);
    if (known !== undefined) return known;
    const made = usersOf[kind](snapshot);
    this.users.set(kind, made);
    return made;
  }
}
