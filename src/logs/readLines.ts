import type { Engine, LogsOptions } from '../engine/engine.ts';
import { LineSplitter, type StampedLine } from './lineSplitter.ts';

/**
 * A container's log as batches of lines: as many as one piece of the connection completed. Leaving the loop early ends
 * the connection. A batch is used again for the next one.
 */
export async function* readLines(
  engine: Pick<Engine, 'logs'>,
  containerId: string,
  options: LogsOptions,
  signal: AbortSignal,
  {
    isReadOn = false,
  }: {
    /** Somebody reads on: a line without an end is still being written. */ readonly isReadOn?: boolean;
  } = {},
): AsyncGenerator<readonly StampedLine[], void> {
  const splitters = { stdout: new LineSplitter('stdout'), stderr: new LineSplitter('stderr') };
  const lines: StampedLine[] = [];
  const connection = new AbortController();
  try {
    const both = AbortSignal.any([signal, connection.signal]);
    for await (const { stream, data } of engine.logs(containerId, options, both)) {
      splitters[stream].push(data, lines);
      if (lines.length === 0) continue;
      yield lines;
      lines.length = 0;
    }
    if (isReadOn) return;
    splitters.stdout.end(lines);
    splitters.stderr.end(lines);
    if (lines.length > 0) yield lines;
  } finally {
    connection.abort();
  }
}
