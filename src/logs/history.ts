import type { LogEngine } from './logSource.ts';
import { HistoryEdge } from './historyEdge.ts';
import { HistoryJoin } from './historyJoin.ts';
import type { StampedLine } from './lineSplitter.ts';
import { piecesOf } from './firstLine.ts';
import { readLines } from './readLines.ts';
import { printStamp } from './stamp.ts';

/** What one request for older lines brought. */
export interface OlderPart {
  readonly edge: HistoryEdge;
  readonly lines: number;
}

/** Gets older lines as they are read. */
export interface OlderSink {
  /** Reading begins, or begins anew: what was handed on so far does not join what is held. */
  begin(): void;
  lines(lines: readonly StampedLine[]): void;
}

/** The engine's tail counts new lines too, and some may come while it counts. */
const spareRecords = 1000;

/**
 * Reads `count` of the lines before those at the edge, or all of them, oldest first, and hands on each that is not held
 * already. With a tail the engine counts backwards from the end of the log, which takes 0.4 µs a line; without, it reads
 * from the log's beginning. Either way it is told to stop behind the edge, and so brings the edge's own lines once more,
 * which are known by their stamps. It stops at the first line that is later, wherever that stands: if the container's
 * clock was set back, at an older one. Then the edge does not come, and all is read again up to the edge. With a tail
 * none may come although there are some.
 */
export async function readOlder(
  engine: LogEngine,
  containerId: string,
  held: HistoryEdge,
  count: number | undefined,
  sink: OlderSink,
  signal: AbortSignal,
): Promise<OlderPart> {
  const { until } = held;
  const nothing: OlderPart = { edge: new HistoryEdge(), lines: 0 };
  if (until === undefined) return nothing;
  const tail =
    count === undefined
      ? undefined
      : held.heldRecords + Math.ceil(held.heldRecords / 100) + count + spareRecords;
  const read = async (): Promise<OlderPart & { readonly isJoined: boolean }> => {
    sink.begin();
    const range = {
      follow: false,
      timestamps: true,
      ...(held.isInOrder ? { until: printStamp(until) } : {}),
      ...(tail === undefined ? {} : { tail }),
    };
    const edge = new HistoryEdge();
    const join = new HistoryJoin(held);
    let lines = 0;
    const batches = readLines(engine, containerId, range, signal);
    for await (const batch of tail === undefined ? batches : withoutFirst(batches)) {
      const ready = join.push(batch);
      for (const line of ready) edge.add(line);
      lines += ready.length;
      if (ready.length > 0) sink.lines(ready);
      if (join.isJoined) break;
    }
    join.end();
    return { edge, lines, isJoined: join.isJoined };
  };
  let part = await read();
  // A tail that brought nothing may just not reach back.
  const isCutShort = !part.isJoined && (tail === undefined || part.lines > 0);
  if (isCutShort && held.isInOrder) {
    held.setOutOfOrder();
    part = await read();
  }
  if (part.isJoined) return part;
  if (part.lines > 0) sink.begin();
  return nothing;
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
