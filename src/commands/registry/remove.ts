import { parseRegistryEntry, type RegistryEntry } from '../../model/knownRegistries.ts';
import { referenceOfKey } from '../../model/registryKeys.ts';
import { ownerKey } from '../../model/tree/contextValue.ts';
import type { Deps } from '../deps.ts';
import { readInvocation } from '../targets.ts';
import { action } from '../verb.ts';

/** Takes rows off the user's list. Nothing happens to what is in the registry, nor to logins. */
export const removeRegistry = action(async (deps, _signal, args) => {
  const { t, settings, registries, views } = deps;
  const { names } = await readInvocation(args, views);
  const chosen = names?.map((name) => referenceOfKey(ownerKey(name))) ?? (await pick(deps));
  if (chosen.length === 0) return;
  const list = settings.registries();
  const kept = list.filter((text) => {
    const entry = parseRegistryEntry(text);
    return entry === undefined || !chosen.some((place) => place === entry.host || place === placeOf(entry));
  });
  if (kept.length === list.length) deps.prompts.tell(t('It is not in your list of registries.'));
  else await settings.setRegistries(kept);
  await registries.readKnown();
});

async function pick({ t, prompts, settings }: Deps): Promise<readonly string[]> {
  const entries = settings.registries().flatMap((text) => parseRegistryEntry(text) ?? []);
  if (entries.length === 0) {
    prompts.tell(t('Your list of registries is empty.'));
    return [];
  }
  const items = entries.map((entry) => ({ value: placeOf(entry), label: placeOf(entry) }));
  return (await prompts.pickMany(t('Take which registries off the list?'), items)) ?? [];
}

function placeOf({ host, path }: RegistryEntry): string {
  return path === '' ? host : `${host}/${path}`;
}
