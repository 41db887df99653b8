import type { LogsOptions, OutputChunk } from '../../src/engine/engine.ts';
import type { LogEngine } from '../../src/logs/logSource.ts';
import type { Container } from '../../src/model/container.ts';
import { EngineError } from '../../src/model/engineError.ts';
import { container } from './builders.ts';

/** One record as an engine stores it. A line above 16 kB is several of the same stamp, of which only the last ends it. */
export interface LogRecord {
  readonly stream: OutputChunk['stream'];
  /** Nanoseconds since `logEpochMs`. */
  readonly nanos: number;
  readonly text: string;
  readonly isPartial: boolean;
}

export const logEpochMs = Date.UTC(2026, 2, 1, 12);
export const recordLength = 16_384;
const chunkBytes = 30_000;

/**
 * One container's log as Docker keeps it: the tail is counted in records from the end of the file, whatever else is
 * asked for, and reading stops before the first record that is later than `until`. A stand-in for the daemon, which
 * stamps what it reads itself: nobody can make it write a thousand equal stamps, or two out of order, when told.
 */
export class FakeLog {
  readonly records: LogRecord[] = [];
  readonly requests: LogsOptions[] = [];
  /** Happens between the count of a tail and its reading, once. */
  meanwhile: () => void = () => undefined;
  /** What each request waits for. */
  gate: Promise<void> = Promise.resolve();
  failure: EngineError | undefined;
  /** The failure comes only after so many chunks. */
  failsAfterChunks = 0;
  aborted = 0;
  /** Whose log it is; undefined: it is removed. */
  container: Container | undefined = container('web');
  /** The daemon is not there. */
  isDown = false;
  private wakers: (() => void)[] = [];

  readonly engine: LogEngine = {
    connect: async () => {
      await this.gate;
      if (this.isDown) throw new EngineError('unreachable', 'no socket');
      return { product: 'Docker', version: '1', apiVersion: '1.45', os: 'linux' };
    },
    mayBeBack: () => new Promise(() => undefined),
    // The port is generic; here there is nothing but the one container.
    read: (() =>
      this.container === undefined
        ? Promise.reject(new EngineError('notFound', 'no such container'))
        : Promise.resolve(this.container)) as unknown as LogEngine['read'],
    inspect: () => Promise.resolve({ HostConfig: { LogConfig: { Type: 'none' } } }),
    logs: (_id, options, signal) => this.read(options, signal),
  };

  /** A line, in records as an engine makes them. */
  write(text: string, nanos: number, stream: OutputChunk['stream'] = 'stdout'): void {
    let at = 0;
    for (; text.length - at > recordLength; at += recordLength)
      this.records.push({ stream, nanos, text: text.slice(at, at + recordLength), isPartial: true });
    this.records.push({ stream, nanos, text: text.slice(at), isPartial: false });
    this.wake();
  }

  /** The container ends: nobody follows its log any further. */
  stop(exitCode: number): void {
    this.container = container('web', { state: 'exited', stateSince: logEpochMs, exitCode });
    this.wake();
  }

  private wake(): void {
    for (const wake of this.wakers.splice(0)) wake();
  }

  private async *read(options: LogsOptions, signal: AbortSignal): AsyncGenerator<OutputChunk> {
    this.requests.push(options);
    await this.gate;
    const { tail = Number.POSITIVE_INFINITY, until, since } = options;
    let next = Math.max(0, this.records.length - tail);
    this.meanwhile();
    this.meanwhile = () => undefined;
    let chunks = 0;
    for (;;) {
      const { length } = this.records;
      for (const chunk of this.chunks(next, length, until, since)) {
        await Promise.resolve();
        if (signal.aborted) {
          this.aborted++;
          throw new EngineError('cancelled', 'cancelled');
        }
        if (this.failure !== undefined && chunks++ >= this.failsAfterChunks) throw this.failure;
        yield chunk;
      }
      if (this.failure !== undefined) throw this.failure;
      next = length;
      if (!options.follow || this.container?.state !== 'running') return;
      if (this.records.length === length) await this.more(signal);
    }
  }

  /** Something was written, or there is nothing more to follow. */
  private more(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      this.wakers.push(resolve);
      signal.addEventListener('abort', () => {
        reject(new EngineError('cancelled', 'cancelled'));
      });
    });
  }

  private *chunks(
    from: number,
    end: number,
    until: string | undefined,
    since: string | undefined,
  ): Generator<OutputChunk> {
    const least = since === undefined ? Number.NEGATIVE_INFINITY : nanosOf(since);
    const limit = until === undefined ? Number.POSITIVE_INFINITY : nanosOf(until);
    let texts: string[] = [];
    let bytes = 0;
    let stream: OutputChunk['stream'] = 'stdout';
    for (let at = from; at < end; at++) {
      const record = this.records[at];
      if (record === undefined || record.nanos > limit) break;
      if (record.nanos < least) continue;
      if (texts.length > 0 && (record.stream !== stream || bytes > chunkBytes)) {
        yield { stream, data: Buffer.from(texts.join('')) };
        texts = [];
        bytes = 0;
      }
      ({ stream } = record);
      const text = `${stampOf(record.nanos)} ${record.text}${record.isPartial ? '' : '\n'}`;
      texts.push(text);
      bytes += text.length;
    }
    if (texts.length > 0) yield { stream, data: Buffer.from(texts.join('')) };
  }
}

export function stampOf(nanos: number): string {
  const whole = Math.floor(nanos / 1e9);
  const time = new Date(logEpochMs + whole * 1000).toISOString().slice(0, 19);
  return `${time}.${String(nanos - whole * 1e9).padStart(9, '0')}Z`;
}

/** Of `seconds.nanoseconds`. */
function nanosOf(text: string): number {
  const [seconds = '', nanos = ''] = text.split('.');
  return (Number(seconds) - logEpochMs / 1000) * 1e9 + Number(nanos);
}
