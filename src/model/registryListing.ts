import type { KnownRegistry, ListedName, Page, TagDetails } from './registry.ts';
import { tagKey } from './registryKeys.ts';
import type { RegistryError } from './registryError.ts';

/** As many more rows at a time, also where a registry sends all that it has at once. */
export const rowsAtOnce = 100;

/** What is known of a list that a registry gives by pages. */
export interface Listing {
  readonly items: readonly ListedName[];
  /** How many of them are shown. */
  readonly limit: number;
  readonly next: string | undefined;
  /** Why the last part did not come. */
  readonly error: RegistryError | undefined;
}

/** All that was asked of registries so far, by the keys of rows. What nobody looked at is not in there. */
export interface RegistriesState {
  readonly known: readonly KnownRegistry[];
  /** Repositories of registries and of Docker Hub's namespaces, tags of repositories. */
  readonly lists: ReadonlyMap<string, Listing>;
  /** Of tags; a failure where they could not be read. */
  readonly details: ReadonlyMap<string, TagDetails | RegistryError>;
  /** Hosts that took a login. */
  readonly signedIn: ReadonlySet<string>;
}

export const emptyRegistries: RegistriesState = {
  known: [],
  lists: new Map(),
  details: new Map(),
  signedIn: new Set(),
};

export const emptyListing: Listing = { items: [], limit: 0, next: undefined, error: undefined };

/** A page behind what is there. A name that moved from one page to the next while they were read is there once. */
export function appendPage(listing: Listing, page: Page<ListedName>): Listing {
  const names = new Set(listing.items.map(({ name }) => name));
  return {
    items: [...listing.items, ...page.items.filter(({ name }) => !names.has(name))],
    limit: Math.min(listing.limit, listing.items.length) + rowsAtOnce,
    next: page.next,
    error: undefined,
  };
}

export function withListing(state: RegistriesState, key: string, listing: Listing): RegistriesState {
  return { ...state, lists: new Map(state.lists).set(key, listing) };
}

export function hasMore({ items, limit, next }: Listing): boolean {
  return next !== undefined || items.length > limit;
}

/** Without what was asked of these rows and of all below them; of all, without a key. */
export function forgetBelow(state: RegistriesState, key: string | undefined): RegistriesState {
  const isBelow = (other: string): boolean =>
    key === undefined || other === key || other.startsWith(`${key}/`) || other.startsWith(`${key}:`);
  const kept = <T>(map: ReadonlyMap<string, T>): ReadonlyMap<string, T> =>
    new Map([...map].filter(([other]) => !isBelow(other)));
  return {
    ...state,
    lists: kept(state.lists),
    details: kept(state.details),
  };
}

/** Without tags that are there no more. */
export function withoutTags(
  state: RegistriesState,
  host: string,
  repository: string,
  key: string,
  gone: readonly string[],
): RegistriesState {
  const listing = state.lists.get(key);
  const details = new Map(state.details);
  for (const tag of gone) details.delete(tagKey(host, repository, tag));
  if (listing === undefined) return { ...state, details };
  const items = listing.items.filter(({ name }) => !gone.includes(name));
  return { ...state, details, lists: new Map(state.lists).set(key, { ...listing, items }) };
}
