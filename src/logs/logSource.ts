import { type Clock, delay, untilAborted } from '../base/async.ts';
import { CancelledError, isCancelled } from '../base/cancellation.ts';
import { oneLine } from '../base/format.ts';
import { object, text } from '../base/json.ts';
import type { Engine } from '../engine/engine.ts';
import type { Container } from '../model/container.ts';
import { asEngineError, EngineError } from '../model/engineError.ts';
import type { LogEvent, LogPhase } from '../model/log.ts';
import { piecesOf } from './firstLine.ts';
import type { StampedLine } from './lineSplitter.ts';
import { readLines } from './readLines.ts';
import { ReplayFilter } from './replayFilter.ts';

/** Gets a log as it is read. */
export interface LogSink {
  line(line: StampedLine): void;
  /** `at`: when it happened, by the engine's clock; undefined: just now. */
  event(event: LogEvent, at?: number): void;
  /** After what happened was told. */
  phase(phase: LogPhase): void;
  /** The newest lines are here, all that were asked for. */
  tailRead(): void;
  /** Settles when there is room for more lines; undefined while there is. */
  whenRoom(): Promise<void> | undefined;
}

export type LogEngine = Pick<Engine, 'connect' | 'mayBeBack' | 'read' | 'inspect' | 'logs'>;

const firstDelayMs = 500;
const longestDelayMs = 15_000;
/**
 * Lines to look back for the end of the last connection, one after the other until it is found. Without `tail` the
 * engine looks through the whole log, which takes seconds for a big one. The first is not bounded by time as well: an
 * engine leaves out whatever is earlier, for as long as it follows, and that is all there is once a clock was set back.
 */
const replayTails = [1_000, 10_000, 100_000, 1_000_000, undefined];

/** Lines to look back for the end of a tail that was read a moment ago. */
const freshTail = 100;

/**
 * Follows one container's log through its stops and starts, and through the engine's, without a line lost or doubled,
 * until the container is removed or the signal aborts. What it learns on the way it tells as events.
 */
export class LogSource {
  private readonly engine: LogEngine;
  private readonly containerId: string;
  private readonly tail: number;
  private readonly sink: LogSink;
  private readonly clock: Clock;
  private readonly replay = new ReplayFilter();
  private failures = 0;
  /** The failure that was told last and still lasts. */
  private told: { readonly kind: 'unreachable' | 'refused'; readonly reason: string } | undefined;
  private hasTail = false;
  /** The tail was read just now: nothing was followed since. */
  private isTailFresh = false;
  private hasLines = false;
  /** The container's run, or the end of one, that was told last. */
  private knownRun: string | undefined;
  private isStopped = false;
  /** The live model says that the engine is gone. */
  private isLost = false;
  private isOver = false;
  /** Ends what is read just now. */
  private link = new AbortController();
  private hasChanged = false;
  private wake: (() => void) | undefined;

  constructor(options: {
    readonly engine: LogEngine;
    readonly containerId: string;
    /** Lines to begin with. */
    readonly tail: number;
    readonly sink: LogSink;
    readonly clock: Clock;
  }) {
    this.engine = options.engine;
    this.containerId = options.containerId;
    this.tail = options.tail;
    this.sink = options.sink;
    this.clock = options.clock;
  }

  /** The live model has news of the container: a reason to look again, never the truth by itself. */
  containerChanged(): void {
    this.hasChanged = true;
    this.wake?.();
  }

  /**
   * The live model has lost the engine, or has it again. A connection outlives an engine that takes its time to end, or a
   * line that died unnoticed: it is used until the engine is back, and then another one goes on where it ended.
   */
  engineChanged(isThere: boolean): void {
    if (this.isOver || this.isLost === !isThere) return;
    this.isLost = !isThere;
    if (this.isLost) this.tellFailure(new EngineError('unreachable', ''), true);
    else this.link.abort();
  }

  /** Settles when there is nothing more to come; never rejects. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted && !this.isOver) {
      this.link = new AbortController();
      const linked = AbortSignal.any([signal, this.link.signal]);
      let isConnected = false;
      try {
        await this.engine.connect(linked);
        isConnected = true;
        this.tellReachable();
        await this.readRuns(linked);
      } catch (error) {
        const failure = asEngineError(error);
        if (failure.reason === 'cancelled') continue;
        if (failure.reason === 'notFound') this.tellRemoved();
        else {
          this.tellFailure(failure, isConnected, await this.driverBehind(failure, linked));
          await this.waitForEngine(linked);
        }
      }
    }
  }

  /** One run of the container after the other, until a call fails: in the end because the container is gone. */
  private async readRuns(signal: AbortSignal): Promise<never> {
    // One does not need the other, and somebody waits for both.
    let [container, tail] = await Promise.all([
      this.look(signal),
      this.hasTail ? undefined : this.readTail(signal),
    ]);
    for (;;) {
      this.tellStarted(container);
      if (tail !== undefined) await this.takeTail(tail, signal);
      tail = undefined;
      if (isRunning(container) && !this.isLost) this.sink.phase('following');
      const hasOutput = await this.follow(signal);
      container = await this.look(signal);
      if (isRunning(container)) {
        // Restarted in the meantime. A stream that ends at once, again and again, is not asked for in a hurry.
        if (!hasOutput && runOf(container) === this.knownRun) await this.pause(signal);
      } else {
        this.tellStopped(container);
        container = await this.nextRun(signal);
      }
    }
  }

  private look(signal: AbortSignal): Promise<Container> {
    this.hasChanged = false;
    return this.engine.read('container', this.containerId, signal);
  }

  /** The newest lines, exactly so many that it can be said whether there are more. */
  private async readTail(signal: AbortSignal): Promise<readonly StampedLine[]> {
    const lines: StampedLine[] = [];
    const options = { follow: false, tail: this.tail + 1, timestamps: true };
    const read = readLines(this.engine, this.containerId, options, signal, { isReadOn: true });
    for await (const batch of read) lines.push(...batch);
    return lines;
  }

  private async takeTail(read: readonly StampedLine[], signal: AbortSignal): Promise<void> {
    const lines = [...read];
    const records = lines.reduce((sum, line) => sum + line.records, 0);
    if (records > this.tail) {
      const pieces = Math.min(piecesOf(lines[0], lines), lines.length - 1);
      for (const before of lines.splice(0, pieces)) this.replay.remember(before);
    }
    for (const line of lines) this.accept(line);
    this.hasTail = true;
    this.isTailFresh = true;
    this.sink.tailRead();
    await this.room(signal);
  }

  /** Follows until the stream ends; says whether anything new came. */
  private async follow(signal: AbortSignal): Promise<boolean> {
    const { since } = this.replay;
    // Nothing was read, or nothing that has a stamp to go on from.
    if (since === undefined)
      return (await this.followFrom(this.hasLines ? { tail: 0 } : {}, signal)) === 'output';
    // What a log begins with was read just before: its end is near, and each line of it comes once more.
    const isFresh = this.isTailFresh && this.replay.isInOrder;
    this.isTailFresh = false;
    const nearTail = isFresh ? freshTail : Math.min(2 * this.tail + 100, 10_000);
    const tails = replayTails.filter((tail) => tail === undefined || tail > nearTail);
    for (const [at, tail] of [nearTail, ...tails].entries()) {
      const range = { ...(at === 0 ? {} : { since }), ...(tail === undefined ? {} : { tail }) };
      const end = await this.followFrom(range, signal);
      if (end !== 'gap') return end === 'output';
    }
    return false;
  }

  private async followFrom(
    range: { readonly since?: string; readonly tail?: number },
    signal: AbortSignal,
  ): Promise<'output' | 'silence' | 'gap'> {
    this.replay.expectReplay();
    let hasOutput = false;
    const options = { follow: true, timestamps: true, ...range };
    for await (const batch of readLines(this.engine, this.containerId, options, signal)) {
      for (const line of batch) {
        const verdict = this.replay.judge(line);
        if (verdict === 'old') continue;
        if (verdict === 'gap' && range.tail !== undefined) return 'gap';
        this.failures = 0;
        hasOutput = true;
        this.accept(line);
      }
      // Meanwhile the engine waits too: the connection is full.
      await this.room(signal);
    }
    return hasOutput ? 'output' : 'silence';
  }

  private async room(signal: AbortSignal): Promise<void> {
    const room = this.sink.whenRoom();
    if (room !== undefined) await untilAborted(room, signal);
  }

  private accept(line: StampedLine): void {
    this.hasLines = true;
    this.replay.remember(line);
    this.sink.line(line);
  }

  /** Waits until the container runs, or has run, since it was told to be stopped. */
  private async nextRun(signal: AbortSignal): Promise<Container> {
    for (;;) {
      if (!this.hasChanged) await this.changed(signal);
      const container = await this.look(signal);
      if (runOf(container) !== this.knownRun) return container;
    }
  }

  private changed(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const onAbort = (): void => {
        this.wake = undefined;
        reject(new CancelledError());
      };
      if (signal.aborted) {
        onAbort();
        return;
      }
      signal.addEventListener('abort', onAbort, { once: true });
      this.wake = () => {
        signal.removeEventListener('abort', onAbort);
        this.wake = undefined;
        resolve();
      };
    });
  }

  private async waitForEngine(signal: AbortSignal): Promise<void> {
    const first = new AbortController();
    const either = AbortSignal.any([signal, first.signal]);
    this.hasChanged = false;
    try {
      await Promise.race([this.pause(either), this.engine.mayBeBack(either), this.changed(either)]);
    } catch (error) {
      if (!isCancelled(error)) throw error;
    } finally {
      first.abort();
    }
  }

  private async pause(signal: AbortSignal): Promise<void> {
    const ms = Math.min(longestDelayMs, firstDelayMs * 2 ** Math.min(this.failures, 10));
    this.failures++;
    await delay(this.clock, ms, signal);
  }

  private tellReachable(): void {
    if (this.told?.kind === 'unreachable' && !this.isLost) {
      this.sink.event({ kind: 'reachable' });
      this.told = undefined;
    }
  }

  /** The logging driver, when it is what cannot give out the log. */
  private async driverBehind({ reason }: EngineError, signal: AbortSignal): Promise<string | undefined> {
    if (reason !== 'unsupported') return undefined;
    const record = await this.engine.inspect('container', this.containerId, signal).catch(() => undefined);
    const driver = text(object(object(object(record)['HostConfig'])['LogConfig'])['Type']);
    return driver === '' ? undefined : driver;
  }

  /** Once for as long as it lasts, however often it is tried. */
  private tellFailure(error: EngineError, wasConnected: boolean, driver?: string): void {
    const kind = error.reason === 'unreachable' || error.reason === 'timeout' ? 'unreachable' : 'refused';
    // How a connection broke off (“aborted”, “socket hang up”) tells nobody anything.
    const reason = kind === 'unreachable' && wasConnected ? '' : oneLine(error.message);
    const isTold = this.told?.kind === kind && (kind === 'unreachable' || this.told.reason === reason);
    this.told = { kind, reason };
    if (!isTold) this.sink.event({ kind, reason, ...(driver === undefined ? {} : { driver }) });
    this.sink.phase(kind);
  }

  private tellStarted(container: Container): void {
    const run = runOf(container);
    const isAnother = this.knownRun !== undefined && run !== this.knownRun;
    // A container found stopped is told of once its last lines were read.
    if (!isRunning(container) && !this.isStopped) return;
    this.knownRun = run;
    if (!isAnother) return;
    if (!this.isStopped) this.sink.event({ kind: 'exited', exitCode: undefined, outOfMemory: false });
    this.isStopped = false;
    this.sink.event({ kind: 'started' }, isRunning(container) ? container.stateSince : undefined);
  }

  private tellStopped(container: Container): void {
    const run = runOf(container);
    if (!this.isStopped || run !== this.knownRun) this.tellEnd(container, run);
    if (!this.isLost) this.sink.phase('stopped');
  }

  private tellEnd(container: Container, run: string): void {
    this.knownRun = run;
    this.isStopped = true;
    const { state, stateSince, exitCode, oomKilled } = container;
    if (state === 'created') return;
    // Only of a run that is over it is known when it ended.
    const at = exitCode === undefined ? undefined : stateSince;
    this.sink.event({ kind: 'exited', exitCode, outOfMemory: oomKilled }, at);
  }

  private tellRemoved(): void {
    this.isOver = true;
    this.sink.event({ kind: 'removed' });
    this.sink.phase('removed');
  }
}

function isRunning({ state }: Container): boolean {
  return state === 'running' || state === 'paused';
}

/** Tells one run of a container from the next, and a run from its end. */
function runOf(container: Container): string {
  const { stateSince, exitCode } = container;
  return `${isRunning(container) ? 'up' : 'down'} ${String(stateSince)} ${String(exitCode)}`;
}
