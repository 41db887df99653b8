import type { Container } from '../container.ts';
import type { EngineSnapshot } from '../snapshot.ts';

/** Names of the containers that use something, by what they use: known from the containers, so no request is needed. */
type Users = ReadonlyMap<string, readonly string[]>;

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
