import { oneLine } from '../../base/format.ts';
import { nameOf, parentOf, pathIn } from '../../model/containerPath.ts';
import { shownFileName } from '../../model/fileName.ts';
import { CommandFailure } from '../commandFailure.ts';
import { action } from '../verb.ts';
import { askName } from './fileName.ts';
import { fileTargetOf } from './fileTarget.ts';

export const renameFile = action(async (deps, signal, args) => {
  const { t } = deps;
  const { place, path } = await fileTargetOf(deps, args);
  if (path === '/') throw new CommandFailure('conflict', t('The root has no other name.'));
  const value = nameOf(path);
  const folder = parentOf(path);
  const title = t('New name for {name}', { name: oneLine(shownFileName(value), 100) });
  const name = await askName(deps, { title, value, place, folder }, signal);
  if (name !== undefined && name !== value)
    await deps.files.rename(place, path, pathIn(folder, name), signal);
});
