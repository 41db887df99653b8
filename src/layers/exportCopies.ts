import { type FileHandle, mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { untilAborted } from '../base/async.ts';
import { throwIfAborted } from '../base/cancellation.ts';

type Exporting = (imageId: string, signal: AbortSignal) => AsyncIterable<Uint8Array>;

/** Larger ones are read from the engine each time: a disk is not ours to fill. */
const maxCopyBytes = 2 ** 31;
const pieceBytes = 256 * 1024;

interface Copy {
  readonly path: string;
  readonly ended: AbortController;
  bytes: number;
  state: 'growing' | 'whole' | 'failed';
  error: unknown;
  /** Settles when there is more of it, or when it is over. */
  grown: PromiseWithResolvers<undefined>;
}

/**
 * Exports of images on the disk, for the files that are opened: an engine takes many seconds until it begins with one. The
 * first file of an image is read while its export is copied. `folder` is made when it is needed; its owner deletes it.
 */
export class ExportCopies {
  private readonly folder: string;
  private readonly exporting: Exporting;
  private readonly copies = new Map<string, Promise<Copy>>();
  /** Not copied a second time in vain. */
  private readonly tooBig = new Set<string>();
  private readonly maxBytes: number;
  private made = 0;

  constructor(folder: string, exporting: Exporting, maxBytes = maxCopyBytes) {
    this.folder = folder;
    this.exporting = exporting;
    this.maxBytes = maxBytes;
  }

  /** All of an export from its beginning. Fails as the engine does, or as the disk. */
  async *read(imageId: string, signal: AbortSignal): AsyncGenerator<Uint8Array> {
    if (this.tooBig.has(imageId)) throw new CopyTooBig();
    const copy = await this.copyOf(imageId);
    const buffer = Buffer.allocUnsafe(pieceBytes);
    const file = await open(copy.path, 'r');
    try {
      for (let at = 0; ; ) {
        throwIfAborted(signal);
        const { grown, bytes, state } = copy;
        if (state === 'failed') throw copy.error;
        if (at < bytes) {
          const { bytesRead } = await file.read(buffer, 0, Math.min(pieceBytes, bytes - at), at);
          at += bytesRead;
          yield buffer.subarray(0, bytesRead);
        } else if (state === 'whole') return;
        else await untilAborted(grown.promise, signal);
      }
    } finally {
      await file.close();
    }
  }

  /** Nobody looks at the image any more. */
  async drop(imageId: string): Promise<void> {
    const copy = await this.copies.get(imageId);
    this.copies.delete(imageId);
    if (copy === undefined) return;
    copy.ended.abort();
    await rm(copy.path, { force: true });
  }

  /** Two files that are compared are asked for at the same time: of one copy. */
  private copyOf(imageId: string): Promise<Copy> {
    const known = this.copies.get(imageId);
    if (known !== undefined) return known;
    const copy = this.begin(imageId);
    this.copies.set(imageId, copy);
    copy.catch(() => this.copies.delete(imageId));
    return copy;
  }

  private async begin(imageId: string): Promise<Copy> {
    const copy: Copy = {
      path: join(this.folder, `${String(this.made++)}.tar`),
      ended: new AbortController(),
      bytes: 0,
      state: 'growing',
      error: undefined,
      grown: Promise.withResolvers(),
    };
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    const file = await open(copy.path, 'w', 0o600);
    void this.fill(imageId, copy, file).then(
      () => {
        end(copy, 'whole');
      },
      (error: unknown) => {
        if (error instanceof CopyTooBig) this.tooBig.add(imageId);
        end(copy, 'failed', error);
        // One that was dropped has left its place to a newer copy.
        if (!copy.ended.signal.aborted) void this.drop(imageId).catch(() => undefined);
      },
    );
    return copy;
  }

  private async fill(imageId: string, copy: Copy, file: FileHandle): Promise<void> {
    try {
      for await (const piece of this.exporting(imageId, copy.ended.signal)) {
        if (copy.bytes + piece.length > this.maxBytes) throw new CopyTooBig();
        for (let at = 0; at < piece.length; ) at += (await file.write(piece, at)).bytesWritten;
        copy.bytes += piece.length;
        grow(copy);
      }
    } finally {
      await file.close();
    }
  }
}

class CopyTooBig extends Error {
  readonly code = 'EFBIG';
}

/** The disk failed, not the engine: what was to be read can be read without a copy. */
export function isCopyFailure(error: unknown): boolean {
  return error instanceof Error && 'code' in error && typeof error.code === 'string';
}

function grow(copy: Copy): void {
  const { grown } = copy;
  copy.grown = Promise.withResolvers();
  grown.resolve(undefined);
}

function end(copy: Copy, state: 'whole' | 'failed', error?: unknown): void {
  copy.state = state;
  copy.error = error;
  grow(copy);
}
