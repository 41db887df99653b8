import { oneLine } from '../../base/format.ts';
import { encodeFileName, shownFileName } from '../../model/fileName.ts';
import type { FilePlace } from '../../model/filePlace.ts';
import type { Deps } from '../deps.ts';

/** Asks for a name in a folder, which nothing there has yet. Undefined when the user turned away. */
export async function askName(
  { t, prompts, files }: Deps,
  { title, value = '', place, folder }: NameQuestion,
  signal: AbortSignal,
): Promise<string | undefined> {
  const known = await files.list(place, folder, signal).catch(() => ({ entries: [] }));
  const taken = new Set(known.entries.map(({ name }) => name));
  return prompts.input({
    title,
    value,
    problem: (text) => {
      if (text === value && value !== '') return undefined;
      if (text === '' || text === '.' || text === '..' || /[/\0]/.test(text))
        return t('A name has no slash and is neither “.” nor “..”.');
      if (encodeFileName(text).length > 255) return t('A name has at most 255 bytes.');
      return taken.has(text)
        ? t('There is {name} already.', { name: oneLine(shownFileName(text), 100) })
        : undefined;
    },
  });
}

interface NameQuestion {
  readonly title: string;
  readonly value?: string;
  readonly place: FilePlace;
  readonly folder: string;
}
