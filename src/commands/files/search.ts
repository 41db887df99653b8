import { oneLine } from '../../base/format.ts';
import { asEngineError } from '../../model/engineError.ts';
import { shownFileName } from '../../model/fileName.ts';
import type { Deps, Offers } from '../deps.ts';
import { explain } from '../explain.ts';
import { action } from '../verb.ts';
import { type FileTarget, fileTargetOf, folderOf, placeName } from './fileTarget.ts';

/** As many as a list can show. */
const maxFound = 200;

/** Looks for files by their name, below a folder, and opens the one that is chosen. */
export const searchFiles = action(async (deps, signal, args) => {
  const { t, prompts, panels } = deps;
  const target = await fileTargetOf(deps, args);
  const folder = folderOf(target);
  const at = { folder: oneLine(shownFileName(folder), 100), place: placeName(deps, target.place) };
  const path = await prompts.pickTyped({
    title: t('Find a file by its name in {folder} of {place}', at),
    placeholder: t('A part of its name'),
    problem: (text) => (text.startsWith('/') ? undefined : t('Choose one of the files below.')),
    search: (text, typing) => find(deps, target, folder, text, AbortSignal.any([signal, typing])),
  });
  if (path !== undefined) await panels.openFile(target.place, path);
});

async function find(
  { t, files }: Deps,
  { place }: FileTarget,
  folder: string,
  text: string,
  signal: AbortSignal,
): Promise<Offers> {
  try {
    const found = await files.search(place, folder, text, maxFound, signal);
    const items = found.map((path) => ({ value: path, label: oneLine(shownFileName(path), 200) }));
    if (items.length === maxFound)
      return { items, note: t('The first {count} are shown.', { count: maxFound }) };
    return items.length > 0 ? { items } : { items, note: t('No file below has that in its name.') };
  } catch (error) {
    return { items: [], note: explain(asEngineError(error), t) };
  }
}
