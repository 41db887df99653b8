import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { LayerSession } from '../../../src/layers/layerSession.ts';
import { EngineError } from '../../../src/model/engineError.ts';
import type { LayerState } from '../../../src/model/imageLayers.ts';
import type { OpenProgress } from '../../../src/model/layerQuestions.ts';
import { image } from '../../support/builders.ts';
import { FakeClock } from '../../support/fakeClock.ts';
import { FakeEngine } from '../../support/fakeEngine.ts';
import { file, folder, gone, hardlink, symlink } from './files.ts';
import { dockerArchive, type Spec } from './imageBytes.ts';

const never = new AbortController().signal;

const specs: Readonly<Record<string, Spec>> = {
  web: {
    layers: [
      [folder('srv'), file('srv/page', 'old page'), file('srv/same', 'x'), symlink('l', 'srv/page')],
      [file('srv/page', 'new page!'), hardlink('srv/again', 'srv/page'), file('copy', 'x')],
      [gone('srv/same')],
    ],
  },
  api: { layers: [[file('srv/page', 'old page'), file('api')]] },
  db: { layers: [[file('db')]] },
};

interface Opened {
  readonly session: LayerSession;
  readonly engine: FakeEngine;
  readonly clock: FakeClock;
  readonly progress: OpenProgress[];
}

function open(pieceBytes = 64_000, copyFolder?: string): Opened {
  const images = Object.keys(specs).map((name) => image(name, [`${name}:1`], { sizeBytes: 5000 }));
  const engine = new FakeEngine({ image: images });
  engine.exports = new Map(
    images.map(({ id }, index) => {
      const bytes = dockerArchive(Object.values(specs)[index] ?? { layers: [] });
      const pieces: Uint8Array[] = [];
      for (let at = 0; at < bytes.length; at += pieceBytes) pieces.push(bytes.subarray(at, at + pieceBytes));
      return [id, pieces];
    }),
  );
  const clock = new FakeClock();
  const progress: OpenProgress[] = [];
  const session = new LayerSession({
    engine,
    clock,
    onProgress: (step) => progress.push(step),
    ...(copyFolder === undefined ? {} : { copyFolder }),
  });
  return { session, engine, clock, progress };
}

const whole = {
  filter: { text: '', changes: undefined },
  sort: 'name',
  folding: { isOpen: false, except: [] },
  first: 0,
  count: 100,
} as const;

function exportsOf({ engine }: Opened): readonly string[] {
  return engine.calls.filter((call) => call.startsWith('export'));
}

describe('LayerSession', () => {
  test('opens an image by name, reads it once, and tells how far it is', async () => {
    const opened = open(1000);
    const { session, engine, progress, clock } = opened;
    const { imageId, layers } = await session.open('web:1', never);
    expect(layers.layers).toHaveLength(3);
    expect(engine.calls).toEqual(['connect', 'read image web:1', `export ${imageId}`]);
    // The clock stood still: only the first of many is told.
    expect(progress).toEqual([{ imageId, readBytes: 1000, expectedBytes: 5000 }]);
    expect(clock.pending).toEqual([]);
    expect(await session.open(imageId, never)).toEqual({ imageId, layers });
    expect(exportsOf(opened)).toHaveLength(1);
  });

  test('who asks meanwhile waits for the same reading', async () => {
    const opened = open();
    const held = opened.engine.hold('export');
    const [one, two] = [opened.session.open('web:1', never), opened.session.open('web:1', never)];
    await held.reached;
    held.open();
    expect(await one).toEqual(await two);
    expect(exportsOf(opened)).toHaveLength(1);
  });

  test('answers about a layer, a folder of it, and the state before it', async () => {
    const { session } = open();
    const { imageId } = await session.open('web:1', never);
    const state = (layer: number): LayerState => ({ imageId, layer });
    const layer = { ...whole, before: state(1), after: state(2) };
    expect(await session.tree(layer)).toMatchObject({
      total: 3,
      rows: [{ name: 'srv' }, { name: 'copy' }, { name: 'l' }],
      sum: { counts: { removed: 1, added: 0 }, removedBytes: 1 },
    });
    const opened = { ...layer, folding: { isOpen: false, except: ['srv'] } };
    expect((await session.tree(opened)).rows.map(({ path, change }) => [path, change])).toEqual([
      ['srv', undefined],
      ['srv/again', undefined],
      ['srv/page', undefined],
      ['srv/same', 'removed'],
      ['copy', undefined],
      ['l', undefined],
    ]);
    expect(await session.locate({ ...opened, path: 'srv/same' })).toEqual({ position: 3 });
    expect(await session.locate({ ...layer, path: 'srv/same' })).toEqual({ position: undefined });
    const list = await session.differences({ ...layer, before: state(0), after: state(1) });
    expect(list.rows.map(({ path, change }) => [path, change])).toEqual([
      ['copy', 'added'],
      ['srv/again', 'added'],
      ['srv/page', 'changed'],
    ]);
  });

  test('tells what is at a path in two states, and which layer holds it', async () => {
    const { session } = open();
    const { imageId } = await session.open('web:1', never);
    const versions = (before: number, after: number, path: string) =>
      session.versions({ before: { imageId, layer: before }, after: { imageId, layer: after }, path });
    expect(await versions(0, 2, 'srv/page')).toMatchObject({
      before: { layer: 0, entry: { sizeBytes: 8 } },
      after: { layer: 1, entry: { sizeBytes: 9 } },
      hasSameContent: false,
    });
    expect(await versions(0, 1, 'srv/same')).toMatchObject({ after: { layer: 0 }, hasSameContent: true });
    expect(await versions(1, 2, 'srv/same')).toMatchObject({ before: { layer: 0 }, after: undefined });
    expect(await versions(-1, 2, 'none/such')).toMatchObject({ before: undefined, after: undefined });
  });

  test('lists waste and duplicates in parts', async () => {
    const { session } = open();
    const { imageId } = await session.open('web:1', never);
    expect(await session.waste({ imageId, first: 1, count: 5 })).toMatchObject({
      rows: [{ path: 'srv/same', copies: [{ layer: 0, hiddenBy: 2, reason: 'removed' }] }],
      total: 2,
    });
    expect(await session.duplicates({ imageId, first: 0, count: 5 })).toEqual({ rows: [], total: 0 });
  });

  test('compares two images', async () => {
    const { session } = open();
    const [web, api] = [await session.open('web:1', never), await session.open('api:1', never)];
    const { rows } = await session.differences({
      before: { imageId: web.imageId, layer: 0 },
      after: { imageId: api.imageId, layer: 0 },
      filter: whole.filter,
      first: 0,
      count: 10,
    });
    expect(rows.map(({ path, change }) => `${change} ${path}`)).toEqual([
      'added api',
      'removed l',
      'removed srv/same',
    ]);
  });

  test('holds two images, and forgets the one that was used least lately', async () => {
    const opened = open();
    const { session } = opened;
    const ids = new Map<string, string>();
    for (const name of ['web', 'api']) ids.set(name, (await session.open(`${name}:1`, never)).imageId);
    const waste = (name: string) => session.waste({ imageId: ids.get(name) ?? '', first: 0, count: 1 });
    await waste('web');
    await session.open('db:1', never);
    expect(await waste('web')).toMatchObject({ total: 2 });
    await expect(waste('api')).rejects.toMatchObject({ name: 'ArchiveError', problem: 'notFound' });
    await session.open('api:1', never);
    expect(exportsOf(opened)).toHaveLength(4);
    expect(await waste('api')).toMatchObject({ total: 0 });
  });

  describe('opens files', () => {
    const read = async (path: string, layer: number): Promise<string> => {
      const { session } = open();
      const { imageId } = await session.open('web:1', never);
      return Buffer.from(await session.file({ state: { imageId, layer }, path }, never)).toString();
    };

    test('as they are in a state, hard links too', async () => {
      expect(await read('srv/page', 0)).toBe('old page');
      expect(await read('srv/page', 2)).toBe('new page!');
      expect(await read('srv/again', 1)).toBe('new page!');
      expect(await read('srv/same', 1)).toBe('x');
    });

    test('out of one more export, however many; without a disk to copy it to, out of one each', async () => {
      const folderPath = mkdtempSync(join(tmpdir(), 'quayside-layers-'));
      writeFileSync(join(folderPath, 'taken'), '');
      const counts = [];
      for (const copyFolder of [join(folderPath, 'copies'), join(folderPath, 'taken')]) {
        const opened = open(64_000, copyFolder);
        const { imageId } = await opened.session.open('web:1', never);
        const at = (layer: number) => ({ state: { imageId, layer }, path: 'srv/page' });
        const both = await Promise.all([0, 2].map((layer) => opened.session.file(at(layer), never)));
        expect(both.map((bytes) => Buffer.from(bytes).toString())).toEqual(['old page', 'new page!']);
        counts.push(exportsOf(opened).length);
      }
      expect(counts).toEqual([2, 3]);
      rmSync(folderPath, { recursive: true });
    });

    test.each([
      ['srv/same', 2, 'notFound'],
      ['no/such', 0, 'notFound'],
      ['srv/page', -1, 'notFound'],
      ['srv', 0, 'unsupported'],
      ['l', 0, 'unsupported'],
    ])('but not %s after layer %i', async (path, layer, problem) => {
      await expect(read(path, layer)).rejects.toMatchObject({ name: 'ArchiveError', problem });
    });
  });

  test('an image that can’t be read may be asked for again', async () => {
    const { session, engine } = open();
    engine.fail('export', new EngineError('unreachable', 'gone'));
    await expect(session.open('web:1', never)).rejects.toMatchObject({ reason: 'unreachable' });
    engine.heal();
    engine.fail('connect', new EngineError('unreachable', 'not asked: the engine is connected'));
    expect((await session.open('web:1', never)).layers.layers).toHaveLength(3);
    await expect(session.open('none:1', never)).rejects.toMatchObject({ reason: 'notFound' });
  });

  test('an engine that could not be reached is tried again', async () => {
    const { session, engine } = open();
    engine.fail('connect', new EngineError('unreachable', 'gone'));
    await expect(session.open('web:1', never)).rejects.toMatchObject({ reason: 'unreachable' });
    engine.heal();
    expect((await session.open('web:1', never)).layers.layers).toHaveLength(3);
  });

  test('who gives up ends the reading', async () => {
    const { session, engine } = open();
    const held = engine.hold('export');
    const abort = new AbortController();
    const opening = session.open('web:1', abort.signal);
    await held.reached;
    abort.abort();
    await expect(opening).rejects.toMatchObject({ reason: 'cancelled' });
  });

  describe('saves', () => {
    const folderPath = mkdtempSync(join(tmpdir(), 'quayside-layers-'));
    afterEach(() => {
      rmSync(folderPath, { recursive: true, force: true });
    });

    test('the analysis as JSON, and says how much it wrote', async () => {
      const { session } = open();
      const { imageId } = await session.open('web:1', never);
      const path = join(folderPath, 'layers.json');
      expect(await session.save({ imageId, path })).toBe(statSync(path).size);
      expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ image: { inefficientBytes: 9 } });
      await expect(session.save({ imageId, path: join(folderPath, 'no', 'such') })).rejects.toThrow('ENOENT');
    });
  });
});
