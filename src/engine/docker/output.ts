import type { IncomingMessage } from 'node:http';
import type { OutputChunk } from '../engine.ts';
import { demuxer } from './demux.ts';
import { toEngineError } from './dockerErrors.ts';

/** Frames are as small as a line: those of one stream that follow each other are handed on as one chunk. */
function joined(chunks: readonly OutputChunk[]): OutputChunk[] {
  const runs: OutputChunk[] = [];
  for (let at = 0; at < chunks.length; ) {
    const first = chunks[at];
    if (first === undefined) break;
    const parts = [first.data];
    for (at++; chunks[at]?.stream === first.stream; at++) parts.push(chunks[at]?.data ?? new Uint8Array());
    runs.push(parts.length === 1 ? first : { stream: first.stream, data: Buffer.concat(parts) });
  }
  return runs;
}

/**
 * The output of a container as chunks. Engines from API 1.42 on say by content type whether it is multiplexed; before
 * that only the container's own setting tells.
 */
export async function* readOutput(
  stream: AsyncIterable<Uint8Array> & Partial<Pick<IncomingMessage, 'headers'>>,
  isTerminal: boolean,
): AsyncGenerator<OutputChunk> {
  const type = stream.headers?.['content-type'] ?? '';
  const isRaw = isTerminal || type.includes('raw-stream');
  const split = demuxer();
  try {
    for await (const data of stream) {
      if (isRaw) yield { stream: 'stdout', data };
      else yield* joined(split(data));
    }
  } catch (error) {
    throw toEngineError(error);
  }
}
