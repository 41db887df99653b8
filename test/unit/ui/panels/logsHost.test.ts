import { describe, expect, test } from 'vitest';
import { Emitter } from '../../../../src/base/event.ts';
import { english } from '../../../../src/base/localize.ts';
import { nullLogger } from '../../../../src/base/logger.ts';
import {
  emptyExtent,
  type LogUpdate,
  type LogView,
  noHistory,
  noMatches,
  noRows,
  nothingFound,
  showAll,
} from '../../../../src/model/log.ts';
import type { LogQuestions, SourceLink } from '../../../../src/model/logQuestions.ts';
import { Channel, type PageChannel } from '../../../../src/protocol/channel.ts';
import type { LogsContract, LogsDelta, LogsSnapshot } from '../../../../src/protocol/logs.ts';
import {
  isCopied,
  isLinePlace,
  isLogsDelta,
  isLogsSnapshot,
  isSavedFilters,
  type SavedFilter,
} from '../../../../src/protocol/logs.ts';
import { isNothing } from '../../../../src/protocol/shape.ts';
import { LogsHost, type LogReader, type LogReaderStart } from '../../../../src/ui/panels/logsHost.ts';
import { logsStrings } from '../../../../src/ui/panels/logsStrings.ts';
import { SavedFilters } from '../../../../src/ui/panels/savedFilters.ts';
import { settle } from '../../../support/fakeClock.ts';
import { FakeMemento } from '../../../support/fakeMemento.ts';

function update(endRow: number): LogUpdate {
  const state = {
    showId: 0,
    isShowComplete: true,
    showProblem: undefined,
    extent: { ...emptyExtent, endRow },
    cleared: undefined,
    nextRow: endRow,
    shownLines: 0,
    history: noHistory,
    halt: undefined,
    phase: 'following' as const,
    sources: [],
    find: noMatches,
  };
  return { state, tail: noRows };
}

const link: SourceLink = {
  link: { start: 0, end: 8, path: 'src/a.ts', line: 7, column: undefined },
  source: { ref: 'e/container/c', name: 'web' },
};

/** A reader that only remembers what it was told, and answers what the test says: the real one is a thread. */
class FakeReader implements LogReader {
  readonly start: LogReaderStart;
  readonly asked: string[] = [];
  readonly views: (LogView | undefined)[] = [];
  readonly wishes: boolean[] = [];
  readonly changes: string[] = [];
  readonly answers: Partial<Record<keyof LogQuestions, unknown>> = { snapshot: update(5), link };
  isDisposed = false;
  resumes = 0;

  constructor(start: LogReaderStart) {
    this.start = start;
  }

  ask<K extends keyof LogQuestions>(
    name: K,
    params: LogQuestions[K]['params'],
  ): Promise<LogQuestions[K]['result']> {
    this.asked.push(`${name} ${JSON.stringify(params)}`);
    return name in this.answers
      ? Promise.resolve(this.answers[name] as LogQuestions[K]['result'])
      : Promise.reject(new Error(`no answer to ${name}`));
  }

  setView(view: LogView | undefined): void {
    this.views.push(view);
  }

  more(isAll: boolean): void {
    this.wishes.push(isAll);
  }

  resume(): void {
    this.resumes++;
  }

  containerChanged(ref: string): void {
    this.changes.push(ref);
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
  /** What the editor was asked for. */
  readonly acted: string[];
  readonly filters: SavedFilters;
  /** Names of the saved filters, as the page was told of them. */
  readonly savedLists: string[][];
  /** What the page was told beside deltas and resets. */
  readonly heard: string[];
}

function open(isKnown: () => boolean = () => true): Bed {
  const toHost = new Emitter<unknown>();
  const toPage = new Emitter<unknown>();
  const readers: FakeReader[] = [];
  const deltas: LogsDelta[] = [];
  const resets: number[] = [];
  const acted: string[] = [];
  const filters = new SavedFilters(new FakeMemento());
  const savedLists: string[][] = [];
  const heard: string[] = [];
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
    actions: {
      openSource: ({ link: { path, line } }) => {
        acted.push(`open ${path}:${String(line)}`);
        return Promise.resolve();
      },
      save: () => {
        acted.push('save');
        return Promise.reject(new Error('no space left'));
      },
      openDocument: () => {
        acted.push('document');
        return Promise.resolve();
      },
      copy: (text) => {
        acted.push(`copy ${text}`);
        return Promise.resolve();
      },
      copyLink: ({ line }) => {
        acted.push(`link ${line.text}`);
        return Promise.resolve();
      },
      offerToSave: () => acted.push('offer to save'),
      fail: (error) => acted.push(`failed: ${String(error)}`),
    },
    filters,
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
        snapshot: { accepts: isLogsSnapshot, hear: ({ seq }) => heard.push(`snapshot ${String(seq)}`) },
        delta: { accepts: isLogsDelta, hear: (delta) => deltas.push(delta) },
        savedFilters: {
          accepts: isSavedFilters,
          hear: (saved) => savedLists.push(saved.map(({ name }) => name)),
        },
        reset: { accepts: isNothing, hear: () => resets.push(readers.length) },
        copy: { accepts: isNothing, hear: () => heard.push('copy') },
        copied: { accepts: isCopied, hear: ({ lines }) => heard.push(`copied ${String(lines)}`) },
        reveal: { accepts: isLinePlace, hear: ({ textHash }) => heard.push(`reveal ${textHash}`) },
      },
    },
    () => undefined,
  );
  return { host, page, readers, deltas, resets, acted, filters, savedLists, heard };
}

const begin = { view: { tailRows: 10 }, show: showAll };

/** All there is to show, of a page that was not sent it. */
async function askFor(page: PageChannel<LogsContract>): Promise<LogsSnapshot> {
  const answer = await page.ask('ready', begin);
  if (answer === undefined) throw new Error('it was sent before');
  return answer;
}

describe('LogsHost', () => {
  test('sends nothing before the page asks, then a bounded number of numbered deltas', async () => {
    const { page, readers, deltas } = open();
    const [reader] = readers;
    reader?.start.onUpdate(update(1));
    expect(deltas).toEqual([]);
    const { seq, state, strings, target } = await askFor(page);
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

  test('sends a new page what it will ask for, once; then it is answered', async () => {
    const { host, page, readers, heard, deltas } = open();
    host.push();
    expect(await page.ask('ready', begin)).toBeUndefined();
    expect(heard).toEqual(['snapshot 0']);
    readers[0]?.start.onUpdate(update(6));
    expect(deltas.map(({ seq }) => seq)).toEqual([1]);
    expect((await askFor(page)).seq).toBe(1);
    expect(heard).toHaveLength(1);
  });

  test('answers a page in full that never got what was sent', async () => {
    const { host, page, heard } = open();
    host.push();
    await Promise.resolve();
    // The editor threw the page away before it ran.
    host.hide();
    expect((await askFor(page)).target.name).toBe('web');
    host.push();
    host.hide();
    expect((await askFor(page)).target.name).toBe('web');
    expect(heard.length).toBeLessThan(2);
  });

  test('answers in full when another reader has begun, and when the one that was asked broke', async () => {
    let isKnown = false;
    const { host, page } = open(() => isKnown);
    host.push();
    isKnown = true;
    host.begin();
    expect((await askFor(page)).state.phase).toBe('following');
    const broken = open();
    broken.host.push();
    broken.readers[0]?.start.onBroken(new Error('out of memory'));
    expect((await askFor(broken.page)).state.phase).toBe('following');
  });

  test('sends nothing to a hidden page, and the reader goes on', async () => {
    const { host, page, readers, deltas } = open();
    const [reader] = readers;
    await askFor(page);
    host.hide();
    reader?.start.onUpdate(update(9));
    expect(deltas).toEqual([]);
    expect(reader?.views).toEqual([undefined]);
    expect(reader?.isDisposed).toBe(false);
  });

  test('waits for an engine that is not known yet', async () => {
    let isKnown = false;
    const { host, page, readers, resets } = open(() => isKnown);
    expect((await askFor(page)).state.phase).toBe('unreachable');
    host.begin();
    expect(resets).toEqual([]);
    isKnown = true;
    host.begin();
    expect(resets).toEqual([1]);
    host.begin();
    host.containerChanged('e/container/c');
    expect(readers.map(({ changes }) => changes)).toEqual([['e/container/c']]);
    expect((await askFor(page)).state.phase).toBe('following');
  });

  test('answers everything as long as there is nothing to read', async () => {
    const { host, page, acted } = open(() => false);
    host.containerChanged('e/container/c');
    expect((await page.ask('rows', { firstRow: 0, count: 5 })).rows).toEqual([]);
    expect(await page.ask('show', { showId: 1, show: showAll, anchorRow: 3 })).toMatchObject({
      position: undefined,
      state: { phase: 'unreachable' },
    });
    expect(await page.ask('find', { findId: 1, query: undefined })).toEqual(noMatches);
    expect(await page.ask('step', { row: 0, ordinal: undefined, direction: 'next' })).toEqual({
      ...nothingFound,
      state: noMatches,
    });
    expect(await page.ask('locate', { at: 5, row: undefined })).toEqual({
      position: undefined,
      row: undefined,
    });
    expect(await page.ask('histogram', { parts: 5 })).toBeUndefined();
    expect(await page.ask('density', { parts: 5 })).toEqual([]);
    expect(await page.ask('fields', undefined)).toEqual({ lines: 0, fields: [] });
    expect(await page.ask('seek', { at: 5, textHash: '' })).toEqual({ kind: 'older' });
    page.tell('more', { isAll: true });
    page.tell('openLink', { row: 0, index: 0 });
    page.tell('save', undefined);
    await settle();
    expect(acted).toEqual([]);
  });

  test('passes on what the page asks and wishes', async () => {
    const { page, readers } = open();
    const [reader] = readers;
    if (reader === undefined) throw new Error('no reader');
    Object.assign(reader.answers, {
      locate: { position: -7, row: -9 },
      histogram: { from: 0, to: 1, parts: [] },
    });
    expect(await page.ask('locate', { at: 5, row: undefined })).toEqual({ position: -7, row: -9 });
    expect(await page.ask('histogram', { parts: 3 })).toEqual({ from: 0, to: 1, parts: [] });
    page.tell('more', { isAll: false });
    page.tell('more', { isAll: true });
    page.tell('resume', undefined);
    page.tell('view', { tailRows: 3 });
    expect(reader.asked).toEqual(['locate {"at":5}', 'histogram {"parts":3}']);
    expect(reader.wishes).toEqual([false, true]);
    expect(reader.resumes).toBe(1);
    expect(reader.views).toEqual([{ tailRows: 3 }]);
  });

  test('starts a broken reader again, three times, and then says that it is broken', async () => {
    const { host, page, readers, resets } = open();
    for (let round = 0; round < 4; round++) readers.at(-1)?.start.onBroken(new Error('out of memory'));
    expect(readers.map(({ start }) => start.isRestart)).toEqual([false, true, true, true]);
    expect(readers.every(({ isDisposed }) => isDisposed)).toBe(true);
    expect(resets).toHaveLength(4);
    host.begin();
    expect(readers).toHaveLength(4);
    const { state, tail } = await askFor(page);
    expect(state.phase).toBe('broken');
    expect(tail.rows).toMatchObject([{ kind: 'event', row: 0, event: { kind: 'readerBroken' } }]);
  });

  test('opens a link by its number: a page names no path', async () => {
    const { page, readers, acted } = open();
    page.tell('openLink', { row: -3, index: 1 });
    await settle();
    expect(readers[0]?.asked).toEqual(['link {"row":-3,"index":1}']);
    expect(acted).toEqual(['open src/a.ts:7']);
    Object.assign(readers[0]?.answers ?? {}, { link: undefined });
    page.tell('openLink', { row: -3, index: 9 });
    await settle();
    expect(acted).toHaveLength(1);
  });

  test('tells the user when what was asked for fails', async () => {
    const { page, acted } = open();
    page.tell('openDocument', undefined);
    page.tell('save', undefined);
    await settle();
    expect(acted).toEqual(['document', 'save', 'failed: Error: no space left']);
  });

  test('passes on a failure of the reader and refuses what has no shape', async () => {
    const { page } = open();
    await expect(page.ask('step', { row: 0, ordinal: undefined, direction: 'next' })).rejects.toThrow(
      'no answer to step',
    );
    await expect(page.ask('rows', { firstRow: 0.5, count: 5 })).rejects.toThrow('malformed');
  });

  test('keeps filters for all pages, and tells each of them', async () => {
    const { host, page, filters, savedLists } = open();
    const saved: SavedFilter = { name: 'errors', filter: { minLevel: 5, stream: 'both', conditions: [] } };
    page.tell('saveFilter', saved);
    filters.save({ ...saved, name: 'from another panel' });
    expect((await askFor(page)).savedFilters.map(({ name }) => name)).toEqual([
      'errors',
      'from another panel',
    ]);
    page.tell('deleteFilter', { name: 'errors' });
    page.tell('saveFilter', { ...saved, name: ' ' });
    expect(savedLists).toEqual([['errors'], ['errors', 'from another panel'], ['from another panel']]);
    host.dispose();
    filters.delete('from another panel');
    expect(savedLists).toHaveLength(3);
  });

  test('puts rows into the clipboard, with words for what happened between them', async () => {
    const { page, readers, acted, heard } = open();
    const request = { from: -5, to: 7, timestamps: 'utc' as const, timeZone: 'UTC', language: 'en' };
    const parts = ['12:00 a\n12:01 ', { event: { kind: 'started' }, name: 'web' }, '\n12:02 b'];
    Object.assign(readers[0]?.answers ?? {}, { copy: { parts, lines: 3 } });
    page.tell('copy', request);
    await settle();
    expect(readers[0]?.asked).toEqual([`copy ${JSON.stringify(request)}`]);
    expect(acted).toEqual(['copy 12:00 a\n12:01 ── web started ──\n12:02 b']);
    expect(heard).toEqual(['copied 3']);
  });

  test('offers to save what is too much for the clipboard', async () => {
    const { page, readers, acted, heard } = open();
    Object.assign(readers[0]?.answers ?? {}, { copy: undefined });
    page.tell('copy', { from: 0, to: 1, timestamps: 'off', timeZone: '', language: '' });
    await settle();
    expect(acted).toEqual(['offer to save']);
    expect(heard).toEqual([]);
  });

  test('does what is chosen from the menu of a row', async () => {
    const { host, readers, acted, heard } = open();
    host.act('copy', 3);
    host.act('copyLine', 3);
    await settle();
    expect(heard).toEqual(['copy']);
    expect(acted.splice(0)).toEqual(['failed: Error: no answer to line']);
    Object.assign(readers[0]?.answers ?? {}, {
      line: { line: { text: '\u001b[1mas written' }, source: link.source },
    });
    host.act('copyLine', 3);
    host.act('copyLink', 3);
    host.act('openDocument', undefined);
    host.act('save', 3);
    await settle();
    await settle();
    expect(acted.sort()).toEqual([
      'copy \u001b[1mas written',
      'document',
      'failed: Error: no space left',
      'link \u001b[1mas written',
      'save',
    ]);
    Object.assign(readers[0]?.answers ?? {}, { line: undefined });
    host.act('copyLink', 99);
    await settle();
    expect(acted).toHaveLength(5);
  });

  test('shows a line that a link names with the first page, or at once on one that is open', async () => {
    const { host, page, heard } = open();
    const line = (textHash: string) => ({ at: 5, textHash });
    host.reveal(line('first'));
    expect(heard).toEqual([]);
    expect((await askFor(page)).reveal).toEqual(line('first'));
    expect((await askFor(page)).reveal).toBeUndefined();
    host.reveal(line('second'));
    expect(heard).toEqual(['reveal second']);
    host.hide();
    host.reveal(line('third'));
    expect(heard).toHaveLength(1);
    expect((await askFor(page)).reveal).toEqual(line('third'));
  });

  test('ends its reader with itself', () => {
    const { host, readers } = open();
    host.dispose();
    expect(readers.map(({ isDisposed }) => isDisposed)).toEqual([true]);
  });
});
