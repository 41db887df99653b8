import type { Localize } from '../../base/localize.ts';
import type { KnownRegistry, ListedName } from '../registry.ts';
import { RegistryError } from '../registryError.ts';
import { registryKey, repositoryKey, tagKey } from '../registryKeys.ts';
import { emptyListing, hasMore, type Listing, type RegistriesState } from '../registryListing.ts';
import { partMark, type RegistryNoticeNode, type TreeBranch } from './nodes.ts';

export interface RegistryTreeContext {
  readonly t: Localize;
  /** Plain text; empty shows everything. */
  readonly filter: string;
  /** A failure as a sentence. */
  explain(error: RegistryError): string;
}

/** The Registries view: what was asked for so far. Rows that were never opened have nothing below them yet. */
export function buildRegistryTree(
  state: RegistriesState,
  context: RegistryTreeContext,
): readonly TreeBranch[] {
  return state.known.map((registry) => {
    const { host, named } = registry;
    const key = registryKey(host);
    const isSignedIn = registry.hasLogin || state.signedIn.has(host);
    const isHub = registry.kind === 'hub';
    const children = isHub
      ? namespaces(registry).map((namespace) => namespaceBranch(state, registry, namespace, context))
      : repositoryRows(state, registry, key, named, context);
    return { node: { kind: 'registry', key, registry, isSignedIn }, children };
  });
}

/** Docker's own images are what everybody looks for. */
function namespaces({ named }: KnownRegistry): readonly string[] {
  return [...named, ...(named.includes('library') ? [] : ['library'])];
}

function namespaceBranch(
  state: RegistriesState,
  registry: KnownRegistry,
  namespace: string,
  context: RegistryTreeContext,
): TreeBranch {
  const key = repositoryKey(registry.host, namespace);
  return {
    node: { kind: 'namespace', key, registry, namespace },
    children: repositoryRows(state, registry, key, [], context),
  };
}

/** What the user named first, then the registry's list. */
function repositoryRows(
  state: RegistriesState,
  registry: KnownRegistry,
  key: string,
  named: readonly string[],
  context: RegistryTreeContext,
): readonly TreeBranch[] {
  const listing = state.lists.get(key);
  if (listing === undefined) return [];
  const listed = listing.items
    .slice(0, listing.limit)
    .map(({ name }) => name)
    .filter((name) => !named.includes(name));
  const branches = [...named, ...listed].flatMap((repository) =>
    repositoryBranch(state, registry, repository, named.includes(repository), context),
  );
  return [...branches, ...notices(key, listing, branches.length, named.length + listed.length, context)];
}

/** Nothing where neither the repository nor one of its tags has the filter's text. */
function repositoryBranch(
  state: RegistriesState,
  registry: KnownRegistry,
  repository: string,
  isNamed: boolean,
  context: RegistryTreeContext,
): readonly TreeBranch[] {
  const key = repositoryKey(registry.host, repository);
  const hasText = includes(repository, context.filter);
  const listing = state.lists.get(key) ?? emptyListing;
  const shown = listing.items.slice(0, listing.limit);
  const tags = hasText ? shown : shown.filter(({ name }) => includes(name, context.filter));
  if (!hasText && tags.length === 0) return [];
  const branches = tags.map((tag) => tagBranch(state, registry, repository, tag, context));
  const isAsked = state.lists.has(key);
  return [
    {
      node: { kind: 'repository', key, registry, repository, isNamed },
      children: isAsked
        ? [...branches, ...notices(key, listing, branches.length, shown.length, context)]
        : [],
    },
  ];
}

function tagBranch(
  state: RegistriesState,
  registry: KnownRegistry,
  repository: string,
  { name, details: listed }: ListedName,
  { explain }: RegistryTreeContext,
): TreeBranch {
  const key = tagKey(registry.host, repository, name);
  const details = state.details.get(key) ?? listed;
  const problemText = details instanceof RegistryError ? explain(details) : '';
  return {
    node: { kind: 'tag', key, registry, repository, tag: name, details, problemText },
    children: [],
  };
}

/** What is said behind the rows of a list. */
function notices(
  key: string,
  listing: Listing,
  shownCount: number,
  readCount: number,
  { t, explain }: RegistryTreeContext,
): readonly TreeBranch[] {
  const { error } = listing;
  const notice = (kind: RegistryNoticeNode['notice'], message: string): readonly TreeBranch[] => [
    {
      node: { kind: 'registryNotice', key: `${key}${partMark}${kind}`, notice: kind, message },
      children: [],
    },
  ];
  if (error !== undefined) {
    const isOwn = error.problem === 'noCatalog' || error.problem === 'denied';
    return notice(isOwn ? error.problem : 'failure', explain(error));
  }
  if (hasMore(listing))
    return notice(
      'more',
      shownCount === readCount
        ? t('{count} are shown', { count: shownCount })
        : t('{shown} of {count} match', { shown: shownCount, count: readCount }),
    );
  if (shownCount > 0) return [];
  return readCount > 0
    ? notice('noMatch', t('Nothing here has the filter’s text.'))
    : notice('empty', t('There is nothing here yet.'));
}

export function includes(name: string, filter: string): boolean {
  return name.toLowerCase().includes(filter.toLowerCase());
}
