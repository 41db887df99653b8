import { kindBehind } from '../../model/fileEntry.ts';
import type { FilePlace } from '../../model/filePlace.ts';
import { parentOf } from '../../model/containerPath.ts';
import { parseObjectRef } from '../../model/identity.ts';
import { CommandFailure } from '../commandFailure.ts';
import type { Deps } from '../deps.ts';
import { readInvocation } from '../targets.ts';

/** What a command on files acts on: a row of a file or folder, or one whose files stand below it. */
export interface FileTarget {
  readonly place: FilePlace;
  readonly path: string;
  readonly isFolder: boolean;
}

/** Of the clicked row and the selection. Rejects where no row has files. */
export async function fileTargets(deps: Deps, args: readonly unknown[]): Promise<readonly FileTarget[]> {
  const { names = [] } = await readInvocation(args, deps.views);
  const targets = names.flatMap((name) => fileTarget(deps, name) ?? []);
  if (targets.length === 0)
    throw new CommandFailure('notFound', deps.t('Choose a file or a folder in the sidebar.'));
  return targets;
}

export async function fileTargetOf(deps: Deps, args: readonly unknown[]): Promise<FileTarget> {
  const [first] = await fileTargets(deps, args.slice(0, 1));
  if (first === undefined) throw new CommandFailure('notFound', '');
  return first;
}

function fileTarget({ views }: Deps, key: string): FileTarget | undefined {
  const node = views.node(key);
  switch (node?.kind) {
    case 'file':
      return { place: node.place, path: node.path, isFolder: kindBehind(node.entry) === 'directory' };
    case 'part': {
      const place = { engineId: node.engineId, kind: 'container', id: node.containerId } as const;
      return node.part.kind === 'files' ? { place, path: '/', isFolder: true } : undefined;
    }
    case 'container':
      return {
        place: { engineId: node.engineId, kind: 'container', id: node.container.id },
        path: '/',
        isFolder: true,
      };
    case 'volume':
      return {
        place: { engineId: node.engineId, kind: 'volume', id: node.volume.name },
        path: '/',
        isFolder: true,
      };
    default:
      return namedTarget(key);
  }
}

/**
 * A caller's name of what no row shows now: `engineId/volume/data`, which is its root, or behind it `#files/a/path`, a
 * folder with a slash at its end.
 */
function namedTarget(key: string): FileTarget | undefined {
  const [owner = '', ...rest] = key.split('#files');
  const ref = parseObjectRef(owner);
  const path = rest.join('#files') || '/';
  if (ref === undefined || (ref.kind !== 'container' && ref.kind !== 'volume') || !path.startsWith('/'))
    return undefined;
  const place: FilePlace = { ...ref, kind: ref.kind };
  return { place, path: path.replace(/(.)\/+$/, '$1'), isFolder: path.endsWith('/') };
}

/** The folder itself, or the one that a file is in. */
export function folderOf({ path, isFolder }: FileTarget): string {
  return isFolder ? path : parentOf(path);
}

/** As a person calls the place. */
export function placeName({ engines }: Deps, { engineId, kind, id }: FilePlace): string {
  if (kind === 'volume') return id;
  return engines.get(engineId)?.store.state.snapshot.container.get(id)?.name ?? id.slice(0, 12);
}
