import type { LogEngine } from './logSource.ts';
import { HistoryEdge } from './historyEdge.ts';
import type { StampedLine } from './lineSplitter.ts';
import { piecesOf } from './firstLine.ts';
import { readLines } from './readLines.ts';
import { printStamp } from './stamp.ts';

/** What one request for older lines brought. */
export interface OlderPart {
  readonly edge: HistoryEdge;
  readonly lines: number;
}

/** The engine's tail counts new lines too, and some may come while it counts. */
const spareRecords = 1000;

/**
 * Reads `count` of the lines before those at the edge, or all of them, oldest first, and hands on each that is not held
 * already. With a tail the engine counts backwards from the end of the log, which takes 0.4 µs a line; without, it reads
 * from the log's beginning. Either way it stops behind the edge, and so brings the edge's own lines once more: those
 * are cut off by their number, which follows from their stamps. With a tail none may come although there are some.
 */
export async function readOlder(
  engine: LogEngine,
  containerId: string,
  held: HistoryEdge,
  count: number | undefined,
  onLines: (lines: readonly StampedLine[]) => void,
  signal: AbortSignal,
): Promise<OlderPart> {
  const edge = new HistoryEdge();
  const { until, overlap } = held;
  if (until === undefined) return { edge, lines: 0 };
  const tail =
    count === undefined
      ? undefined
      : held.heldRecords + Math.ceil(held.heldRecords / 100) + count + spareRecords;
  const range = {
    follow: false,
    timestamps: true,
    until: printStamp(until),
    ...(tail === undefined ? {} : { tail }),
  };
  let lines = 0;
  let waiting: StampedLine[] = [];
  const batches = readLines(engine, containerId, range, signal);
  for await (const batch of tail === undefined ? batches : withoutFirst(batches)) {
    waiting = waiting.length === 0 ? [...batch] : waiting.concat(batch);
    if (waiting.length <= overlap) continue;
    const ready = waiting.slice(0, waiting.length - overlap);
    waiting = overlap === 0 ? [] : waiting.slice(-overlap);
    for (const line of ready) edge.add(line);
    lines += ready.length;
    onLines(ready);
  }
  return { edge, lines };
}

async function* withoutFirst(
  batches: AsyncIterable<readonly StampedLine[]>,
): AsyncGenerator<readonly StampedLine[], void> {
  let first: StampedLine | undefined;
  let isPast = false;
  for await (const batch of batches) {
    first ??= batch[0];
    const rest = isPast ? batch : batch.slice(piecesOf(first, batch));
    if (rest.length === 0) continue;
    isPast = true;
    yield rest;
  }
}
