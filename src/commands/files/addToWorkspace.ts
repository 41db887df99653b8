import { action } from '../verb.ts';
import { fileTargetOf, folderOf, placeName } from './fileTarget.ts';

/** A folder beside those that are open, with all that the editor does with folders. */
export const addFilesToWorkspace = action(async (deps, _signal, args) => {
  const target = await fileTargetOf(deps, args);
  const folder = folderOf(target);
  const place = placeName(deps, target.place);
  deps.panels.addFolder(target.place, folder, folder === '/' ? place : `${place}: ${folder}`);
});
