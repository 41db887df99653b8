import type { Engine } from '../engine/engine.ts';
import { helperOwner } from './leftovers.ts';
import { helperLabel } from '../model/container.ts';
import { firstEntry } from './archiveListing.ts';

/** What a path holds: a file's content, its bytes where they are too many, or where a link leads. */
export type PathEntry =
  | { readonly content: Uint8Array }
  | { readonly tooBig: number }
  | { readonly linkTarget: string };

/** What is at a path itself, also where it is a link; undefined for what has no content: a folder, a device, a pipe. */
export async function readPathEntry(
  engine: Engine,
  containerId: string,
  path: string,
  maxBytes: number,
  signal: AbortSignal,
): Promise<PathEntry | undefined> {
  const first = await firstEntry(engine.readArchive(containerId, path, signal), maxBytes);
  if (first?.entry.type === 'symlink') return { linkTarget: first.entry.linkTarget };
  if (first?.entry.type !== 'file') return undefined;
  return first.content === undefined ? { tooBig: first.entry.sizeBytes } : { content: first.content };
}

/**
 * What an image has at a path, by a container that is made of it, never started, and removed at once: quicker by far than
 * to read the layers. Rejects as the engine does where there is nothing, or no such image any more.
 */
export async function readImageEntry(
  engine: Engine,
  imageId: string,
  path: string,
  maxBytes: number,
  signal: AbortSignal,
): Promise<PathEntry | undefined> {
  // Done to its end, whoever gives up: what was made must go.
  const untouchable = new AbortController().signal;
  const id = await engine.createContainer(
    {
      image: imageId,
      // An image may say none, and a container must.
      command: ['-'],
      labels: { [helperLabel]: helperOwner },
      networks: [{ name: 'none', aliases: [], ipAddress: '' }],
    },
    untouchable,
  );
  try {
    return await readPathEntry(engine, id, path, maxBytes, signal);
  } finally {
    await engine.removeContainer(id, untouchable, { force: true, volumes: true }).catch(() => undefined);
  }
}
