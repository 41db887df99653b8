import { temporaryLabel } from '../model/container.ts';
import type { Engine, EntryContent } from './engine.ts';

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
): Promise<EntryContent | undefined> {
  // Done to its end, whoever gives up: what was made must go.
  const untouchable = new AbortController().signal;
  const id = await engine.createContainer(
    {
      image: imageId,
      // An image may say none, and a container must.
      command: ['-'],
      labels: { [temporaryLabel]: 'image' },
      networks: [{ name: 'none', aliases: [], ipAddress: '' }],
    },
    untouchable,
  );
  try {
    return await engine.readEntry(id, path, maxBytes, signal);
  } finally {
    await engine.removeContainer(id, untouchable, { force: true, volumes: true }).catch(() => undefined);
  }
}
