import { describe, expect, onTestFinished, test } from 'vitest';
import { LogSession } from '../../../src/logs/logSession.ts';
import { LogSources } from '../../../src/logs/logSources.ts';
import type { Spool } from '../../../src/logs/spool/spool.ts';
import { EngineError } from '../../../src/model/engineError.ts';
import { showAll, type LogUpdate } from '../../../src/model/log.ts';
import { door } from '../../support/door.ts';
import { FakeClock, settle } from '../../support/fakeClock.ts';
import { FakeLog } from '../../support/fakeLog.ts';
import { openSpool, textsOf, unlimited } from './rows.ts';

interface Bed {
  readonly spool: Spool;
  readonly sources: LogSources;
  readonly clock: FakeClock;
  /** All there is to say of the log. */
  state(): LogUpdate['state'];
  open(...logs: readonly FakeLog[]): Promise<void>;
  join(log: FakeLog, name: string): Promise<void>;
}

const start = (log: FakeLog, name: string) => {
  return { ref: `e/container/${name}`, name, engine: log.engine, containerId: name };
};

/** Lets all that is ready run, also what needs many turns. */
async function rest(): Promise<void> {
  for (let turn = 0; turn < 200; turn++) await settle();
}

function bed(): Bed {
  const spool = openSpool();
  const clock = new FakeClock();
  const life = new AbortController();
  const session = new LogSession({ spool, clock, limit: unlimited, onUpdate: () => undefined });
  const sources = new LogSources({ spool, session, clock, signal: life.signal });
  onTestFinished(() => {
    life.abort();
    session.dispose();
  });
  return {
    spool,
    sources,
    clock,
    state: () => session.snapshot({ tailRows: 0 }, showAll).state,
    open: async (...logs) => {
      sources.open(logs.map((log, at) => start(log, String.fromCharCode(97 + at))));
      await rest();
      // What is over has a moment to say how it ended, and the newest rows one for others before them.
      clock.advance(50);
      await rest();
      clock.advance(200);
    },
    join: async (log, name) => {
      sources.join([start(log, name)]);
      await rest();
    },
  };
}

/** Each time in milliseconds. */
function logOf(name: string, times: readonly number[]): FakeLog {
  const log = new FakeLog();
  for (const time of times) log.write(`${name}${String(time)}`, time * 1_000_000);
  return log;
}

const range = (from: number, to: number, step = 1): number[] =>
  Array.from({ length: Math.ceil((to - from) / step) }, (_, at) => from + at * step);

describe('the log of one container', () => {
  test('begins with its newest lines, goes on with new ones, and reads what is older', async () => {
    const log = logOf('', range(0, 2500));
    const { spool, sources, open, state } = bed();
    await open(log);
    expect(textsOf(spool)).toEqual(range(2300, 2500).map(String));
    sources.more(false);
    await rest();
    expect(textsOf(spool)).toEqual(range(0, 2500).map(String));
    expect(spool.firstRow).toBe(-2300);
    log.write('new', 3_000_000_000);
    await rest();
    expect(textsOf(spool).at(-1)).toBe('new');
    expect(state()).toMatchObject({
      phase: 'following',
      history: { phase: 'complete' },
      sources: [{ ref: 'e/container/a', name: 'a' }],
    });
  });

  test('tells how it ended, and what is told of it from outside', async () => {
    const log = logOf('', [1]);
    const { spool, sources, open, state } = bed();
    await open(log);
    sources.tell('e/container/a', { kind: 'started' }, 5);
    sources.tell('e/container/unknown', { kind: 'started' }, 6);
    log.stop(3);
    await rest();
    expect(textsOf(spool)).toEqual(['1', '<started>', '<exited>']);
    expect(spool.row(1)).toMatchObject({ kind: 'event', at: 5, source: 0 });
    expect(state().phase).toBe('stopped');
  });
});

describe('an engine that goes', () => {
  test('is told of once for all of its containers, and so is that it is back', async () => {
    const logs = [logOf('a', [1]), logOf('b', [2]), logOf('c', [3])];
    const { spool, sources, clock, open, state } = bed();
    await open(...logs);
    sources.engineChanged('other', false);
    sources.engineChanged('e', false);
    await rest();
    clock.advance(250);
    expect(textsOf(spool)).toEqual(['a1', 'b2', 'c3', '<unreachable>']);
    expect(state().phase).toBe('unreachable');
    sources.engineChanged('e', true);
    await rest();
    clock.advance(250);
    expect(textsOf(spool).slice(4)).toEqual(['<reachable>']);
    expect(state().phase).toBe('following');
  });

  test('leaves older lines unread, which can be asked for again once it is back', async () => {
    const log = logOf('', range(0, 3000));
    const { spool, sources, open, state } = bed();
    await open(log);
    log.failure = new EngineError('unreachable', 'gone');
    sources.more(true);
    sources.engineChanged('e', false);
    await rest();
    expect(state().history.phase).toBe('unreachable');
    log.failure = undefined;
    sources.engineChanged('e', true);
    await rest();
    expect(state().history.phase).toBe('partial');
    sources.more(true);
    await rest();
    expect(textsOf(spool).filter((text) => !text.startsWith('<'))).toEqual(range(0, 3000).map(String));
  });
});

describe('the log of several containers', () => {
  test('is in the order of time, of tails and of what comes', async () => {
    const logs = [logOf('a', range(0, 100, 2)), logOf('b', range(1, 100, 2))];
    const { spool, clock, open, state } = bed();
    await open(...logs);
    expect(textsOf(spool).map((text) => Number(text.slice(1)))).toEqual(range(0, 100));
    logs[1]?.write('b200', 200_000_000);
    await rest();
    logs[0]?.write('a150', 150_000_000);
    await rest();
    clock.advance(200);
    expect(textsOf(spool).slice(100)).toEqual(['a150', 'b200']);
    expect(state()).toMatchObject({ phase: 'following', sources: [{ name: 'a' }, { name: 'b' }] });
  });

  test('does not wait for long for one that does not answer', async () => {
    const silent = logOf('b', [7]);
    const gate = door();
    silent.gate = gate.opened;
    const { spool, clock, open } = bed();
    await open(logOf('a', [1, 2]), silent);
    expect(textsOf(spool)).toEqual([]);
    clock.advance(1000);
    await rest();
    clock.advance(200);
    expect(textsOf(spool)).toEqual(['a1', 'a2']);
    gate.open();
    await rest();
    clock.advance(200);
    expect(textsOf(spool)).toEqual(['a1', 'a2', 'b7']);
  });

  test('loses no line that comes before all have answered', async () => {
    const [quick, slow] = [logOf('a', [1]), logOf('b', [2])];
    const gate = door();
    slow.gate = gate.opened;
    const { spool, clock, open } = bed();
    await open(quick, slow);
    quick.write('a3', 3_000_000);
    await rest();
    gate.open();
    await rest();
    clock.advance(50);
    await rest();
    clock.advance(200);
    expect(textsOf(spool)).toEqual(['a1', 'b2', 'a3']);
  });

  test('has the end of a container that is over among the lines of the others', async () => {
    const over = logOf('a', [-5000, -4000]);
    over.stop(7);
    const { spool, open } = bed();
    await open(over, logOf('b', [-4500, 1000]));
    expect(textsOf(spool)).toEqual(['a-5000', 'b-4500', 'a-4000', '<exited>', 'b1000']);
  });

  test('is joined by others with all their lines, each once', async () => {
    const { spool, clock, open, join, state } = bed();
    await open(logOf('a', [1]));
    const other = logOf('c', range(5, 2000));
    await join(other, 'c');
    await join(other, 'c');
    clock.advance(200);
    expect(textsOf(spool)).toEqual(['a1', ...range(5, 2000).map((at) => `c${String(at)}`)]);
    expect(spool.row(1)?.source).toBe(1);
    expect(state().sources.map(({ name }) => name)).toEqual(['a', 'c']);
  });

  test('puts what happened to one between the lines of the others', async () => {
    const logs = [logOf('a', [1]), logOf('b', [2])];
    const { spool, clock, sources, open, state } = bed();
    await open(...logs);
    logs[0]?.stop(0);
    await rest();
    sources.tell('e/container/b', { kind: 'started' }, clock.now() - 10);
    clock.advance(200);
    expect(textsOf(spool)).toEqual(['a1', 'b2', '<exited>', '<started>']);
    expect(spool.row(spool.end - 1)).toMatchObject({ source: 1 });
    expect(state().phase).toBe('following');
  });

  test('reads on for all of them when somebody wants more', async () => {
    const logs = [logOf('a', range(0, 50_000, 2)), logOf('b', range(1, 50_000, 2))];
    const { spool, sources, open, state } = bed();
    await open(...logs);
    sources.more(true);
    await rest();
    expect(state().history.phase).toBe('complete');
    expect(textsOf(spool).map((text) => Number(text.slice(1)))).toEqual(range(0, 50_000));
  }, 30_000);
});
