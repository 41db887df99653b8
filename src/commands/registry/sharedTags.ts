import { mapLimited } from '../../base/async.ts';
import { RegistryError } from '../../model/registryError.ts';
import type { RegistryClient } from '../deps.ts';

/** As many requests at a time as a registry takes from anybody. */
const parallelReads = 8;

/** Minutes of reading, which shows how far it is and can be called off. */
const maxTags = 20_000;

export interface RepositoryTags {
  /** The digest that each tag names. */
  readonly digests: ReadonlyMap<string, string>;
  /** Whether there are tags that were not looked at. */
  readonly isCut: boolean;
}

/**
 * What every tag of a repository names: a manifest that is deleted takes all its tags along. The chosen ones are looked at
 * in any case.
 */
export async function readDigests(
  client: RegistryClient,
  repository: string,
  chosen: readonly string[],
  signal: AbortSignal,
  report: (done: number, total: number) => void,
): Promise<RepositoryTags> {
  const tags = new Set(chosen);
  let cursor: string | undefined;
  do {
    const page = await client.tags(repository, cursor, signal);
    for (const { name } of page.items) tags.add(name);
    cursor = page.next;
  } while (cursor !== undefined && tags.size < maxTags);
  const looked = [...tags].slice(0, Math.max(maxTags, chosen.length));
  const digests = new Map<string, string>();
  let done = 0;
  await mapLimited(looked, parallelReads, async (tag) => {
    const digest = await client.digest(repository, tag, signal).catch(unlessGone);
    if (digest !== undefined) digests.set(tag, digest);
    report(++done, looked.length);
  });
  return { digests, isCut: cursor !== undefined || looked.length < tags.size };
}

/** Somebody else may have deleted it while the list was read. */
function unlessGone(error: unknown): undefined {
  if (error instanceof RegistryError && error.problem === 'missing') return undefined;
  throw error;
}
