import { formatBytes, oneLine } from '../../base/format.ts';
import { parentOf, pathIn } from '../../model/containerPath.ts';
import { kindBehind } from '../../model/fileEntry.ts';
import type { FilePlace } from '../../model/filePlace.ts';
import { shownFileName } from '../../model/fileName.ts';
import type { Deps, Offers } from '../deps.ts';
import { chooseTargets } from '../runVerb.ts';
import { readInvocation } from '../targets.ts';
import { action } from '../verb.ts';
import { placeName } from './fileTarget.ts';

/** As many as a list can show. */
const maxOffers = 100;

/** Opens a file of a container by its path, which is completed while it is typed. */
export const openFileByPath = action(async (deps, signal, args) => {
  const { t, prompts, panels } = deps;
  const invocation = await readInvocation(args, deps.views);
  const choice = {
    kind: 'container',
    isSingle: true,
    allows: () => true,
    question: () => t('Open a file of which container?'),
  } as const satisfies Parameters<typeof chooseTargets<'container'>>[1];
  const [target] = await chooseTargets(deps, choice, invocation, signal);
  if (target === undefined) return;
  const place: FilePlace = { ...target.ref, kind: 'container' };
  const path = await prompts.pickTyped({
    title: t('Open a file of {name}', { name: oneLine(placeName(deps, place), 60) }),
    placeholder: t('An absolute path, such as /etc/hosts'),
    problem: (text) => (text.startsWith('/') ? undefined : t('A path begins with a slash.')),
    search: (text, typing) => complete(deps, place, text, typing),
  });
  if (path !== undefined) await panels.openFile(place, path);
});

/** What the folder has that begins so. */
async function complete(deps: Deps, place: FilePlace, text: string, signal: AbortSignal): Promise<Offers> {
  if (!text.startsWith('/')) return { items: [] };
  const folder = text.endsWith('/') ? text.replace(/(.)\/+$/, '$1') : parentOf(text);
  const begun = text.slice(text.lastIndexOf('/') + 1).toLowerCase();
  try {
    const { entries } = await deps.files.list(place, folder, signal);
    const found = entries.filter(({ name }) => name.toLowerCase().startsWith(begun));
    const items = found.slice(0, maxOffers).map((entry) => {
      const isFolder = kindBehind(entry) === 'directory';
      const path = `${pathIn(folder, entry.name)}${isFolder ? '/' : ''}`;
      return {
        value: path,
        label: `$(${isFolder ? 'folder' : 'file'}) ${oneLine(shownFileName(path), 200)}`,
        ...(entry.kind === 'file' ? { description: formatBytes(entry.sizeBytes) } : {}),
      };
    });
    return { items };
  } catch {
    // A folder that is not there yet has nothing to offer; opening the path will say so.
    return { items: [] };
  }
}
