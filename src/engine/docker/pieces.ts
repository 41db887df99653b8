import { finished, type Readable } from 'node:stream';

/** More than a stream of Node's holds by itself: to stop and start the connection costs more than the memory. */
const maxWaitingBytes = 1 << 20;

/**
 * A stream's pieces as they came. Reading them from the stream itself would copy all that waits in it into one, which
 * with an image's gigabytes is a good part of the work.
 */
export async function* piecesOf(stream: Readable): AsyncGenerator<Buffer> {
  let waiting: Buffer[] = [];
  let waitingBytes = 0;
  let over: { readonly error: Error | null | undefined } | undefined;
  let wake = (): void => undefined;
  stream.on('data', (piece: Buffer) => {
    waiting.push(piece);
    waitingBytes += piece.length;
    if (waitingBytes > maxWaitingBytes) stream.pause();
    wake();
  });
  finished(stream, (error) => {
    over = { error };
    wake();
  });
  try {
    for (;;) {
      const pieces = waiting;
      waiting = [];
      waitingBytes = 0;
      if (stream.isPaused()) stream.resume();
      for (const piece of pieces) yield piece;
      if (waiting.length > 0) continue;
      if (over?.error) throw over.error;
      if (over !== undefined) return;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  } finally {
    stream.destroy();
  }
}
