import { type Container, type ContainerState, isHelper } from '../container.ts';
import type { EngineSnapshot } from '../snapshot.ts';

/** A container that uses something. */
export interface User {
  readonly id: string;
  readonly name: string;
  /** An image can't be taken away from what is up. */
  readonly state: ContainerState;
}

/** The containers that use something, by what they use: known from the containers, so no request is needed. */
export type Users = ReadonlyMap<string, readonly User[]>;

/** A list of them as text. */
export function namesOfUsers(users: readonly User[]): string {
  return users.map(({ name }) => name).join(', ');
}

export function imageUsers(snapshot: EngineSnapshot): Users {
  return usersBy(snapshot, ({ imageId }) => [imageId]);
}

export function volumeUsers(snapshot: EngineSnapshot): Users {
  return usersBy(snapshot, ({ mounts, labels }) =>
    isHelper({ labels }) ? [] : mounts.filter(({ type }) => type === 'volume').map(({ source }) => source),
  );
}

/** By network id and, for a container that never ran and has no id yet, by network name. */
export function networkUsers(snapshot: EngineSnapshot): Users {
  return usersBy(snapshot, ({ networks }) => networks.map(({ networkId, name }) => networkId || name));
}

/** Whether two states of the containers give the same users of everything. */
export function isSameUse(before: EngineSnapshot['container'], after: EngineSnapshot['container']): boolean {
  if (before === after) return true;
  if (before.size !== after.size) return false;
  for (const [id, container] of after) {
    const old = before.get(id);
    if (old !== container && (old === undefined || useOf(old) !== useOf(container))) return false;
  }
  return true;
}

function useOf(container: Container): string {
  const { name, state, imageId, mounts, networks } = container;
  return JSON.stringify([
    name,
    state,
    imageId,
    mounts.map(({ type, source }) => [type, source]),
    networks.map((network) => [network.networkId, network.name]),
  ]);
}

function usersBy(snapshot: EngineSnapshot, keysOf: (container: Container) => readonly string[]): Users {
  const users = new Map<string, User[]>();
  for (const container of snapshot.container.values()) {
    if (isHelper(container)) continue;
    const user = { id: container.id, name: container.name, state: container.state };
    for (const key of keysOf(container)) {
      const others = users.get(key);
      if (others === undefined) users.set(key, [user]);
      // A volume mounted twice has one user.
      else if (others.at(-1) !== user) others.push(user);
    }
  }
  for (const list of users.values()) list.sort((a, b) => (a.name < b.name ? -1 : 1));
  return users;
}
