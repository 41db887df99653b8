import type { Localize } from '../../base/localize.ts';
import { parseRegistryEntry, printRegistryEntry } from '../../model/knownRegistries.ts';
import { isInTheClear } from '../../model/registry.ts';
import { registryKey } from '../../model/registryKeys.ts';
import { CommandFailure } from '../commandFailure.ts';
import type { Deps } from '../deps.ts';
import { action } from '../verb.ts';
import { chooseRegistry } from './chooseRegistry.ts';

/** Puts a registry, or one of its repositories, into the user's list. Nothing is asked of it before it is opened. */
export const addRegistry = action(async (deps, _signal, [given]) => {
  const { t } = deps;
  const text =
    // The button in the view's heading is called with the row that has the focus.
    typeof given === 'string' && deps.views.node(given) === undefined
      ? given
      : await ask(
          deps,
          t('Add which registry?'),
          '',
          t('registry.example.com, localhost:5000, http://registry.lan …'),
        );
  if (text !== undefined && text !== '') await add(deps, text);
});

/** For registries that do not list their repositories. */
export const addRepository = action(async (deps, _signal, args) => {
  const { t } = deps;
  const registry = await chooseRegistry(deps, args, t('Add a repository of which registry?'));
  if (registry === undefined) return;
  const start = printRegistryEntry({ ...registry, path: '' });
  const isHub = registry.kind === 'hub';
  const title = isHub
    ? t('Add which namespace of {registry}?', { registry: registry.host })
    : t('Add which repository of {registry}?', { registry: registry.host });
  const text = await ask(deps, title, `${start}/`, isHub ? `${start}/bitnami` : `${start}/owner/image`);
  if (text !== undefined && text !== '') await add(deps, text);
});

function ask(
  { t, prompts }: Deps,
  title: string,
  value: string,
  placeholder: string,
): Promise<string | undefined> {
  return prompts.input({
    title,
    value,
    placeholder,
    problem: (typed) =>
      typed === '' || parseRegistryEntry(typed) !== undefined ? undefined : notAnEntry(typed, t),
    hint: (typed) => {
      const entry = parseRegistryEntry(typed);
      return entry !== undefined && isInTheClear(entry)
        ? t('http:// is without encryption: whoever is on the way can read and change what is sent.')
        : undefined;
    },
  });
}

async function add({ t, settings, registries, views }: Deps, text: string): Promise<void> {
  const entry = parseRegistryEntry(text);
  if (entry === undefined) throw new CommandFailure('conflict', notAnEntry(text, t));
  const printed = printRegistryEntry(entry);
  const list = settings.registries();
  if (!list.includes(printed)) await settings.setRegistries([...list, printed]);
  await registries.readKnown();
  await views.reveal('registries', registryKey(entry.host));
}

function notAnEntry(text: string, t: Localize): string {
  return t(
    '“{text}” cannot be a registry’s address. It is a host, with a port or a path where it has one: localhost:5000, docker.io/namespace, ghcr.io/owner/image.',
    { text },
  );
}
