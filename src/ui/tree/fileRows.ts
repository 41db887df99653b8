import { formatBytes, oneLine } from '../../base/format.ts';
import type { Disposable } from '../../base/lifecycle.ts';
import type { Localize } from '../../base/localize.ts';
import type { Prompts, Views } from '../../commands/deps.ts';
import { explain } from '../../commands/explain.ts';
import type { EngineSet } from '../../engine/engineSet.ts';
import type { PlaceFiles } from '../../files/placeFiles.ts';
import { parentOf, pathIn } from '../../model/containerPath.ts';
import { asEngineError } from '../../model/engineError.ts';
import { shownFileName } from '../../model/fileName.ts';
import { fileKey, type FilePlace, filesRowKey } from '../../model/filePlace.ts';
import { printObjectRef } from '../../model/identity.ts';
import type { FileNode, FileNoticeNode } from '../../model/tree/nodes.ts';
import { fileNode, fileNoticeNode } from '../../model/tree/fileRows.ts';

/** A tree is no place for ten thousand rows of one folder. */
const maxEntries = 2000;

/** The rows below a folder, asked from the engine each time it is expanded. */
export async function readFileRows(
  { files, prompts, t }: { readonly files: PlaceFiles; readonly prompts: Prompts; readonly t: Localize },
  place: FilePlace,
  folder: string,
): Promise<readonly (FileNode | FileNoticeNode)[]> {
  try {
    // From outside, the engine sends all that is in the files to tell what there is: that may take a while.
    const title = t('Listing {path}', { path: oneLine(shownFileName(folder), 100) });
    const { entries, isWhole } = await prompts.progress(title, (signal, report) =>
      files.list(place, folder, signal, (bytes) => {
        report(t('{size} read', { size: formatBytes(bytes) }));
      }),
    );
    const rows = entries
      .slice(0, maxEntries)
      .map((entry) => fileNode(place, pathIn(folder, entry.name), entry));
    const count = entries.length - rows.length;
    if (!isWhole)
      return [
        ...rows,
        fileNoticeNode(
          place,
          folder,
          t('There is too much below this folder to list it whole. Start the container, or open a path.'),
        ),
      ];
    if (count === 0) return rows;
    return [...rows, fileNoticeNode(place, folder, t('{count} more are not shown', { count }))];
  } catch (error) {
    const known = asEngineError(error);
    if (known.reason === 'cancelled')
      return [fileNoticeNode(place, folder, t('The listing was cancelled. Refresh to list again.'))];
    return [fileNoticeNode(place, folder, explain(known, t))];
  }
}

/** Rows follow what is done with files from here. */
export function rereadChangedFolders(files: PlaceFiles, engines: EngineSet, views: Views): Disposable {
  return files.onDidChange((changes) => {
    const keys = changes.map(({ place, path }) => folderRowKey(engines, place, parentOf(path)));
    for (const key of new Set(keys)) views.rereadRow(key);
  });
}

/** Addresses in the editor name a container by its name, rows by its id. */
function folderRowKey(engines: EngineSet, place: FilePlace, folder: string): string {
  const containers = engines.get(place.engineId)?.store.state.snapshot.container.values() ?? [];
  const id = [...containers].find(({ name }) => name === place.id)?.id ?? place.id;
  const owner = place.kind === 'volume' ? place : { ...place, id };
  if (folder !== '/') return fileKey(owner, folder);
  return place.kind === 'volume' ? printObjectRef(owner) : filesRowKey(owner);
}
