import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Localize } from '../../base/localize.ts';
import type { PickItem, Prompts } from '../../commands/deps.ts';
import { fileNamesFor, safeFileName } from '../../logs/saveNames.ts';
import type { LogSourceInfo, SaveFormat } from '../../model/log.ts';
import type { SaveRequest } from '../../model/logQuestions.ts';
import type { LogReader } from './logsHost.ts';

/** All the lines that show, of all containers. */
export const wholeLog = { isAll: false, source: undefined, hasPrefix: true } as const;

interface Saving {
  readonly prompts: Prompts;
  /** Of the log. */
  readonly name: string;
  readonly sources: readonly LogSourceInfo[];
  readonly t: Localize;
}

/** Asks how and where to, and writes the lines that show: to one file, or to one for each container. */
export async function saveAs(reader: LogReader, saving: Saving): Promise<void> {
  const { prompts, name, sources, t } = saving;
  const format = await prompts.pickOne(t('Save the lines that show as …'), formats(t));
  if (format === undefined) return;
  const isSplit = sources.length > 1 ? await prompts.pickOne(t('Save to …'), splits(t)) : false;
  if (isSplit === undefined) return;
  const title = t('Save the log of {name}', { name });
  const extension = format === 'json' ? 'jsonl' : 'log';
  const path = isSplit
    ? await prompts.chooseFolder(title)
    : await prompts.chooseFile(title, `${safeFileName(name)}.${extension}`);
  if (path === undefined) return;
  const write = (request: Pick<SaveRequest, 'path' | 'source'>): Promise<number> =>
    reader.ask('save', { ...wholeLog, format, ...request });
  await prompts.progress(t('Saving the log of {name}', { name }), async () => {
    if (isSplit) await saveEach(write, path, extension, saving);
    else tellSaved(await write({ path, source: undefined }), saving);
  });
}

async function saveEach(
  write: (request: Pick<SaveRequest, 'path' | 'source'>) => Promise<number>,
  folder: string,
  extension: string,
  { prompts, sources, t }: Saving,
): Promise<void> {
  const names = fileNamesFor(
    sources.map(({ name }) => name),
    extension,
    (fileName) => existsSync(join(folder, fileName)),
  );
  const written: string[] = [];
  let lines = 0;
  for (const [source, fileName] of names.entries()) {
    const path = join(folder, fileName);
    const own = await write({ path, source });
    lines += own;
    if (own > 0) written.push(fileName);
    // Nothing of it shows.
    else await rm(path, { force: true });
  }
  const folderName = basename(folder);
  prompts.tell(
    t('{lines} lines saved to {files} files in {folder}.', {
      lines,
      files: written.length,
      folder: folderName,
    }),
  );
}

function tellSaved(lines: number, { prompts, t }: Saving): void {
  prompts.tell(lines === 1 ? t('1 line saved.') : t('{count} lines saved.', { count: lines }));
}

function formats(t: Localize): readonly PickItem<SaveFormat>[] {
  return [
    { value: 'plain', label: t('Plain text'), description: t('with times, without colours') },
    {
      value: 'ansi',
      label: t('Text with colours'),
      description: t('escape sequences as the container wrote them'),
    },
    { value: 'json', label: t('JSON lines'), description: t('time, container, stream, level and message') },
  ];
}

function splits(t: Localize): readonly PickItem<boolean>[] {
  return [
    { value: false, label: t('One file'), description: t('all containers in the order of time') },
    { value: true, label: t('One file for each container'), description: t('in a folder, named after them') },
  ];
}
