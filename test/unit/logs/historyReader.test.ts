import { describe, expect, onTestFinished, test } from 'vitest';
import { HistoryEdge } from '../../../src/logs/historyEdge.ts';
import { HistoryReader } from '../../../src/logs/historyReader.ts';
import { readLines } from '../../../src/logs/readLines.ts';
import { RowMaker } from '../../../src/logs/rowMaker.ts';
import type { Spool } from '../../../src/logs/spool/spool.ts';
import { EngineError } from '../../../src/model/engineError.ts';
import type { LogHistory } from '../../../src/model/log.ts';
import { door } from '../../support/door.ts';
import { settle } from '../../support/fakeClock.ts';
import { FakeLog, logEpochMs } from '../../support/fakeLog.ts';
import { stamped } from './lines.ts';
import { append, blockful, blockfulBytes, openSpool, textsOf } from './rows.ts';

interface Bed {
  readonly log: FakeLog;
  readonly spool: Spool;
  readonly reader: HistoryReader;
  readonly told: LogHistory[];
  /** Happens whenever something is told. */
  onTold: (history: LogHistory) => void;
  /** As the reader of new lines does it. */
  write(text: string): void;
  /** The phase in which the reader comes to rest after what `act` does. */
  rest(act: () => void): Promise<LogHistory['phase'] | undefined>;
  end(): void;
}

/** A log of numbered lines of which the newest are held. */
async function open(lines: number, held: number, maxBytes?: number): Promise<Bed> {
  const log = new FakeLog();
  for (let at = 0; at < lines; at++) log.write(`line ${String(at)}`, at * 1000);
  const spool = openSpool(maxBytes);
  const edge = new HistoryEdge();
  const rows = new RowMaker(0);
  const options = { follow: false, timestamps: true, tail: held };
  for await (const batch of readLines(log.engine, 'c', options, new AbortController().signal))
    for (const line of batch) {
      edge.add(line);
      spool.append(rows.row(line));
    }
  log.requests.length = 0;
  const told: LogHistory[] = [];
  const life = new AbortController();
  onTestFinished(() => {
    life.abort();
  });
  let onRest: () => void = () => undefined;
  const reader = new HistoryReader({
    engine: log.engine,
    containerId: 'c',
    source: 0,
    edge,
    spool,
    onChange: (history) => {
      told.push(history);
      bed.onTold(history);
      if (history.phase !== 'reading') onRest();
    },
    signal: life.signal,
  });
  let nanos = lines * 1000;
  const bed: Bed = {
    log,
    spool,
    reader,
    told,
    onTold: () => undefined,
    write: (text) => {
      log.write(text, (nanos += 1000));
      const line = stamped(text, { seconds: logEpochMs / 1000, nanos });
      edge.add(line);
      spool.append(rows.row(line));
    },
    rest: async (act) => {
      const rested = new Promise<void>((resolve) => {
        onRest = resolve;
      });
      act();
      await rested;
      await settle();
      return told.at(-1)?.phase;
    },
    end: () => {
      life.abort();
    },
  };
  return bed;
}

const names = (from: number, to: number): string[] =>
  Array.from({ length: to - from }, (_, at) => `line ${String(from + at)}`);

/** As a log is opened whose page has drawn what is newest. */
function begin(reader: HistoryReader): void {
  reader.more(false);
  reader.begin();
}

describe('HistoryReader', () => {
  test('reads nothing before somebody wants it', async () => {
    const { log, reader } = await open(3000, 1000);
    reader.begin();
    await settle();
    expect(log.requests).toHaveLength(0);
  });

  test('reads a short log to its beginning without being asked', async () => {
    const { spool, reader, rest, told } = await open(3000, 1000);
    expect(await rest(() => begin(reader))).toBe('complete');
    expect(textsOf(spool)).toEqual(names(0, 3000));
    expect(spool.firstRow).toBe(-2000);
    expect(told.filter(({ phase }) => phase === 'reading').some(({ pendingLines }) => pendingLines > 0)).toBe(
      true,
    );
  });

  test('says that a log is complete which has no more than what is held', async () => {
    const { spool, reader, rest } = await open(10, 1000);
    expect(await rest(() => begin(reader))).toBe('complete');
    expect(textsOf(spool)).toEqual(names(0, 10));
  });

  test('reads more with each step that somebody wants', async () => {
    const { log, spool, reader, rest } = await open(150_000, 1000);
    expect(await rest(() => begin(reader))).toBe('partial');
    expect(await rest(() => reader.more(false))).toBe('partial');
    const held = spool.end - spool.firstRow;
    expect(held).toBeGreaterThan(55_000);
    expect(held).toBeLessThan(60_000);
    expect(log.requests).toHaveLength(2);
    expect(await rest(() => reader.more(false))).toBe('complete');
    expect(spool.extent.lines).toBe(150_000);
    expect([spool.row(spool.firstRow), spool.row(999)]).toMatchObject([
      { text: 'line 0' },
      { text: 'line 149999' },
    ]);
    reader.more(true);
    await settle();
    // All that there is, and the end of it: nothing is asked for a third time.
    expect(log.requests).toHaveLength(4);
  }, 30_000);

  test('reads all there is when that is wanted, also while it reads already', async () => {
    const { log, spool, reader, rest } = await open(20_000, 1000);
    const gate = door();
    log.gate = gate.opened;
    const phase = await rest(() => {
      begin(reader);
      reader.more(true);
      reader.more(false);
      gate.open();
    });
    expect(phase).toBe('complete');
    expect(textsOf(spool)).toEqual(names(0, 20_000));
  });

  test('is not led astray by lines that come while it reads', async () => {
    const { log, spool, reader, rest, write } = await open(9000, 1000);
    const gate = door();
    log.gate = gate.opened;
    const phase = await rest(() => {
      begin(reader);
      reader.more(true);
      write('new 1');
      write('new 2');
      gate.open();
    });
    expect(phase).toBe('complete');
    expect(textsOf(spool)).toEqual([...names(0, 9000), 'new 1', 'new 2']);
  });

  test('shows nothing of a step that fails, says so, and tries again when somebody wants more', async () => {
    const { log, spool, reader, rest } = await open(3000, 1000);
    log.failure = new EngineError('unreachable', 'gone');
    log.failsAfterChunks = 1;
    expect(await rest(() => begin(reader))).toBe('unreachable');
    expect(textsOf(spool)).toEqual(names(2000, 3000));
    log.failure = undefined;
    expect(await rest(() => reader.more(true))).toBe('complete');
    expect(textsOf(spool)).toEqual(names(0, 3000));
  });

  test('takes up where it failed, and goes no further than is wanted then', async () => {
    const { log, spool, reader, rest } = await open(20_000, 1000);
    log.failure = new EngineError('unreachable', 'gone');
    expect(await rest(() => begin(reader))).toBe('unreachable');
    log.failure = undefined;
    expect(await rest(() => reader.more(false))).toBe('partial');
    const texts = textsOf(spool);
    expect(texts.length).toBeLessThan(8000);
    expect(texts).toEqual(names(20_000 - texts.length, 20_000));
  });

  test('does not ask again for a container that is gone', async () => {
    const { log, reader, rest } = await open(3000, 1000);
    log.failure = new EngineError('notFound', 'no such container');
    expect(await rest(() => begin(reader))).toBe('gone');
    const { length } = log.requests;
    reader.more(true);
    await settle();
    expect(log.requests).toHaveLength(length);
  });

  test('stops when the disk budget is spent, and says so', async () => {
    const { log, spool, reader, rest } = await open(120_000, 1000, 4 * blockfulBytes);
    expect(await rest(() => begin(reader))).toBe('partial');
    expect(await rest(() => reader.more(false))).toBe('full');
    const { firstRow, droppedLines } = spool.extent;
    expect(droppedLines).toBe(0);
    expect(textsOf(spool)).toEqual(names(119_000 + firstRow, 120_000));
    const { length } = log.requests;
    reader.more(true);
    await settle();
    expect(log.requests).toHaveLength(length);
  });

  test('puts nothing before lines that had to go', async () => {
    const { spool, reader, rest } = await open(3000, 10, 2.5 * blockfulBytes);
    append(spool, [blockful, blockful, blockful]);
    expect(spool.extent.droppedLines).toBeGreaterThan(0);
    expect(await rest(() => begin(reader))).toBe('full');
    expect(textsOf(spool).every((text) => text.length === blockfulBytes)).toBe(true);
  });

  test('puts nothing before lines that have to go while it reads', async () => {
    const { log, spool, reader, rest } = await open(3000, 10, 2.5 * blockfulBytes);
    log.meanwhile = () => {
      append(spool, [blockful, blockful, blockful]);
    };
    expect(await rest(() => begin(reader))).toBe('full');
    expect(textsOf(spool).every((text) => text.length === blockfulBytes)).toBe(true);
  });

  test('puts nothing before lines that have to go when it is as good as done', async () => {
    const bed = await open(30, 10, 2.5 * blockfulBytes);
    bed.onTold = ({ pendingLines }) => {
      if (pendingLines > 0) append(bed.spool, [blockful, blockful, blockful]);
    };
    expect(await bed.rest(() => begin(bed.reader))).toBe('full');
    expect(textsOf(bed.spool).every((text) => text.length === blockfulBytes)).toBe(true);
  });

  test('ends with its signal, and says nothing any more', async () => {
    const { log, spool, reader, told, end } = await open(3000, 1000);
    const gate = door();
    log.gate = gate.opened;
    begin(reader);
    end();
    gate.open();
    await settle();
    expect(log.aborted).toBe(1);
    expect(told.map(({ phase }) => phase)).toEqual(['reading']);
    expect(spool.firstRow).toBe(0);
  });
});
