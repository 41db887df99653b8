import { describe, expect, test } from 'vitest';
import type { Clock } from '../../../src/base/async.ts';
import type { LogsOptions, OutputChunk } from '../../../src/engine/engine.ts';
import { type LogEngine, LogSource } from '../../../src/logs/logSource.ts';
import type { Container, ContainerState } from '../../../src/model/container.ts';
import { EngineError } from '../../../src/model/engineError.ts';

const base: Container = {
  id: 'c',
  name: 'web',
  image: '',
  imageId: '',
  command: '',
  createdAt: 0,
  state: 'running',
  stateSince: 1,
  exitCode: undefined,
  oomKilled: false,
  health: undefined,
  ports: [],
  mounts: [],
  networks: [],
  labels: {},
  compose: undefined,
};

interface Written {
  readonly at: number;
  readonly text: string;
  readonly stream: OutputChunk['stream'];
  /** A record of a longer line, which goes on in the next. */
  readonly isPartial?: boolean;
}

/** An engine with one container whose log is a list, and whose follow streams end when the test says so. */
class FakeEngine {
  readonly written: Written[] = [];
  readonly requests: LogsOptions[] = [];
  container: Container | undefined = base;
  isDown = false;
  /** Its driver keeps nothing. */
  refuses = false;
  /** The daemon dies after so many lines of the next answer. */
  breaksAfter: number | undefined;
  private wakers: (() => void)[] = [];
  private broken: EngineError | undefined;
  private back: (() => void) | undefined;

  readonly port: LogEngine = {
    connect: () => {
      if (this.isDown) return Promise.reject(new EngineError('unreachable', 'no socket'));
      return Promise.resolve({ product: 'Docker', version: '1', apiVersion: '1.45', os: 'linux' });
    },
    mayBeBack: () =>
      new Promise((resolve) => {
        this.back = resolve;
      }),
    // The port is generic; here there is nothing but the one container.
    read: (() => {
      if (this.isDown) return Promise.reject(new EngineError('unreachable', 'no socket'));
      if (this.container === undefined)
        return Promise.reject(new EngineError('notFound', 'no such container'));
      return Promise.resolve(this.container);
    }) as unknown as LogEngine['read'],
    inspect: () => Promise.resolve({ HostConfig: { LogConfig: { Type: 'journald' } } }),
    logs: (_id, options, signal) => this.stream(options, signal),
  };

  write(...texts: readonly string[]): void {
    for (const text of texts) {
      const isError = text.startsWith('!');
      this.written.push({ at: this.written.length, text, stream: isError ? 'stderr' : 'stdout' });
    }
    this.wake();
  }

  set(state: ContainerState, stateSince: number, exitCode?: number): void {
    this.container = { ...base, state, stateSince, exitCode };
    this.wake();
  }

  /** The connection breaks in the middle; the daemon stays away until `returns`. */
  dies(): void {
    this.isDown = true;
    this.broken = new EngineError('unreachable', 'socket hang up');
    this.wake();
  }

  returns(): void {
    this.isDown = false;
    this.broken = undefined;
    this.back?.();
  }

  private wake(): void {
    for (const wake of this.wakers.splice(0)) wake();
  }

  private throwIfBroken(): void {
    if (this.broken !== undefined) throw this.broken;
  }

  private async *stream(options: LogsOptions, signal: AbortSignal): AsyncGenerator<OutputChunk> {
    this.requests.push(options);
    if (this.isDown) throw new EngineError('unreachable', 'no socket');
    if (this.refuses)
      throw new EngineError('unsupported', 'configured logging driver does not support reading');
    const since = options.since === undefined ? -1 : Number(options.since.split('.')[1]) / 1_000_000;
    let next = Math.max(0, this.written.length - (options.tail ?? Number.POSITIVE_INFINITY));
    for (;;) {
      for (; next < this.written.length; next++) {
        const line = this.written[next];
        if (this.breaksAfter !== undefined && this.breaksAfter-- === 0) {
          this.breaksAfter = undefined;
          this.dies();
          this.throwIfBroken();
        }
        if (line !== undefined && line.at >= since) yield toChunk(line);
      }
      if (!options.follow || this.container?.state !== 'running') return;
      await new Promise<void>((resolve) => {
        this.wakers.push(resolve);
        signal.addEventListener('abort', () => {
          resolve();
        });
      });
      if (signal.aborted) throw new EngineError('cancelled', 'cancelled');
      this.throwIfBroken();
    }
  }
}

/** All lines are of one second; their number is the millisecond. */
function toChunk({ at, text, stream, isPartial = false }: Written): OutputChunk {
  const stamp = `2026-03-01T12:00:00.${String(at).padStart(3, '0')}000000Z`;
  return { stream, data: Buffer.from(`${stamp} ${text}${isPartial ? '' : '\n'}`) };
}

function follow(
  engine: FakeEngine,
  tail = 1000,
): {
  readonly told: string[];
  readonly phases: string[];
  /** How much was told when the newest lines were said to be there. */
  readonly tailsAfter: number[];
  readonly source: LogSource;
  readonly ended: Promise<void>;
  readonly clock: Clock & { readonly waits: number[] };
  end(): void;
} {
  const told: string[] = [];
  const phases: string[] = [];
  const tailsAfter: number[] = [];
  const waits: number[] = [];
  const controller = new AbortController();
  const clock = {
    now: () => 0,
    waits,
    after: (ms: number) => {
      waits.push(ms);
      return () => undefined;
    },
  };
  const source = new LogSource({
    engine: engine.port,
    containerId: 'c',
    tail,
    clock,
    sink: {
      line: ({ text }) => told.push(text),
      event: (event) => {
        const { kind } = event;
        const more = 'exitCode' in event ? event.exitCode : 'driver' in event ? event.driver : undefined;
        told.push('exitCode' in event || more !== undefined ? `<${kind} ${String(more)}>` : `<${kind}>`);
      },
      phase: (phase) => phases.push(phase),
      tailRead: () => tailsAfter.push(told.length),
      whenRoom: () => undefined,
    },
  });
  const ended = source.run(controller.signal);
  return {
    told,
    phases,
    tailsAfter,
    source,
    ended,
    clock,
    end: () => {
      controller.abort();
    },
  };
}

/** Lets everything that is ready run. */
async function settle(): Promise<void> {
  for (let round = 0; round < 20; round++) await new Promise(setImmediate);
}

describe('LogSource', () => {
  test('begins with the newest lines, says that they are there, and follows', async () => {
    const engine = new FakeEngine();
    engine.write('1', '2', '3', '4');
    const { told, tailsAfter, end } = follow(engine, 3);
    await settle();
    expect(told).toEqual(['2', '3', '4']);
    engine.write('5', '!6');
    await settle();
    expect(told.slice(3)).toEqual(['5', '!6']);
    expect(tailsAfter).toEqual([3]);
    end();
  });

  test('says so too when there is nothing to begin with', async () => {
    const engine = new FakeEngine();
    const { told, tailsAfter, end } = follow(engine, 3);
    await settle();
    engine.write('1');
    await settle();
    expect(told).toEqual(['1']);
    expect(tailsAfter).toEqual([0]);
    end();
  });

  test('begins with all lines when there are no more than asked for', async () => {
    const engine = new FakeEngine();
    engine.write('1', '2', '3');
    const { told, end } = follow(engine, 3);
    await settle();
    expect(told).toEqual(['1', '2', '3']);
    end();
  });

  test('does not begin with the rest of a long line, be it longer than a row', async () => {
    const engine = new FakeEngine();
    for (let at = 0; at < 12; at++)
      engine.written.push({
        at: 1,
        text: String.fromCharCode(97 + at).repeat(16_384),
        stream: 'stdout',
        isPartial: at < 11,
      });
    engine.write('whole', 'last');
    const { told, end } = follow(engine, 9);
    await settle();
    expect(told).toEqual(['whole', 'last']);
    end();
  });

  test('begins anew when the engine goes while the newest lines are read, and says them once', async () => {
    const engine = new FakeEngine();
    engine.write('1', '2');
    engine.breaksAfter = 1;
    const { told, tailsAfter, end } = follow(engine, 3);
    await settle();
    expect(told).toEqual(['<unreachable>']);
    engine.returns();
    await settle();
    expect(told).toEqual(['<unreachable>', '<reachable>', '1', '2']);
    expect(tailsAfter).toEqual([4]);
    end();
  });

  test('tells how the container ended, waits, and goes on with its next run', async () => {
    const engine = new FakeEngine();
    engine.write('1');
    const { told, source, end } = follow(engine);
    await settle();
    engine.set('exited', 2, 3);
    await settle();
    expect(told).toEqual(['1', '<exited 3>']);
    source.containerChanged();
    await settle();
    expect(told).toEqual(['1', '<exited 3>']);
    engine.set('running', 3);
    engine.write('2');
    source.containerChanged();
    await settle();
    expect(told).toEqual(['1', '<exited 3>', '<started>', '2']);
    end();
  });

  test('reads a whole run that was over before anyone looked', async () => {
    const engine = new FakeEngine();
    engine.set('exited', 2, 0);
    const { told, source, end } = follow(engine);
    await settle();
    engine.write('quick');
    engine.set('exited', 5, 1);
    source.containerChanged();
    await settle();
    expect(told).toEqual(['<exited 0>', '<started>', 'quick', '<exited 1>']);
    end();
  });

  test('says nothing of an end to a container that was never started', async () => {
    const engine = new FakeEngine();
    engine.set('created', 0);
    const { told, end } = follow(engine);
    await settle();
    expect(told).toEqual([]);
    end();
  });

  test('ends when the container is removed', async () => {
    const engine = new FakeEngine();
    engine.write('1');
    engine.set('exited', 2, 0);
    const { told, source, ended } = follow(engine);
    await settle();
    engine.container = undefined;
    source.containerChanged();
    await ended;
    expect(told).toEqual(['1', '<exited 0>', '<removed>']);
  });

  test('comes back after the engine was gone without a line lost or doubled', async () => {
    const engine = new FakeEngine();
    engine.write('1', '2', 'same', 'same');
    const { told, clock, end } = follow(engine);
    await settle();
    engine.dies();
    await settle();
    engine.write('same', '!5', '6');
    engine.returns();
    await settle();
    expect(told).toEqual(['1', '2', 'same', 'same', '<unreachable>', '<reachable>', 'same', '!5', '6']);
    expect(clock.waits).toEqual([500]);
    end();
  });

  test('says which logging driver it is that keeps no lines', async () => {
    const engine = new FakeEngine();
    engine.refuses = true;
    const { told, phases, end } = follow(engine);
    await settle();
    expect(told).toEqual(['<refused journald>']);
    expect(phases).toEqual(['refused']);
    end();
  });

  test('says that the engine is gone as soon as the live model knows, and goes on over a new connection', async () => {
    const engine = new FakeEngine();
    engine.write('1', 'same');
    const { told, phases, source, end } = follow(engine);
    await settle();
    source.engineChanged(false);
    source.engineChanged(false);
    // It takes its time to end: what its containers say meanwhile still comes.
    engine.write('same', '3');
    await settle();
    expect(told).toEqual(['1', 'same', '<unreachable>', 'same', '3']);
    expect(phases).toEqual(['following', 'unreachable']);
    // The line died unnoticed: nothing comes over it any more.
    engine.written.push({ at: 4, text: '4', stream: 'stdout' });
    source.engineChanged(true);
    await settle();
    expect(told.slice(5)).toEqual(['<reachable>', '4']);
    expect(phases).toEqual(['following', 'unreachable', 'following']);
    end();
  });

  test('says once that the engine is gone, whoever notices first', async () => {
    const engine = new FakeEngine();
    engine.write('1');
    const { told, phases, source, end } = follow(engine);
    await settle();
    source.engineChanged(false);
    engine.dies();
    await settle();
    engine.returns();
    source.engineChanged(true);
    await settle();
    expect(told).toEqual(['1', '<unreachable>', '<reachable>']);
    expect(phases.at(-1)).toBe('following');
    engine.container = undefined;
    source.containerChanged();
    engine.set('exited', 2, 0);
    engine.container = undefined;
    await settle();
    source.engineChanged(false);
    source.engineChanged(true);
    await settle();
    expect(told.slice(3)).toEqual(['<removed>']);
    end();
  });

  test.each(['before', 'while'] as const)(
    'loses nothing when the clock is set back %s the engine is gone',
    async (when) => {
      const engine = new FakeEngine();
      engine.written.push({ at: 900, text: 'a', stream: 'stdout' }, { at: 901, text: 'b', stream: 'stdout' });
      const { told, end } = follow(engine);
      await settle();
      const early = Array.from({ length: 3 }, (_, at) => ({ at, text: `early ${String(at)}` }));
      const write = (): void => {
        for (const { at, text } of early.splice(0, 1)) engine.written.push({ at, text, stream: 'stdout' });
        engine.write();
      };
      if (when === 'before') write();
      await settle();
      engine.dies();
      await settle();
      write();
      engine.returns();
      await settle();
      if (when === 'while') write();
      await settle();
      expect(told.filter((text) => !text.startsWith('<'))).toEqual(['a', 'b', 'early 0', 'early 1']);
      end();
    },
  );

  test('looks further back when too much came in between', async () => {
    const engine = new FakeEngine();
    engine.write('1');
    const { told, end } = follow(engine);
    await settle();
    engine.dies();
    await settle();
    const missed = Array.from({ length: 12_000 }, (_, at) => `missed ${String(at)}`);
    for (const text of missed) engine.written.push({ at: 999, text, stream: 'stdout' });
    engine.returns();
    await settle();
    await settle();
    expect(told.filter((line) => line.startsWith('missed'))).toEqual(missed);
    expect(engine.requests.slice(-2).map(({ tail }) => tail)).toEqual([10_000, 100_000]);
    end();
  });

  test('ends at once, and quietly, when nobody wants the log any more', async () => {
    const engine = new FakeEngine();
    engine.set('exited', 2, 0);
    const { told, ended, end } = follow(engine);
    await settle();
    end();
    await ended;
    expect(told).toEqual(['<exited 0>']);
  });
});
