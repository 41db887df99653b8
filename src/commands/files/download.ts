import { oneLine } from '../../base/format.ts';
import { isRecord } from '../../base/record.ts';
import { nameOf } from '../../model/containerPath.ts';
import { shownFileName } from '../../model/fileName.ts';
import type { Deps } from '../deps.ts';
import { carryFile } from '../transfer/carryFile.ts';
import { action } from '../verb.ts';
import { type FileTarget, fileTargets, placeName } from './fileTarget.ts';

/** Files and folders into a folder of this machine; a caller says which: `{ path }` behind the rows. */
export const downloadFiles = action(async (deps, signal, args) => {
  const { t, prompts, desktop } = deps;
  const targets = await fileTargets(deps, args);
  const folder = folderIn(args) ?? (await prompts.chooseFolder(t('Download to which folder?')));
  if (folder === undefined) return;
  for (const target of targets) {
    const name = localName(deps, target);
    const path = desktop.join(folder, name);
    if ((await desktop.exists(path)) && !(await mayReplace(deps, path))) continue;
    if (!(await download(deps, target, path, signal))) return;
  }
});

async function mayReplace({ t, prompts }: Deps, path: string): Promise<boolean> {
  return prompts.confirm({
    message: t('Replace {path} on this machine?', { path: oneLine(path, 200) }),
    detail: t('What is there now is lost, with all that is in it.'),
    action: t('Replace'),
  });
}

/** False when the user gave up. */
async function download(deps: Deps, target: FileTarget, path: string, signal: AbortSignal): Promise<boolean> {
  const { t, prompts, files } = deps;
  const name = oneLine(shownFileName(nameOf(target.path) || placeName(deps, target.place)), 100);
  const words = {
    title: t('Downloading {name}', { name }),
    name,
    failed: (failed: string) => t('Could not download {name}', { name: failed }),
  };
  const done = await carryFile(deps, words, signal, (either, meter) =>
    files.download(target.place, target.path, path, meter, either),
  );
  if (done === undefined) return false;
  const at = { name, path: oneLine(path, 200), count: done.leftOut };
  prompts.tell(
    done.leftOut === 0
      ? t('Downloaded {name} to {path}.', at)
      : t('Downloaded {name} to {path}, without {count} devices and pipes.', at),
  );
  return true;
}

/** Of a root: the name of its place. What a disk of this machine may not have in a name is a dash. */
function localName(deps: Deps, { place, path }: FileTarget): string {
  const name = nameOf(path) || placeName(deps, place);
  return deps.desktop.platform === 'win32' ? name.replace(/[<>:"\\|?*\u0000-\u001f]/g, '-') : name;
}

function folderIn(args: readonly unknown[]): string | undefined {
  const given = args.find((arg) => isRecord(arg) && typeof arg['path'] === 'string');
  return isRecord(given) && typeof given['path'] === 'string' ? given['path'] : undefined;
}
