import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { HistoryEdge } from '../../../src/logs/historyEdge.ts';
import type { StampedLine } from '../../../src/logs/lineSplitter.ts';
import { MergedHistory } from '../../../src/logs/mergedHistory.ts';
import { piecesOf } from '../../../src/logs/firstLine.ts';
import { readLines } from '../../../src/logs/readLines.ts';
import type { Spool } from '../../../src/logs/spool/spool.ts';
import { EngineError } from '../../../src/model/engineError.ts';
import type { LogHistory } from '../../../src/model/log.ts';
import { door } from '../../support/door.ts';
import { settle } from '../../support/fakeClock.ts';
import { FakeLog } from '../../support/fakeLog.ts';
import { anyLog, anyLogSetBack, leastTail, writeAll } from './logs.ts';
import { append, blockful, blockfulBytes, openSpool, tempSpool, textsOf } from './rows.ts';

async function readAll(log: FakeLog, tail?: number): Promise<StampedLine[]> {
  const options = { follow: false, timestamps: true, ...(tail === undefined ? {} : { tail }) };
  const lines: StampedLine[] = [];
  for await (const batch of readLines(log.engine, 'c', options, new AbortController().signal))
    lines.push(...batch);
  return lines;
}

class Bed {
  readonly told: LogHistory[] = [];
  readonly history: MergedHistory;
  readonly life = new AbortController();
  readonly edges: HistoryEdge[] = [];
  private onRest: () => void = () => undefined;

  constructor(spool: Spool) {
    this.history = new MergedHistory({
      spool,
      onChange: (history) => {
        this.told.push(history);
        if (history.phase !== 'reading') this.onRest();
      },
      signal: this.life.signal,
    });
  }

  async add(log: FakeLog, tail: number): Promise<void> {
    const lines = await readAll(log, tail);
    if (log.records.length > tail) lines.splice(0, piecesOf(lines[0], lines));
    this.edges.push(this.history.add(log.engine, 'c', this.edges.length, lines));
    log.requests.length = 0;
  }

  /** The phase in which it comes to rest after what `act` does. */
  async rest(act: () => void): Promise<LogHistory['phase'] | undefined> {
    const rested = new Promise<void>((resolve) => {
      this.onRest = resolve;
    });
    act();
    await rested;
    await settle();
    return this.told.at(-1)?.phase;
  }
}

async function open(
  logs: readonly FakeLog[],
  tail: number,
  spool = openSpool(),
): Promise<Bed & { spool: Spool }> {
  const bed = new Bed(spool);
  onTestFinished(() => {
    bed.life.abort();
  });
  for (const log of logs) await bed.add(log, tail);
  return Object.assign(bed, { spool });
}

function logOf(name: string, times: readonly number[]): FakeLog {
  const log = new FakeLog();
  for (const time of times) log.write(`${name}${String(time)}`, time * 1_000_000);
  return log;
}

const range = (from: number, to: number, step = 1): number[] =>
  Array.from({ length: Math.ceil((to - from) / step) }, (_, at) => from + at * step);

describe('MergedHistory', () => {
  test('puts the lines of all containers in the order of their times', async () => {
    const bed = await open([logOf('a', [1, 4, 5]), logOf('b', [2, 3, 6]), logOf('c', [])], 100);
    expect(await bed.rest(() => bed.history.begin())).toBe('complete');
    expect(textsOf(bed.spool)).toEqual(['a1', 'b2', 'b3', 'a4', 'a5', 'b6']);
    expect([-6, -5].map((number) => bed.spool.row(number)?.source)).toEqual([0, 1]);
  });

  test('shows of each container only what is known of all', async () => {
    const logs = [logOf('a', range(0, 3000)), logOf('b', range(2995, 3000))];
    const bed = await open(logs, 10);
    const gate = door();
    for (const log of logs) log.gate = gate.opened;
    bed.history.begin();
    // Four more of a are here, but b may have lines between them: nobody has asked yet.
    expect(textsOf(bed.spool)).toEqual(
      range(2995, 3000).flatMap((at) => [`a${String(at)}`, `b${String(at)}`]),
    );
    const numbers = bed.spool.extent;
    await bed.rest(gate.open);
    expect(textsOf(bed.spool).slice(0, 3000)).toEqual([
      ...range(0, 2996).map((at) => `a${String(at)}`),
      'b2995',
      'a2996',
      'b2996',
      'a2997',
    ]);
    expect(bed.spool.row(numbers.firstRow)).toMatchObject({ text: 'a2995' });
  });

  test('reads on when somebody wants more, to the beginning when all is wanted', async () => {
    const logs = [logOf('a', range(0, 90_000, 2)), logOf('b', range(1, 90_000, 2))];
    const bed = await open(logs, 500);
    expect(await bed.rest(() => bed.history.begin())).toBe('partial');
    const first = bed.spool.extent.lines;
    expect(first).toBeGreaterThan(10_000);
    expect(first).toBeLessThan(90_000);
    expect(await bed.rest(() => bed.history.more(true))).toBe('complete');
    const times = textsOf(bed.spool).map((text) => Number(text.slice(1)));
    expect(times).toEqual(range(0, 90_000));
    const count = logs[0]?.requests.length;
    bed.history.more(true);
    await settle();
    expect(logs[0]?.requests.length).toBe(count);
  }, 30_000);

  test('goes on without a container that is removed', async () => {
    const logs = [logOf('a', range(0, 3000, 2)), logOf('b', range(1, 3000, 2))];
    const bed = await open(logs, 10);
    const [gone] = logs;
    if (gone !== undefined) gone.failure = new EngineError('notFound', 'no such container');
    expect(
      await bed.rest(() => {
        bed.history.begin();
        bed.history.more(true);
      }),
    ).toBe('gone');
    const texts = textsOf(bed.spool);
    expect(texts.filter((text) => text.startsWith('b'))).toEqual(
      range(1, 3000, 2).map((at) => `b${String(at)}`),
    );
    expect(texts.filter((text) => text.startsWith('a'))).toHaveLength(9);
  });

  test('says that it failed, and tries again when somebody wants more', async () => {
    const logs = [logOf('a', range(0, 3000, 2)), logOf('b', range(1, 3000, 2))];
    const bed = await open(logs, 10);
    const [broken] = logs;
    if (broken !== undefined) broken.failure = new EngineError('unreachable', 'gone');
    expect(await bed.rest(() => bed.history.begin())).toBe('unreachable');
    if (broken !== undefined) broken.failure = undefined;
    expect(await bed.rest(() => bed.history.more(true))).toBe('complete');
    expect(textsOf(bed.spool).map((text) => Number(text.slice(1)))).toEqual(range(0, 3000));
  });

  test('doubles nothing when one container fails while another still reads', async () => {
    const logs = [logOf('a', range(0, 1500)), logOf('b', range(0, 1500))];
    const [broken, slow] = logs;
    const bed = await open(logs, 10);
    if (broken === undefined || slow === undefined) return;
    const gate = door();
    slow.gate = gate.opened;
    broken.failure = new EngineError('unreachable', 'gone');
    bed.history.begin();
    await settle();
    broken.failure = undefined;
    expect(
      await bed.rest(() => {
        bed.history.more(true);
        gate.open();
      }),
    ).toBe('unreachable');
    expect(await bed.rest(() => bed.history.more(true))).toBe('complete');
    expect(textsOf(bed.spool)).toEqual(range(0, 1500).flatMap((at) => [`a${String(at)}`, `b${String(at)}`]));
  });

  test('does not take a tail that is all new lines for the beginning of the log', async () => {
    const logs = [logOf('a', range(0, 3000, 2)), logOf('b', range(1, 3000, 2))];
    const bed = await open(logs, 10);
    // They are on their way over the live connection, which is slow.
    for (let at = 0; at < 60_000; at++) logs[0]?.write('new', 3_000_000_000 + at);
    expect(
      await bed.rest(() => {
        bed.history.begin();
        bed.history.more(true);
      }),
    ).toBe('complete');
    expect(textsOf(bed.spool).map((text) => Number(text.slice(1)))).toEqual(range(0, 3000));
  });

  test('stops when the disk budget is spent, or was', async () => {
    const many = [logOf('a', range(0, 60_000, 2)), logOf('b', range(1, 60_000, 2))];
    const bed = await open(many, 10, openSpool(2 * blockfulBytes));
    expect(
      await bed.rest(() => {
        bed.history.begin();
        bed.history.more(true);
      }),
    ).toBe('full');
    expect(bed.spool.extent.droppedLines).toBe(0);
    const spool = openSpool(2.5 * blockfulBytes);
    const late = await open(many, 10, spool);
    append(spool, [blockful, blockful, blockful]);
    expect(await late.rest(() => late.history.begin())).toBe('full');
    expect(textsOf(spool).every((text) => text.length === blockfulBytes)).toBe(true);
  });

  test('ends with its signal', async () => {
    const log = logOf('a', range(0, 3000));
    const bed = await open([log, logOf('b', [1])], 10);
    const gate = door();
    log.gate = gate.opened;
    bed.history.begin();
    const before = bed.spool.extent;
    bed.life.abort();
    gate.open();
    await settle();
    expect(bed.told.map(({ phase }) => phase)).toEqual(['reading']);
    expect(bed.spool.extent).toEqual(before);
  });

  test('loses and doubles nothing, keeps each container’s order, and is sorted where its clocks are', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(...[anyLog, anyLogSetBack].map((any) => fc.array(any, { minLength: 2, maxLength: 4 }))),
        fc.integer({ min: leastTail, max: 400 }),
        fc.nat({ max: 3 }),
        async (all, tail, single) => {
          const spool = tempSpool();
          try {
            const logs = all.map((parts, at) => {
              const log = new FakeLog();
              writeAll(log, parts, `${String(at)}:`);
              return log;
            });
            const bed = new Bed(spool);
            for (const log of logs) await bed.add(log, tail);
            await bed.rest(() => bed.history.begin());
            for (let n = 0; n < single; n++)
              if (bed.told.at(-1)?.phase === 'partial') await bed.rest(() => bed.history.more(false));
            if (bed.told.at(-1)?.phase === 'partial') await bed.rest(() => bed.history.more(true));
            expect(bed.told.at(-1)?.phase).toBe('complete');
            const rows = Array.from({ length: spool.end - spool.firstRow }, (_, at) =>
              spool.row(spool.firstRow + at),
            );
            for (const [source, log] of logs.entries()) {
              const own = rows.flatMap((held) =>
                held?.source === source && held.kind === 'line' ? [held.text] : [],
              );
              const whole = (await readAll(log)).map(({ text }) => text);
              const isLeftOut = (bed.edges[source]?.heldRecords ?? 0) === 0;
              expect(own).toEqual(isLeftOut ? [] : whole);
            }
            // Who sets a clock back has no order of time.
            if (all.flat().some(({ kind }) => kind === 'setBack')) return;
            // Within a container stamps may be out of order by as much as its own disorder.
            const times = rows.map((held) => held?.at ?? Number.NaN);
            let latest = Number.NEGATIVE_INFINITY;
            const misplaced = times.filter((time) => {
              const isEarlier = time < latest - maxDisorderMs;
              latest = Math.max(latest, time);
              return isEarlier;
            });
            expect(misplaced).toEqual([]);
          } finally {
            spool.dispose();
          }
        },
      ),
      { numRuns: 40 },
    );
  }, 60_000);
});

/** Of the logs that `writeAll` writes: a few lines, each at most two steps later. */
const maxDisorderMs = 15;
