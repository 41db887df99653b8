import type { Deps } from '../deps.ts';
import type { CommandId } from '../ids.ts';

/** What keys of a view do with its own objects, and with the files below them. */
const ofFiles: Partial<Readonly<Record<CommandId, CommandId>>> = {
  'quayside.container.remove': 'quayside.files.delete',
  'quayside.container.rename': 'quayside.files.rename',
  'quayside.volume.remove': 'quayside.files.delete',
};

/** Delete at the row of a file means the file, not the container that it is in. */
export function forFiles(
  id: CommandId,
  names: readonly string[] | undefined,
  views: Deps['views'],
): CommandId {
  const isFile = (names ?? []).some((name) => views.node(name)?.kind === 'file');
  return isFile ? (ofFiles[id] ?? id) : id;
}
