import { describe, expect, test } from 'vitest';
import { Emitter } from '../../../../src/base/event.ts';
import { english } from '../../../../src/base/localize.ts';
import { nullLogger } from '../../../../src/base/logger.ts';
import { ArchiveError, type ArchiveProblem } from '../../../../src/archive/archiveError.ts';
import { fromSentError, toSentError } from '../../../../src/layers/sentError.ts';
import { EngineError } from '../../../../src/model/engineError.ts';
import type { ImageLayers, PathVersion } from '../../../../src/model/imageLayers.ts';
import type { LayerQuestions, OpenImage } from '../../../../src/model/layerQuestions.ts';
import type { LayersTarget } from '../../../../src/model/layersTarget.ts';
import { Channel, type PageChannel } from '../../../../src/protocol/channel.ts';
import {
  isLayersAct,
  isLayersPhase,
  isRulesReport,
  type LayersContract,
  type LayersPhase,
  type RulesReport,
} from '../../../../src/protocol/layers.ts';
import { explainLayers } from '../../../../src/ui/panels/explainLayers.ts';
import { type LayerReader, type LayerReaderStart, LayersHost } from '../../../../src/ui/panels/layersHost.ts';
import { layersStrings } from '../../../../src/ui/panels/layersStrings.ts';
import { whatToOpen } from '../../../../src/ui/panels/whatToOpen.ts';
import { settle } from '../../../support/fakeClock.ts';

const layers: ImageLayers = {
  platform: 'linux/amd64',
  layers: [],
  steps: [],
  sizeBytes: 0,
  waste: { wastedBytes: 7, efficiency: 1, userWastedRatio: 0 },
  hidings: [],
};

const web: LayersTarget = [{ ref: { engineId: 'e', kind: 'image', id: 'sha256:a' }, name: 'web:1' }];
const both: LayersTarget = [web[0], { ref: { engineId: 'e', kind: 'image', id: 'sha256:b' }, name: 'web:2' }];

/** A reader that only remembers what it was asked, and answers when the test says so: the real one is a thread. */
class FakeReader implements LayerReader {
  readonly start: LayerReaderStart;
  readonly asked: string[] = [];
  readonly opening: { answer(image: OpenImage): void; fail(error: Error): void }[] = [];
  signal: AbortSignal | undefined;
  isDisposed = false;

  constructor(start: LayerReaderStart) {
    this.start = start;
  }

  ask<K extends keyof LayerQuestions>(
    name: K,
    params: LayerQuestions[K]['params'],
    signal: AbortSignal,
  ): Promise<LayerQuestions[K]['result']> {
    this.asked.push(`${name} ${JSON.stringify(params)}`);
    this.signal = signal;
    if (name !== 'open') return Promise.resolve({ rows: [], total: 3 } as never);
    return new Promise((resolve, reject) => {
      this.opening.push({ answer: (image) => resolve(image), fail: reject });
    });
  }

  dispose(): void {
    this.isDisposed = true;
  }
}

interface Opened {
  readonly host: LayersHost;
  readonly page: PageChannel<LayersContract>;
  readonly readers: FakeReader[];
  readonly phases: LayersPhase[];
  readonly reports: (RulesReport | undefined)[];
  readonly wishes: string[];
  readonly refused: string[];
  readonly rulesChanged: Emitter<void>;
  isKnown: boolean;
}

function open(target: LayersTarget = web, isKnown = true): Opened {
  const [toHost, toPage] = [new Emitter<unknown>(), new Emitter<unknown>()];
  const phases: LayersPhase[] = [];
  const reports: (RulesReport | undefined)[] = [];
  const page: PageChannel<LayersContract> = new Channel(
    { post: (message) => toHost.fire(message), onMessage: toPage.event },
    {
      requests: {},
      events: {
        phase: { accepts: isLayersPhase, hear: (phase) => phases.push(phase) },
        rules: { accepts: isRulesReport, hear: (report) => reports.push(report) },
        act: { accepts: isLayersAct, hear: () => undefined },
      },
    },
    (what) => {
      throw new Error(what);
    },
  );
  const readers: FakeReader[] = [];
  const wishes: string[] = [];
  const refused: string[] = [];
  const rulesChanged = new Emitter<void>();
  const state = { isKnown };
  const wish = (what: string): Promise<void> => {
    wishes.push(what);
    return Promise.resolve();
  };
  const host = new LayersHost({
    port: { post: (message) => toPage.fire(message), onMessage: toHost.event },
    target,
    strings: layersStrings(english),
    startReader: (start) => {
      if (!state.isKnown) return undefined;
      const reader = new FakeReader(start);
      readers.push(reader);
      return reader;
    },
    actions: {
      openPath: (_reader, { path, isPlain }) => wish(`open ${path} ${String(isPlain)}`),
      save: (_reader, { imageId }) => wish(`save ${imageId}`),
      copy: (text) => wish(`copy ${text}`),
      compare: () => Promise.reject(new EngineError('conflict', 'no other')),
      openRules: () => wish('rules'),
      fail: (error) => wishes.push(`failed ${String(error)}`),
      explain: (error, { name }) => `${name}: ${explainLayers(error, english)}`,
    },
    rules: {
      judge: ({ wastedBytes }) => Promise.resolve({ file: String(wastedBytes), results: [] }),
      onDidChange: rulesChanged.event,
    },
    onOpen: (images) => wishes.push(`opened ${String(images.length)}`),
    log: { ...nullLogger, warn: (message) => refused.push(message) },
  });
  return {
    host,
    page,
    readers,
    phases,
    reports,
    wishes,
    refused,
    rulesChanged,
    get isKnown() {
      return state.isKnown;
    },
    set isKnown(known) {
      state.isKnown = known;
    },
  };
}

const image = (imageId: string): OpenImage => ({ imageId, layers });

describe('LayersHost', () => {
  test('reads the image, tells how far it is, and what there is to show', async () => {
    const { page, readers, phases, reports, wishes } = open();
    const [reader] = readers;
    expect((await page.ask('ready', undefined)).phase).toMatchObject({ kind: 'reading', image: 'web:1' });
    reader?.start.onProgress({ imageId: 'sha256:a', readBytes: 5, expectedBytes: 9 });
    reader?.opening[0]?.answer(image('sha256:a'));
    await settle();
    expect(reader?.asked).toEqual(['open {"image":"sha256:a"}']);
    expect(phases).toMatchObject([
      { kind: 'reading', readBytes: 0 },
      { kind: 'reading', readBytes: 5, expectedBytes: 9 },
      { kind: 'open' },
    ]);
    expect(reports).toEqual([{ file: '7', results: [] }]);
    expect(wishes).toEqual(['opened 1']);
    expect(await page.ask('ready', undefined)).toMatchObject({
      phase: { kind: 'open', images: [{ imageId: 'sha256:a' }] },
      target: { images: [{ ref: 'e/image/sha256:a', name: 'web:1' }] },
      rules: { file: '7' },
    });
  });

  test('reads two images one after the other', async () => {
    const { readers, phases, host } = open(both);
    const [reader] = readers;
    expect(reader?.opening).toHaveLength(1);
    expect(host.readerOf('sha256:a')).toBeUndefined();
    reader?.opening[0]?.answer(image('sha256:a'));
    await settle();
    expect(phases.at(-1)).toMatchObject({ kind: 'reading', image: 'web:2' });
    reader?.opening[1]?.answer(image('sha256:b'));
    await settle();
    expect(phases.at(-1)).toMatchObject({ kind: 'open', images: [{}, {}] });
    expect(host.readerOf('sha256:b')).toBe(reader);
    expect(host.readerOf('sha256:c')).toBeUndefined();
  });

  test('waits for the engine to be known', () => {
    const opened = open(web, false);
    opened.host.begin();
    expect(opened.readers).toEqual([]);
    opened.isKnown = true;
    opened.host.begin();
    opened.host.begin();
    expect(opened.readers).toHaveLength(1);
  });

  test('says what is wrong, and tries again when it is asked to', async () => {
    const { page, readers, phases } = open();
    page.tell('tryAgain', undefined);
    readers[0]?.opening[0]?.fail(new ArchiveError('truncated', 'the archive ends before its end'));
    await settle();
    expect(phases.slice(1)).toEqual([
      {
        kind: 'failed',
        message:
          'web:1: what the engine wrote out ended too early (the archive ends before its end). Try again.',
      },
    ]);
    page.tell('tryAgain', undefined);
    expect(readers).toHaveLength(1);
    expect(readers[0]?.opening).toHaveLength(2);
    readers[0]?.opening[1]?.answer(image('sha256:a'));
    await settle();
    readers[0]?.start.onBroken(new Error('out of memory'));
    expect(phases.at(-1)).toEqual({ kind: 'failed', message: 'web:1: out of memory.' });
    page.tell('tryAgain', undefined);
    expect(readers).toHaveLength(2);
    expect(readers[0]?.isDisposed).toBe(true);
  });

  test('ends the reading with the panel, without a word', async () => {
    const { host, readers, phases } = open();
    host.dispose();
    expect(readers[0]?.signal?.aborted).toBe(true);
    expect(readers[0]?.isDisposed).toBe(true);
    readers[0]?.opening[0]?.fail(new EngineError('cancelled', 'cancelled'));
    await settle();
    expect(phases.map(({ kind }) => kind)).toEqual(['reading']);
  });

  test('relays what fits, and nothing else', async () => {
    const { page, readers, wishes, refused } = open();
    readers[0]?.opening[0]?.answer(image('sha256:a'));
    await settle();
    const part = { imageId: 'sha256:a', first: 0, count: 5 };
    expect(await page.ask('waste', part)).toEqual({ rows: [], total: 3 });
    await expect(page.ask('waste', { ...part, count: 5000 })).rejects.toThrow('malformed');
    const state = { imageId: 'sha256:a', layer: -1 };
    page.tell('openPath', { before: state, after: state, path: 'etc', isPlain: true });
    page.tell('openPath', { before: state, after: state, path: 5 as never, isPlain: true });
    page.tell('copyPath', { path: 'etc/passwd' });
    page.tell('save', undefined);
    page.tell('compare', undefined);
    page.tell('openRules', undefined);
    await settle();
    expect(wishes).toEqual([
      'opened 1',
      'open etc true',
      'copy /etc/passwd',
      'save sha256:a',
      'rules',
      'failed EngineError: no other',
    ]);
    expect(refused).toHaveLength(2);
  });

  test('judges again when the rules change', async () => {
    const { readers, reports, rulesChanged } = open();
    rulesChanged.fire();
    readers[0]?.opening[0]?.answer(image('sha256:a'));
    await settle();
    rulesChanged.fire();
    await settle();
    expect(reports.map((report) => report?.file)).toEqual([undefined, '7', '7']);
  });
});

describe('what is said when layers can’t be read', () => {
  test.each<[ArchiveProblem, string]>([
    ['truncated', 'ended too early'],
    ['damaged', 'is damaged'],
    ['unsafe', 'not to be trusted'],
    ['tooBig', 'more than can be read'],
    ['unsupported', 'cannot be read here'],
    ['noImage', 'no whole image'],
    ['notFound', 'removed or changed'],
  ])('%s', (problem, said) => {
    const sentence = explainLayers(new ArchiveError(problem, 'the cause'), english);
    expect(sentence).toContain(said);
    expect(sentence).toContain('the cause');
    expect(sentence).toMatch(/\.$/);
  });

  test('a full disk, also from another thread', () => {
    const full = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
    expect(explainLayers(fromSentError(toSentError(full)), english)).toContain('the disk is full');
  });
});

describe('a path opens', () => {
  const version = (type: PathVersion['entry']['type'], layer: number): PathVersion => ({
    layer,
    entry: { type, sizeBytes: 1, mode: 0o644, uid: 0, gid: 0, modifiedAt: 0, linkTarget: '' },
  });
  const [before, after] = [version('file', 0), version('file', 1)];

  test('as its changes, where its content changed', () => {
    const changed = { before, after, hasSameContent: false };
    expect(whatToOpen(changed, false)).toEqual({ kind: 'diff', before, after });
    expect(whatToOpen(changed, true)).toEqual({ kind: 'file', side: 'after', version: after });
    expect(whatToOpen({ ...changed, hasSameContent: true }, false)).toMatchObject({
      kind: 'file',
      side: 'after',
    });
  });

  test('as it was, where it is gone or no file any more', () => {
    const gone = { before, after: undefined, hasSameContent: false };
    expect(whatToOpen(gone, false)).toEqual({ kind: 'file', side: 'before', version: before });
    expect(whatToOpen({ ...gone, after: version('symlink', 1) }, false)).toMatchObject({ side: 'before' });
  });

  test('as nothing, where there is no file', () => {
    const folder = version('directory', 0);
    expect(whatToOpen({ before: folder, after: folder, hasSameContent: true }, false)).toBeUndefined();
    expect(whatToOpen({ before: undefined, after: undefined, hasSameContent: false }, true)).toBeUndefined();
  });
});
