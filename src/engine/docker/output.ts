import type { IncomingMessage } from 'node:http';
import type { OutputChunk } from '../engine.ts';
import { demuxer } from './demux.ts';
import { toEngineError } from './dockerErrors.ts';

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
      else yield* split(data);
    }
  } catch (error) {
    throw toEngineError(error);
  }
}
