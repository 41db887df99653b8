import { pathIn } from '../../model/containerPath.ts';
import { action } from '../verb.ts';
import { askName } from './fileName.ts';
import { fileTargetOf, folderOf } from './fileTarget.ts';

export const newFolder = action(async (deps, signal, args) => {
  const target = await fileTargetOf(deps, args);
  const { place } = target;
  const folder = folderOf(target);
  const name = await askName(deps, { title: deps.t('Name of the new folder'), place, folder }, signal);
  if (name !== undefined) await deps.files.makeFolder(place, pathIn(folder, name), signal);
});
