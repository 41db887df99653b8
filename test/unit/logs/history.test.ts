import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readOlder } from '../../../src/logs/history.ts';
import { HistoryEdge } from '../../../src/logs/historyEdge.ts';
import type { StampedLine } from '../../../src/logs/lineSplitter.ts';
import { piecesOf } from '../../../src/logs/firstLine.ts';
import { readLines } from '../../../src/logs/readLines.ts';
import { FakeLog } from '../../support/fakeLog.ts';
import { anyLogSetBack, leastTail, writeAll } from './logs.ts';

const never = new AbortController().signal;

/** Copies what it keeps, as a batch is used again. */
async function readAll(log: FakeLog, tail?: number): Promise<StampedLine[]> {
  const options = { follow: false, timestamps: true, ...(tail === undefined ? {} : { tail }) };
  const lines: StampedLine[] = [];
  for await (const batch of readLines(log.engine, 'c', options, never)) lines.push(...batch);
  return lines;
}

function edgeOf(lines: readonly StampedLine[]): HistoryEdge {
  const edge = new HistoryEdge();
  for (const line of lines) edge.add(line);
  return edge;
}

async function older(log: FakeLog, edge: HistoryEdge, count: number | undefined): Promise<StampedLine[]> {
  let lines: StampedLine[] = [];
  const sink = {
    begin: () => {
      lines = [];
    },
    lines: (batch: readonly StampedLine[]) => {
      lines.push(...batch);
    },
  };
  const part = await readOlder(log.engine, 'c', edge, count, sink, never);
  expect(part.lines).toBe(lines.length);
  edge.prepend(part.edge);
  return lines;
}

const texts = (lines: readonly StampedLine[]): string[] => lines.map(({ text }) => text);

function numbered(count: number): FakeLog {
  const log = new FakeLog();
  for (let at = 0; at < count; at++) log.write(`line ${String(at)}`, at * 1000);
  return log;
}

const names = (from: number, to: number): string[] =>
  Array.from({ length: to - from }, (_, at) => `line ${String(from + at)}`);

describe('readOlder', () => {
  test('brings what comes before the lines that are held, and none of these again', async () => {
    const log = numbered(50);
    expect(texts(await older(log, edgeOf(await readAll(log, 10)), undefined))).toEqual(names(0, 40));
  });

  test('asks for about as many lines as are wanted, counted from the end of the log', async () => {
    const log = numbered(20_000);
    const edge = edgeOf(await readAll(log, 1000));
    const lines = await older(log, edge, 5000);
    expect(lines.length).toBeGreaterThanOrEqual(5000);
    expect(lines.length).toBeLessThan(6100);
    expect(log.requests.at(-1)).toMatchObject({
      follow: false,
      tail: 7010,
      until: expect.any(String) as string,
    });
    expect(texts(lines)).toEqual(names(19_000 - lines.length, 19_000));
  });

  test('brings nothing when there is nothing, or nothing to hold on to', async () => {
    const log = numbered(5);
    expect(await older(log, edgeOf(await readAll(log)), undefined)).toEqual([]);
    const untimed = new HistoryEdge();
    untimed.add({
      stream: 'stdout',
      stamp: undefined,
      text: '',
      data: Buffer.from(''),
      isContinuation: false,
      records: 0,
    });
    expect(await older(log, untimed, undefined)).toEqual([]);
    expect(await older(log, new HistoryEdge(), undefined)).toEqual([]);
  });

  test('tells lines of one stamp apart by their number', async () => {
    const log = new FakeLog();
    for (let at = 0; at < 3000; at++) log.write('same', at < 2900 ? 5 : 6);
    const edge = edgeOf(await readAll(log, 1000));
    expect((await older(log, edge, undefined)).length).toBe(2000);
    expect((await older(log, edge, undefined)).length).toBe(0);
  });

  test('is not led astray by lines that come meanwhile', async () => {
    const log = numbered(5000);
    const edge = edgeOf(await readAll(log, 100));
    log.meanwhile = () => {
      for (let at = 0; at < 500; at++) log.write('new', 5_000_000 + at);
    };
    const first = await older(log, edge, 1000);
    const second = await older(log, edge, undefined);
    expect(texts([...second, ...first])).toEqual(names(0, 4900));
  });

  test('brings nothing wrong when so many new lines came that the tail does not reach back', async () => {
    const log = numbered(5000);
    const edge = edgeOf(await readAll(log, 100));
    for (let at = 0; at < 4000; at++) log.write('new', 5_000_000 + at);
    expect(await older(log, edge, 500)).toEqual([]);
    expect(texts(await older(log, edge, undefined))).toEqual(names(0, 4900));
  });

  test('does not take the rest of a long line, cut off by the tail, for a whole one', async () => {
    const log = new FakeLog();
    const long = Array.from({ length: 4 }, (_, at) => String(at).repeat(16_384)).join('');
    log.write('first', 1);
    log.write(long, 2);
    for (let at = 0; at < 1100; at++) log.write(`line ${String(at)}`, 3 + at);
    const edge = edgeOf(await readAll(log, 98));
    // 98 lines held, 1 % of these, 3 wanted and 1000 to spare: two records of the long line.
    const first = await older(log, edge, 3);
    const rest = await older(log, edge, undefined);
    expect(texts([...rest, ...first])).toEqual(['first', long, ...names(0, 1002)]);
  });

  test('ends with its signal', async () => {
    const log = numbered(5000);
    const edge = edgeOf(await readAll(log, 10));
    const end = new AbortController();
    const reading = readOlder(
      log.engine,
      'c',
      edge,
      undefined,
      {
        begin: () => undefined,
        lines: () => {
          end.abort();
        },
      },
      end.signal,
    );
    await expect(reading).rejects.toMatchObject({ reason: 'cancelled' });
    expect(log.aborted).toBe(1);
  });

  /** An hour's lines by a clock that is a day ahead; then somebody sets it right. */
  function setBack(): FakeLog {
    const log = numbered(100);
    for (let at = 0; at < 2000; at++) log.write(`ahead ${String(at)}`, 86_400e9 + at * 1000);
    for (let at = 0; at < 2000; at++) log.write(`right ${String(at)}`, 200_000 + at * 1000);
    return log;
  }
  const aheadAndRight = (right: number): string[] => [
    ...names(0, 100),
    ...Array.from({ length: 2000 }, (_, at) => `ahead ${String(at)}`),
    ...Array.from({ length: right }, (_, at) => `right ${String(at)}`),
  ];

  test('loses nothing when the clock was set back before the lines that are held', async () => {
    const log = setBack();
    const edge = edgeOf(await readAll(log, 100));
    // The tail begins among the lines that are a day ahead, and the engine stops at the first of them.
    expect(await older(log, edge, 2500)).toEqual([]);
    const all = await older(log, edge, undefined);
    expect(texts(all)).toEqual(aheadAndRight(1900));
    expect(log.requests.slice(-3).map(({ until }) => until !== undefined)).toEqual([true, true, false]);
    // From there on nothing is asked for by time.
    expect(await older(log, edge, undefined)).toEqual([]);
    expect(log.requests.at(-1)?.until).toBeUndefined();
  });

  test('loses nothing when it was set back among the first lines that are held', async () => {
    const log = setBack();
    const edge = edgeOf(await readAll(log, 2003));
    log.meanwhile = () => {
      log.write('new', 999_000_000);
    };
    expect(texts(await older(log, edge, undefined))).toEqual(aheadAndRight(0).slice(0, -3));
  });

  test('brings nothing when the lines that are held are gone from the engine', async () => {
    const log = numbered(50);
    const edge = edgeOf(await readAll(log, 20));
    log.records.splice(0);
    for (let at = 0; at < 30; at++) log.write('rotated', 1_000_000 + at);
    expect(await older(log, edge, undefined)).toEqual([]);
  });

  test('brings every older line once and in order, whatever the log, the counts, and what comes meanwhile', async () => {
    const steps = fc.array(
      fc.record({
        count: fc.option(fc.integer({ min: 1, max: 2000 }), { nil: undefined, freq: 6 }),
        comes: fc.constantFrom(0, 0, 1, 30, 400, 3000),
        isHeld: fc.boolean(),
      }),
      { maxLength: 6 },
    );
    await fc.assert(
      fc.asyncProperty(
        anyLogSetBack,
        fc.integer({ min: leastTail, max: 1500 }),
        steps,
        async (parts, held, all) => {
          const log = new FakeLog();
          let now = writeAll(log, parts);
          const whole = texts(await readAll(log));
          const tail = await readAll(log, held);
          // As the reader of the newest lines does, because the first may be the rest of a longer one.
          if (log.records.length > held) tail.splice(0, piecesOf(tail[0], tail));
          const edge = edgeOf(tail);
          const read: StampedLine[][] = [tail];
          let notHeld = 0;
          for (const { count, comes, isHeld } of [...all, { count: undefined, comes: 0, isHeld: false }]) {
            log.meanwhile = () => {
              for (let at = 0; at < comes; at++) log.write('new', (now += 1000));
            };
            const lines = await older(log, edge, count);
            read.unshift(lines);
            notHeld += comes;
            // Sooner or later they come over the live connection too.
            if (!isHeld || notHeld === 0) continue;
            for (const line of await readAll(log, notHeld)) edge.add(line);
            notHeld = 0;
          }
          expect(texts(read.flat())).toEqual(whole);
        },
      ),
      { numRuns: 60 },
    );
  }, 60_000);
});
