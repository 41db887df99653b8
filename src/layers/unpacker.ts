import * as zlib from 'node:zlib';
import { ArchiveError } from '../archive/archiveError.ts';

type Compression = 'none' | 'gzip' | 'zstd';

/** Hands on what it is given, unpacked. Failures come out of `settled` and `end`, or of `write` when nothing is packed. */
export class Unpacker {
  private readonly onBytes: (bytes: Buffer) => void;
  /** The first bytes, until they tell how they are packed. */
  private start: Buffer = Buffer.alloc(0);
  private way: 'unknown' | 'plain' | StreamUnpacker = 'unknown';

  constructor(onBytes: (bytes: Buffer) => void) {
    this.onBytes = onBytes;
  }

  write(bytes: Buffer): void {
    if (this.way === 'unknown') {
      this.start = Buffer.concat([this.start, bytes]);
      const compression = compressionOf(this.start);
      if (compression === undefined) return;
      this.way = wayOf(compression, this.onBytes);
      this.pass(this.start);
      this.start = Buffer.alloc(0);
    } else this.pass(bytes);
  }

  /** Undefined, or a promise of when all that was written has been handed on. */
  settled(): Promise<void> | undefined {
    return this.way instanceof StreamUnpacker ? this.way.settled() : undefined;
  }

  /** No more will be written: rejects where the format says that there should be more. */
  async end(): Promise<void> {
    if (this.way instanceof StreamUnpacker) await this.way.end();
    else if (this.way === 'unknown') this.onBytes(this.start);
  }

  /** Drops what is under way. */
  close(): void {
    if (this.way instanceof StreamUnpacker) this.way.close();
  }

  private pass(bytes: Buffer): void {
    if (this.way instanceof StreamUnpacker) this.way.write(bytes);
    else this.onBytes(bytes);
  }
}

/** Undefined while too little is known to tell. */
function compressionOf(start: Buffer): Compression | undefined {
  if (start.length < 4) return undefined;
  if (start[0] === 0x1f && start[1] === 0x8b) return 'gzip';
  return start.readUInt32LE() === 0xfd2fb528 ? 'zstd' : 'none';
}

function wayOf(compression: Compression, onBytes: (bytes: Buffer) => void): 'plain' | StreamUnpacker {
  switch (compression) {
    case 'none':
      return 'plain';
    case 'gzip':
      return new StreamUnpacker(() => zlib.createGunzip({ chunkSize }), onBytes);
    case 'zstd':
      if (!hasZstd())
        throw new ArchiveError(
          'unsupported',
          `a layer is compressed with zstd, which Node.js reads from version 22.15 on; this is ${process.version}`,
        );
      return new StreamUnpacker(() => zlib.createZstdDecompress({ chunkSize }), onBytes);
  }
}

const chunkSize = 128 * 1024;

/** Older versions of Node 22 lack it, whatever the types say. */
function hasZstd(): boolean {
  return 'createZstdDecompress' in zlib;
}

type UnpackStream = zlib.Gunzip | zlib.ZstdDecompress;

/**
 * Over one of zlib's streams, or over one for each frame: such a stream may end in the middle of a chunk when its frame
 * does, and drop the frames behind it.
 */
class StreamUnpacker {
  private readonly make: () => UnpackStream;
  private readonly onBytes: (bytes: Buffer) => void;
  private stream: UnpackStream | undefined;
  private working: Promise<void> | undefined;
  /** Of whoever was handed the bytes. */
  private refusal: Error | undefined;

  constructor(make: () => UnpackStream, onBytes: (bytes: Buffer) => void) {
    this.make = make;
    this.onBytes = onBytes;
  }

  write(bytes: Buffer): void {
    const before = this.working;
    const work = (async () => {
      await before;
      await this.unpack(bytes);
    })();
    // Who waits for it hears of the failure; until then it is not an unhandled one.
    work.catch(() => undefined);
    this.working = work;
  }

  settled(): Promise<void> | undefined {
    return this.working;
  }

  async end(): Promise<void> {
    await this.working;
    const { stream } = this;
    if (stream === undefined) return;
    this.stream = undefined;
    const ended = Promise.withResolvers<undefined>();
    stream.once('end', () => ended.resolve(undefined)).once('error', ended.reject);
    stream.end();
    await ended.promise.catch(fail);
    if (this.refusal !== undefined) throw this.refusal;
  }

  close(): void {
    this.stream?.destroy();
    this.stream = undefined;
  }

  private async unpack(bytes: Buffer): Promise<void> {
    for (let rest = bytes; rest.length > 0; ) {
      const stream = this.stream ?? this.open();
      const before = stream.bytesWritten;
      const isOver = await writeTo(stream, rest).catch(fail);
      if (this.refusal !== undefined) throw this.refusal;
      rest = isOver ? rest.subarray(stream.bytesWritten - before) : rest.subarray(rest.length);
      if (isOver) this.close();
    }
  }

  private open(): UnpackStream {
    const stream = this.make();
    stream.on('data', (bytes: Buffer) => {
      if (this.refusal !== undefined) return;
      try {
        this.onBytes(bytes);
      } catch (error) {
        // Thrown from here, it would be nobody's: who waits for the bytes gets it.
        this.refusal = error instanceof Error ? error : new Error(String(error));
      }
    });
    // Who waits gets it too; without a listener of its own, one that comes while nobody does would be uncaught.
    stream.on('error', () => undefined);
    this.stream = stream;
    return stream;
  }
}

/** Settles once the bytes were unpacked, with whether the stream ended in them. */
function writeTo(stream: UnpackStream, bytes: Buffer): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const settle = (isOver: boolean): void => {
      stream.off('end', onEnd).off('error', reject);
      resolve(isOver);
    };
    const onEnd = (): void => {
      settle(true);
    };
    stream.once('end', onEnd).once('error', reject);
    stream.write(bytes, (error) => {
      if (error) reject(error);
      else settle(stream.readableEnded);
    });
  });
}

function fail(error: unknown): never {
  const isCut = error instanceof Error && 'code' in error && error.code === 'Z_BUF_ERROR';
  throw isCut
    ? new ArchiveError('truncated', 'a compressed layer ends before its end', { cause: error })
    : new ArchiveError('damaged', 'a compressed layer is damaged', { cause: error });
}
