import { oneLine } from '../../base/format.ts';
import { isRecord } from '../../base/record.ts';
import { pathIn } from '../../model/containerPath.ts';
import { shownFileName } from '../../model/fileName.ts';
import type { Deps } from '../deps.ts';
import { carryFile } from '../transfer/carryFile.ts';
import { listLines } from '../naming.ts';
import { action } from '../verb.ts';
import { type FileTarget, fileTargetOf, folderOf, placeName } from './fileTarget.ts';

/** Files into a folder, or beside a file; from a drop or a caller: `{ paths }` behind the row. */
export const uploadFiles = action((deps, signal, args) => upload(deps, signal, args, 'files'));

export const uploadFolder = action((deps, signal, args) => upload(deps, signal, args, 'folders'));

async function upload(
  deps: Deps,
  signal: AbortSignal,
  args: readonly unknown[],
  kind: 'files' | 'folders',
): Promise<void> {
  const { t, prompts, files } = deps;
  const target = await fileTargetOf(deps, args);
  const folder = folderOf(target);
  const at = {
    folder: oneLine(shownFileName(folder), 100),
    place: oneLine(placeName(deps, target.place), 60),
  };
  const paths = pathsIn(args) ?? (await prompts.chooseUploads(t('Upload to {folder} of {place}', at), kind));
  if (paths === undefined || paths.length === 0) return;
  if (!(await mayReplace(deps, target, folder, paths, signal))) return;
  const name =
    paths.length === 1 ? oneLine(lastOf(paths[0] ?? ''), 100) : t('{count} items', { count: paths.length });
  const words = {
    title: t('Uploading {name}', { name }),
    name,
    failed: (failed: string) => t('Could not upload {name}', { name: failed }),
  };
  const done = await carryFile(deps, words, signal, async (either, meter) => {
    await files.upload(target.place, folder, paths, meter, either);
    return true;
  });
  if (done !== undefined) prompts.tell(t('Uploaded {name} to {folder} of {place}.', { ...at, name }));
}

async function mayReplace(
  { t, prompts, files }: Deps,
  { place }: FileTarget,
  folder: string,
  paths: readonly string[],
  signal: AbortSignal,
): Promise<boolean> {
  const { entries } = await files.list(place, folder, signal);
  const there = new Set(entries.map(({ name }) => name));
  const replaced = paths.map(lastOf).filter((name) => there.has(name));
  if (replaced.length === 0) return true;
  return prompts.confirm({
    message: t('Replace what has the same name in {folder}?', { folder: oneLine(folder, 100) }),
    detail: listLines(
      replaced.map((name) => oneLine(pathIn(folder, name), 120)),
      t,
    ),
    action: t('Replace'),
  });
}

function lastOf(path: string): string {
  return path.replace(/[\\/]+$/, '').replace(/^.*[\\/]/s, '');
}

function pathsIn(args: readonly unknown[]): readonly string[] | undefined {
  const given = args.find((arg) => isRecord(arg) && Array.isArray(arg['paths']));
  const paths = isRecord(given) ? given['paths'] : undefined;
  return Array.isArray(paths) ? paths.filter((path) => typeof path === 'string') : undefined;
}
