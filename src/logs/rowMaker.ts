import { isPlainText, plainText } from '../model/ansi.ts';
import type { LogEvent } from '../model/log.ts';
import { levelOf } from './level.ts';
import type { StampedLine } from './lineSplitter.ts';
import type { SpoolRow } from './spool/block.ts';
import { toMilliseconds } from './stamp.ts';
import { TraceGrouper } from './trace.ts';

/** Makes rows of one container's lines, in their order: finds levels and the lines that belong to a trace. */
export class RowMaker {
  private readonly source: number;
  private readonly traces = { stdout: new TraceGrouper(), stderr: new TraceGrouper() };
  /** A trace's lines, and the pieces of a long line, have the level of their first. */
  private readonly levels = { stdout: 0, stderr: 0 };

  constructor(source: number) {
    this.source = source;
  }

  row({ stream, stamp, text, data, isContinuation }: StampedLine): SpoolRow {
    const isPlain = isPlainText(text);
    const at = stamp === undefined ? undefined : toMilliseconds(stamp);
    const visible = isPlain ? text : plainText(text);
    const isTraceLine = !isContinuation && this.traces[stream].next(visible, at);
    const level = isContinuation || isTraceLine ? this.levels[stream] : levelOf(visible);
    this.levels[stream] = level;
    return {
      kind: 'line',
      at,
      isStderr: stream === 'stderr',
      isContinuation,
      isTraceLine,
      isPlain,
      level,
      source: this.source,
      data,
    };
  }
}

/** What happened to a container, as a row of its log. */
export function eventRow(event: LogEvent, at: number, source: number): SpoolRow {
  return {
    kind: 'event',
    at,
    isStderr: false,
    isContinuation: false,
    isTraceLine: false,
    isPlain: true,
    level: 0,
    source,
    data: Buffer.from(JSON.stringify(event)),
  };
}
