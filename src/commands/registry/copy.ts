import { mapLimited } from '../../base/async.ts';
import { tagKey } from '../../model/registryKeys.ts';
import type { Deps } from '../deps.ts';
import { Logins } from '../transfer/logins.ts';
import { action } from '../verb.ts';
import { askRegistry } from './askRegistry.ts';
import { chooseTags, printTag, type TagName } from './chooseTags.ts';

export const copyReference = action(async (deps, _signal, args) => {
  const tags = await chooseTags(deps, args, deps.t('Copy the reference of which tags?'));
  if (tags.length > 0) await deps.desktop.copy(tags.map(printTag).join('\n'));
});

/** Of what a tag names now, where the view has not read it yet. */
export const copyDigest = action(async (deps, signal, args) => {
  const { t, prompts, desktop } = deps;
  const tags = await chooseTags(deps, args, t('Copy the digest of which tags?'));
  if (tags.length === 0) return;
  const logins = new Logins(deps);
  const digests = await prompts.progress(t('Reading digests'), (progressSignal) => {
    const either = AbortSignal.any([signal, progressSignal]);
    return mapLimited(tags, 4, async (tag) => known(deps, tag) ?? (await ask(deps, logins, tag, either)));
  });
  await desktop.copy(digests.join('\n'));
});

function known({ registries: { state } }: Deps, { host, repository, tag }: TagName): string | undefined {
  const details = state.details.get(tagKey(host, repository, tag));
  return details !== undefined && 'digest' in details ? details.digest : undefined;
}

function ask(
  deps: Deps,
  logins: Logins,
  { host, repository, tag }: TagName,
  signal: AbortSignal,
): Promise<string> {
  return askRegistry(deps, logins, host, signal, (client) => client.digest(repository, tag, signal));
}
