import { describe, expect, test } from 'vitest';
import { Emitter } from '../../../../src/base/event.ts';
import { english } from '../../../../src/base/localize.ts';
import { nullLogger } from '../../../../src/base/logger.ts';
import { emptyExtent, type LogUpdate, type LogView, noMatches, noRows } from '../../../../src/model/log.ts';
import { Channel, type PageChannel } from '../../../../src/protocol/channel.ts';
import type { LogsContract, LogsDelta } from '../../../../src/protocol/logs.ts';
import { isLogsDelta } from '../../../../src/protocol/logs.ts';
import { isNothing } from '../../../../src/protocol/shape.ts';
import { LogsHost, type LogReader, type LogReaderStart } from '../../../../src/ui/panels/logsHost.ts';
import { logsStrings } from '../../../../src/ui/panels/logsStrings.ts';

function update(endRow: number): LogUpdate {
  return { state: { extent: { ...emptyExtent, endRow }, phase: 'following', find: noMatches }, tail: noRows };
}

/** A reader that only remembers what it was told. */
class FakeReader implements LogReader {
  readonly start: LogReaderStart;
  readonly views: (LogView | undefined)[] = [];
  changes = 0;
  isDisposed = false;

  constructor(start: LogReaderStart) {
    this.start = start;
  }

  snapshot(): Promise<LogUpdate> {
    return Promise.resolve(update(5));
  }

  rows(firstRow: number): Promise<LogUpdate['tail']> {
    return Promise.resolve({ ...noRows, firstRow });
  }

  find(): Promise<typeof noMatches> {
    return Promise.resolve(noMatches);
  }

  step(): Promise<never> {
    return Promise.reject(new Error('no search'));
  }

  setView(view: LogView | undefined): void {
    this.views.push(view);
  }

  containerChanged(): void {
    this.changes++;
  }

  dispose(): void {
    this.isDisposed = true;
  }
}

interface Bed {
  readonly host: LogsHost;
  readonly page: PageChannel<LogsContract>;
  readonly readers: FakeReader[];
  readonly deltas: LogsDelta[];
  readonly resets: number[];
}

function open(isKnown: () => boolean = () => true): Bed {
  const toHost = new Emitter<unknown>();
  const toPage = new Emitter<unknown>();
  const readers: FakeReader[] = [];
  const deltas: LogsDelta[] = [];
  const resets: number[] = [];
  const host = new LogsHost({
    port: {
      post: (message) => {
        toPage.fire(message);
      },
      onMessage: toHost.event,
    },
    target: { ref: 'e/container/c', name: 'web' },
    strings: logsStrings(english),
    startReader: (start) => {
      if (!isKnown()) return undefined;
      const reader = new FakeReader(start);
      readers.push(reader);
      return reader;
    },
    log: nullLogger,
  });
  const page: PageChannel<LogsContract> = new Channel(
    {
      post: (message) => {
        toHost.fire(message);
      },
      onMessage: toPage.event,
    },
    {
      requests: {},
      events: {
        delta: { accepts: isLogsDelta, hear: (delta) => deltas.push(delta) },
        reset: { accepts: isNothing, hear: () => resets.push(readers.length) },
      },
    },
    () => undefined,
  );
  return { host, page, readers, deltas, resets };
}

describe('LogsHost', () => {
  test('sends nothing before the page asks, then a bounded number of numbered deltas', async () => {
    const { page, readers, deltas } = open();
    const [reader] = readers;
    reader?.start.onUpdate(update(1));
    expect(deltas).toEqual([]);
    const { seq, state, strings, target } = await page.ask('ready', { tailRows: 10 });
    expect({ seq, endRow: state.extent.endRow, name: target.name }).toEqual({
      seq: 0,
      endRow: 5,
      name: 'web',
    });
    expect(strings.wrapLines).toBe('Wrap lines (w)');
    for (let endRow = 6; endRow < 16; endRow++) reader?.start.onUpdate(update(endRow));
    expect(deltas.map((delta) => delta.seq)).toEqual([1, 2, 3]);
    page.tell('acknowledge', { seq: 3 });
    expect(deltas.at(-1)).toMatchObject({ seq: 4, state: { extent: { endRow: 15 } } });
  });

  test('sends nothing to a hidden page, and the reader goes on', async () => {
    const { host, page, readers, deltas } = open();
    const [reader] = readers;
    await page.ask('ready', { tailRows: 10 });
    host.hide();
    reader?.start.onUpdate(update(9));
    expect(deltas).toEqual([]);
    expect(reader?.views).toEqual([undefined]);
    expect(reader?.isDisposed).toBe(false);
  });

  test('waits for an engine that is not known yet', async () => {
    let isKnown = false;
    const { host, page, readers, resets } = open(() => isKnown);
    expect((await page.ask('ready', { tailRows: 10 })).state.phase).toBe('unreachable');
    host.containerChanged();
    expect(resets).toEqual([]);
    isKnown = true;
    host.containerChanged();
    expect(resets).toEqual([1]);
    host.containerChanged();
    expect(readers.map(({ changes }) => changes)).toEqual([1]);
    expect((await page.ask('ready', { tailRows: 10 })).state.phase).toBe('following');
  });

  test('starts a broken reader again, three times, and then says that it is broken', async () => {
    const { page, readers, resets } = open();
    for (let round = 0; round < 4; round++) readers.at(-1)?.start.onBroken(new Error('out of memory'));
    expect(readers.map(({ start }) => start.isRestart)).toEqual([false, true, true, true]);
    expect(readers.every(({ isDisposed }) => isDisposed)).toBe(true);
    expect(resets).toHaveLength(4);
    const { state, tail } = await page.ask('ready', { tailRows: 10 });
    expect(state.phase).toBe('broken');
    expect(tail.rows).toMatchObject([{ kind: 'event', event: { kind: 'readerBroken' } }]);
  });

  test('passes on a failure of the reader and refuses what has no shape', async () => {
    const { page } = open();
    await expect(page.ask('step', { row: 0, ordinal: undefined, direction: 'next' })).rejects.toThrow(
      'no search',
    );
    await expect(page.ask('rows', { firstRow: -1, count: 5 })).rejects.toThrow('malformed');
  });

  test('ends its reader with itself', () => {
    const { host, readers } = open();
    host.dispose();
    expect(readers.map(({ isDisposed }) => isDisposed)).toEqual([true]);
  });
});
