import { oneLine } from '../../base/format.ts';
import { kindOfRegistry, shortDigest } from '../../model/registry.ts';
import { RegistryError } from '../../model/registryError.ts';
import type { Deps } from '../deps.ts';
import { listLines } from '../naming.ts';
import { readInvocation } from '../targets.ts';
import { Logins } from '../transfer/logins.ts';
import { action } from '../verb.ts';
import { CommandFailure } from '../commandFailure.ts';
import { askRegistry } from './askRegistry.ts';
import { chooseTags, printTag, type TagName } from './chooseTags.ts';
import { readDigests } from './sharedTags.ts';

/** One manifest that will go, with all tags that name it. */
interface Doomed {
  readonly host: string;
  readonly repository: string;
  readonly digest: string;
  readonly chosen: readonly string[];
  /** Nobody chose them, but they name the same. */
  readonly others: readonly string[];
  /** So many tags were looked at, and there may be more of those; undefined where all were. */
  readonly lookedAt: number | undefined;
}

/**
 * Deletes what tags name. The distribution API deletes manifests, so every other tag of the same one goes with it: the
 * question names each, and what is deleted then is the digest that it was asked about. Always asks: it is everybody's.
 */
export const deleteTag = action(async (deps, signal, args) => {
  const { t, prompts } = deps;
  const tags = await chooseTags(deps, args, t('Delete which tags?'));
  if (tags.length === 0) return;
  const fixed = tags.find(({ host }) => kindOfRegistry(host) !== 'distribution');
  if (fixed !== undefined) throw new RegistryError('undeletable', fixed.host, 'no deletion through this API');
  const logins = new Logins(deps);
  const doomed = await prompts.progress(t('Looking for tags of the same digest'), (progressSignal, report) =>
    findDoomed(deps, logins, tags, AbortSignal.any([signal, progressSignal]), report),
  );
  const { options } = await readInvocation(args, deps.views);
  if (!options.force && !(await ask(deps, doomed))) return;
  for (const each of doomed) await remove(deps, logins, each, signal);
});

async function findDoomed(
  deps: Deps,
  logins: Logins,
  tags: readonly TagName[],
  signal: AbortSignal,
  report: (line: string, fraction: number) => void,
): Promise<readonly Doomed[]> {
  const { t, registries } = deps;
  const repositories = Map.groupBy(tags, ({ host, repository }) => `${host}/${repository}`);
  const doomed: Doomed[] = [];
  for (const chosen of repositories.values()) {
    const [first] = chosen;
    if (first === undefined) continue;
    const { host, repository } = first;
    const names = chosen.map(({ tag }) => tag);
    const { digests, isCut } = await askRegistry(deps, logins, host, signal, (client) =>
      readDigests(client, repository, names, signal, (done, total) => {
        report(t('{done} of {total}', { done, total }), done / total);
      }),
    );
    const gone = chosen.find(({ tag }) => !digests.has(tag));
    if (gone !== undefined) {
      registries.forgetTags(host, repository, [gone.tag]);
      throw new CommandFailure(
        'notFound',
        t('{name} is not there any more. Nothing was deleted.', { name: printTag(gone) }),
      );
    }
    for (const digest of new Set(names.map((tag) => digests.get(tag) ?? ''))) {
      const all = [...digests].filter(([, other]) => other === digest).map(([tag]) => tag);
      const isChosen = (tag: string): boolean => names.includes(tag);
      doomed.push({
        host,
        repository,
        digest,
        lookedAt: isCut ? digests.size : undefined,
        chosen: all.filter(isChosen),
        others: all.filter((tag) => !isChosen(tag)),
      });
    }
  }
  return doomed;
}

async function ask({ t, prompts }: Deps, doomed: readonly Doomed[]): Promise<boolean> {
  const names = doomed.flatMap((each) => each.chosen.map((tag) => printTag({ ...each, tag })));
  const others = doomed.flatMap((each) => each.others.map((tag) => oneLine(tag, 128)));
  const lookedAt = doomed.find((each) => each.lookedAt !== undefined)?.lookedAt;
  const digests = doomed.map(({ repository, digest }) => `${repository}@${shortDigest(digest)}`);
  const [only] = names;
  const message =
    names.length === 1 && only !== undefined
      ? t('Delete {name} from the registry?', { name: oneLine(only, 200) })
      : t('Delete {count} tags from the registry?', { count: names.length });
  const parts = [
    ...(names.length > 1 ? [listLines(names, t)] : []),
    ...(others.length > 0
      ? [t('These tags name the same and go with it: {tags}', { tags: others.join(', ') })]
      : lookedAt === undefined
        ? [t('No other tag names the same.')]
        : []),
    ...(lookedAt === undefined
      ? []
      : [
          t(
            'Only {count} tags of the repository were looked at; it has more. Those of them that name the same go too.',
            { count: lookedAt },
          ),
        ]),
    t('Digest: {digests}', { digests: digests.join(', ') }),
  ];
  return prompts.confirm({ message, detail: parts.join('\n'), action: t('Delete') });
}

async function remove(
  deps: Deps,
  logins: Logins,
  { host, repository, digest, chosen, others }: Doomed,
  signal: AbortSignal,
): Promise<void> {
  const { t, prompts, registries } = deps;
  const title = t('Deleting {name}', { name: `${host}/${repository}@${shortDigest(digest)}` });
  await prompts.progress(title, (progressSignal) => {
    const either = AbortSignal.any([signal, progressSignal]);
    return askRegistry(deps, logins, host, either, (client) =>
      client.deleteManifest(repository, digest, either),
    );
  });
  registries.forgetTags(host, repository, [...chosen, ...others]);
}
