import { hasLogPrefix } from './logPrefix.ts';
import { indentOf, type TraceState } from './traceRules.ts';
import { traceHead, traceMidst } from './traceStart.ts';

/** Longest pause within a trace. */
const maxPauseMs = 2000;
/** For so many lines after a trace was interrupted, its rest may come. */
const restLines = 8;
/** As much of a line as is searched for a word of failure. */
const headLength = 2000;

const failure =
  /error|exception|panic|fatal|fail|throwable|severe|critical|caused|uncaught|unhandled|warn|trace|assert/i;
/** `com.acme.OutOfStock: sku 12` */
const namedClass = /^[\w.$]{1,300}(?:: |$)/;

/**
 * Tells which lines of one source and stream go on with the trace that an earlier line began. It looks back only: a
 * line is what it is as soon as it came.
 */
export class TraceGrouper {
  private state: TraceState | undefined;
  private previous = '';
  private previousMs: number | undefined;
  /** Lines since a trace ended. */
  private linesSince = restLines;

  /**
   * True: the line is folded under the nearest earlier line that was none. `text` is what is seen of the line, `atMs`
   * when it was written, in milliseconds since the epoch; without it, time decides nothing.
   */
  next(text: string, atMs: number | undefined): boolean {
    const { state, previous, previousMs } = this;
    const start = indentOf(text);
    const isLate = atMs !== undefined && previousMs !== undefined && atMs - previousMs > maxPauseMs;
    this.previous = text;
    this.previousMs = atMs;
    if (state !== undefined) {
      this.state = isLate || hasLogPrefix(text) ? undefined : state(text, start);
      if (this.state !== undefined) return true;
      this.linesSince = 0;
    }
    if (isLate) this.linesSince = restLines;
    this.state = traceHead(text, start);
    if (this.state !== undefined) return false;
    this.state = traceMidst(text, start);
    if (this.state === undefined) {
      if (this.linesSince < restLines) this.linesSince++;
      return false;
    }
    if (isLate) return false;
    return state !== undefined || this.canBeHead(previous);
  }

  /**
   * Frames may follow a line of any kind, because a message may have several. But what stands between the two halves
   * of an interrupted trace has nothing to do with it, unless it speaks of a failure of its own.
   */
  private canBeHead(text: string): boolean {
    if (indentOf(text) === text.length) return false;
    if (this.linesSince >= restLines) return true;
    const head = text.slice(0, headLength);
    return failure.test(head) || (namedClass.test(head) && !hasLogPrefix(head));
  }
}
