import { pathIn } from '../../model/containerPath.ts';
import { action } from '../verb.ts';
import { askName } from './fileName.ts';
import { fileTargetOf, folderOf } from './fileTarget.ts';

/** Makes an empty file in a folder, or beside a file, and opens it. */
export const newFile = action(async (deps, signal, args) => {
  const target = await fileTargetOf(deps, args);
  const { place } = target;
  const folder = folderOf(target);
  const name = await askName(deps, { title: deps.t('Name of the new file'), place, folder }, signal);
  if (name === undefined) return;
  await deps.files.write(place, pathIn(folder, name), new Uint8Array(), signal);
  await deps.panels.openFile(place, pathIn(folder, name));
});
