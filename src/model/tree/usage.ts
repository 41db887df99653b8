import type { Container } from '../container.ts';
import type { EngineSnapshot } from '../snapshot.ts';

/** Names of the containers that use something, by what they use: known from the containers, so no request is needed. */
export type Users = ReadonlyMap<string, readonly string[]>;

export function imageUsers(snapshot: EngineSnapshot): Users {
  return usersBy(snapshot, ({ imageId }) => [imageId]);
}

export function volumeUsers(snapshot: EngineSnapshot): Users {
  return usersBy(snapshot, ({ mounts }) =>
    mounts.filter(({ type }) => type === 'volume').map(({ source }) => source),
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

function useOf({ name, imageId, mounts, networks }: Container): string {
  return JSON.stringify([
    name,
    imageId,
    mounts.map(({ type, source }) => [type, source]),
    networks.map((network) => [network.networkId, network.name]),
  ]);
}

function usersBy(snapshot: EngineSnapshot, keysOf: (container: Container) => readonly string[]): Users {
  const users = new Map<string, string[]>();
  for (const container of snapshot.container.values()) {
    for (const key of keysOf(container)) {
      const names = users.get(key);
      if (names === undefined) users.set(key, [container.name]);
      // A volume mounted twice has one user.
      else if (names.at(-1) !== container.name) names.push(container.name);
    }
  }
  for (const names of users.values()) names.sort();
  return users;
}
