/** The editor's storage for all workspaces, as far as it is used here. */
interface Storage {
  get(key: string): unknown;
  update(key: string, value: unknown): PromiseLike<void>;
}

const storageKey = 'registries.plainLogins';

/**
 * The registries without TLS that the user lets have logins. It is the user's own word: who lists a registry as `http://`
 * may be a workspace.
 */
export class PlainLogins {
  private readonly storage: Storage;

  constructor(storage: Storage) {
    this.storage = storage;
  }

  allows(host: string): boolean {
    return this.hosts().includes(host);
  }

  async set(host: string, isAllowed: boolean): Promise<void> {
    const others = this.hosts().filter((each) => each !== host);
    await this.storage.update(storageKey, isAllowed ? [...others, host] : others);
  }

  private hosts(): readonly unknown[] {
    const kept = this.storage.get(storageKey);
    return Array.isArray(kept) ? kept : [];
  }
}
