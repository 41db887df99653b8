import { kindOfRegistry, webPage } from '../../model/registry.ts';
import { referenceOfKey } from '../../model/registryKeys.ts';
import { parseImageReference } from '../../model/imageReference.ts';
import { CommandFailure } from '../commandFailure.ts';
import type { Deps } from '../deps.ts';
import { readInvocation } from '../targets.ts';
import { action } from '../verb.ts';
import { chooseTags } from './chooseTags.ts';

/** The page of a repository or a tag, at the registries that have one. */
export const openInBrowser = action(async (deps, _signal, args) => {
  const url = await pageOf(deps, args);
  if (url !== undefined) await deps.desktop.openExternal(url);
});

async function pageOf(deps: Deps, args: readonly unknown[]): Promise<string | undefined> {
  const { t, views } = deps;
  const { names } = await readInvocation(args, views);
  const name = names?.[0];
  const node = name === undefined ? undefined : views.node(name);
  if (node?.kind === 'repository') return webPage(node.registry.kind, node.repository);
  const [tag] =
    name === undefined
      ? await chooseTags(deps, [], t('Open the page of which tag?'))
      : [parseImageReference(referenceOfKey(name))];
  if (tag === undefined) return undefined;
  const host = 'host' in tag ? tag.host : tag.registry;
  const page = webPage(kindOfRegistry(host), tag.repository, tag.tag);
  if (page === undefined)
    throw new CommandFailure(
      'unsupported',
      t('No web page of {registry} is known here. Use its own.', { registry: host }),
    );
  return page;
}
