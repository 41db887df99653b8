import { Emitter, type Event } from '../base/event.ts';
import { DisposableStore, type Disposable } from '../base/lifecycle.ts';
import type { Logger } from '../base/logger.ts';
import { knownRegistries } from '../model/knownRegistries.ts';
import {
  isInTheClear,
  type KnownRegistry,
  type ListedName,
  type Page,
  type RegistryPlace,
  type TagDetails,
} from '../model/registry.ts';
import type { FoundAuth, RegistryAuth } from '../model/registryAuth.ts';
import { RegistryError } from '../model/registryError.ts';
import { referenceOfKey, repositoryKey, tagKey } from '../model/registryKeys.ts';
import {
  appendPage,
  emptyListing,
  emptyRegistries,
  forgetBelow,
  hasMore,
  type Listing,
  type RegistriesState,
  rowsAtOnce,
  withListing,
  withoutTags,
} from '../model/registryListing.ts';
import type { PlainLogins } from './plainLogins.ts';
import { RegistryAccess } from './registryAccess.ts';
import type { RegistryClient } from './registryClient.ts';
import { WorkQueue } from './workQueue.ts';

/** What an expanded repository may have under way at its registry. */
const parallelDetails = 4;

/** So many pages are read for one match of a filter before a person is asked again. */
const maxPagesAtOnce = 20;

interface RegistriesOptions {
  /** The user's own list. */
  readonly listed: () => readonly string[];
  /** Registries that the docker config names. */
  readonly servers: () => Promise<readonly string[]>;
  /** Those that its helper of all logins has one for; takes a program to tell. */
  readonly storedServers: (signal: AbortSignal) => Promise<readonly string[]>;
  /** Those without TLS that the user lets have logins. */
  readonly plainLogins: Pick<PlainLogins, 'allows' | 'set'>;
  readonly find: (registry: string, signal: AbortSignal) => AsyncIterable<FoundAuth>;
  readonly open: (place: RegistryPlace, auth: RegistryAuth | undefined) => RegistryClient;
  readonly log: Logger;
}

interface TagPlace {
  readonly registry: KnownRegistry;
  readonly repository: string;
  readonly tag: string;
}

/** What a key of the view lists: repositories (`scope`: of this namespace), or tags. */
type Target =
  | { readonly of: 'repositories'; readonly registry: KnownRegistry; readonly scope: string }
  | { readonly of: 'tags'; readonly registry: KnownRegistry; readonly repository: string };

/** The registries that are known, and what was asked of them. Asks for nothing by itself. */
export class Registries implements Disposable {
  private readonly options: RegistriesOptions;
  private readonly access: RegistryAccess;
  private readonly owned = new DisposableStore();
  private readonly ended = new AbortController();
  private readonly didChange = this.owned.add(new Emitter<void>());
  private readonly details = this.owned.add(
    new WorkQueue<TagPlace>(parallelDetails, (place, signal) => this.readDetails(place, signal)),
  );
  /** The first pages that are under way; an answer to a question that was forgotten is dropped. */
  private readonly pending = new Map<string, Promise<void>>();
  private current: RegistriesState = emptyRegistries;
  private stored: readonly string[] = [];
  private isStoreAsked = false;
  readonly onDidChange: Event<void> = this.didChange.event;

  constructor(options: RegistriesOptions) {
    this.options = options;
    const { find, open } = options;
    this.access = new RegistryAccess({
      find: (host, signal) => (this.needsConsent(host) ? [] : find(host, signal)),
      open,
    });
    this.owned.add({
      dispose: () => {
        this.ended.abort();
      },
    });
  }

  get state(): RegistriesState {
    return this.current;
  }

  /**
   * Who is known now: the user's list and the docker config may have changed. Nobody waits for the config's helper, which
   * is asked the first time and after a refresh.
   */
  async readKnown(): Promise<void> {
    const servers = await this.options.servers();
    const logins = [...servers, ...this.stored.filter((host) => !servers.includes(host))];
    const known = knownRegistries(this.options.listed(), logins);
    // Rows compare registries by identity.
    const before = new Map(this.current.known.map((each) => [JSON.stringify(each), each]));
    this.set({ ...this.current, known: known.map((each) => before.get(JSON.stringify(each)) ?? each) });
    if (this.isStoreAsked) return;
    this.isStoreAsked = true;
    void this.readStored();
  }

  /** Whether a login would go where everybody on the way can read it, and nobody has allowed that yet. */
  needsConsent(host: string): boolean {
    const place = this.current.known.find((registry) => registry.host === host);
    return place !== undefined && isInTheClear(place) && !this.options.plainLogins.allows(host);
  }

  /** Allows logins at a registry without TLS, or not any more. */
  async setConsent(host: string, isAllowed: boolean): Promise<void> {
    await this.options.plainLogins.set(host, isAllowed);
  }

  /** A client that does not remember; for what a person asks for, with the login they give. */
  client(host: string, auth: RegistryAuth | undefined): RegistryClient {
    const known = this.current.known.find((registry) => registry.host === host);
    return this.options.open(known ?? { host, isPlainHttp: false }, auth);
  }

  /** Reads the first page below a row that was opened; what went wrong is part of the state. Tells nobody. */
  load(key: string): Promise<void> {
    const target = this.targetOf(key);
    if (target === undefined || this.current.lists.get(key) !== undefined) return Promise.resolve();
    const before = this.pending.get(key);
    if (before !== undefined) return before;
    const loading = this.page(key, target, emptyListing, this.ended.signal)
      .then((listing) => {
        if (this.pending.get(key) !== loading) return;
        this.current = withListing(this.current, key, listing);
        this.noteLogin(target.registry.host);
      })
      .finally(() => {
        if (this.pending.get(key) === loading) this.pending.delete(key);
      });
    this.pending.set(key, loading);
    return loading;
  }

  /** Shows more of a list: until one of its names is wanted, its end, or for some pages. */
  async loadMore(key: string, isWanted: (name: string) => boolean, signal: AbortSignal): Promise<void> {
    const target = this.targetOf(key);
    if (target === undefined) return;
    for (let pages = 0; pages < maxPagesAtOnce; pages++) {
      const before = this.current.lists.get(key);
      if (before === undefined || !hasMore(before)) return;
      const after =
        before.limit < before.items.length
          ? { ...before, limit: before.limit + rowsAtOnce }
          : await this.page(key, target, before, AbortSignal.any([signal, this.ended.signal]));
      if (this.current.lists.get(key) !== before) return;
      this.set(withListing(this.current, key, after));
      const shown = Math.min(before.limit, before.items.length);
      const added = after.items.slice(shown, after.limit);
      if (after.error !== undefined || added.some(({ name }) => isWanted(name))) return;
    }
  }

  /** Forgets what is below a row, or all: what is open is asked for again. */
  async refresh(key?: string): Promise<void> {
    const host = key === undefined ? undefined : referenceOfKey(key).split('/', 1)[0];
    for (const { host: each } of this.current.known)
      if (host === undefined || host === each) this.access.forget(each);
    this.pending.clear();
    this.details.clear();
    if (key === undefined) this.isStoreAsked = false;
    const signedIn = new Set(
      host === undefined ? [] : [...this.current.signedIn].filter((each) => each !== host),
    );
    this.current = { ...forgetBelow(this.current, key), signedIn };
    await this.readKnown();
  }

  /** Reads what is to be said of a tag, when its turn comes and somebody looks. */
  wantDetails({ registry, repository, tag }: TagPlace): void {
    const key = tagKey(registry.host, repository, tag);
    if (!this.current.details.has(key)) this.details.add(key, { registry, repository, tag });
  }

  /** While this lasts, details are read. */
  attend(): Disposable {
    this.details.resume();
    return {
      dispose: () => {
        this.details.pause();
      },
    };
  }

  forgetTags(host: string, repository: string, tags: readonly string[]): void {
    this.set(withoutTags(this.current, host, repository, repositoryKey(host, repository), tags));
  }

  dispose(): void {
    this.owned.dispose();
  }

  private set(state: RegistriesState): void {
    this.current = state;
    this.didChange.fire();
  }

  private async readStored(): Promise<void> {
    const before = JSON.stringify(this.stored);
    this.stored = await this.options.storedServers(this.ended.signal);
    if (!this.ended.signal.aborted && JSON.stringify(this.stored) !== before) await this.readKnown();
  }

  private targetOf(key: string): Target | undefined {
    const [host = '', ...rest] = referenceOfKey(key).split('/');
    const registry = this.current.known.find((each) => each.host === host);
    if (registry === undefined) return undefined;
    const path = rest.join('/');
    if (registry.kind !== 'hub')
      return path === ''
        ? { of: 'repositories', registry, scope: '' }
        : { of: 'tags', registry, repository: path };
    if (path === '') return undefined;
    return rest.length === 1
      ? { of: 'repositories', registry, scope: path }
      : { of: 'tags', registry, repository: path };
  }

  /** The list with one more page, or with why it did not come. Rejects only when nobody wants it any more. */
  private async page(key: string, target: Target, before: Listing, signal: AbortSignal): Promise<Listing> {
    const { registry } = target;
    try {
      if (target.of === 'repositories' && registry.kind === 'ghcr')
        throw new RegistryError('noCatalog', registry.host, 'GHCR has no catalog');
      const page = await this.access.use(
        registry,
        signal,
        (client): Promise<Page<ListedName>> =>
          target.of === 'tags'
            ? client.tags(target.repository, before.next, signal)
            : named(client.repositories(target.scope, before.next, signal)),
      );
      return appendPage(before, page);
    } catch (error) {
      if (!(error instanceof RegistryError)) throw error;
      this.options.log.warn(`${key}: ${error.problem}: ${error.message}`);
      return { ...before, error };
    }
  }

  private async readDetails({ registry, repository, tag }: TagPlace, signal: AbortSignal): Promise<void> {
    const details = await this.access
      .use(registry, signal, (client) => client.details(repository, tag, signal))
      .catch((error: unknown): TagDetails | RegistryError => {
        if (!(error instanceof RegistryError)) throw error;
        this.options.log.warn(`${registry.host}/${repository}:${tag}: ${error.problem}: ${error.message}`);
        return error;
      });
    // What was forgotten meanwhile may be another manifest now.
    if (!this.current.lists.has(repositoryKey(registry.host, repository))) return;
    const all = new Map(this.current.details).set(tagKey(registry.host, repository, tag), details);
    this.set({ ...this.current, details: all });
  }

  private noteLogin(host: string): void {
    if (!this.access.isSignedIn(host) || this.current.signedIn.has(host)) return;
    this.current = { ...this.current, signedIn: new Set(this.current.signedIn).add(host) };
  }
}

async function named(page: Promise<Page<string>>): Promise<Page<ListedName>> {
  const { items, next } = await page;
  return { items: items.map((name) => ({ name })), next };
}
