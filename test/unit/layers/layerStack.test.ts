import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ImageAnalysis } from '../../../src/layers/imageAnalysis.ts';
import { rootPath } from '../../../src/layers/pathTree.ts';
import { analyse, entryAt, file, folder, gone, hardlink, opaque, symlink } from './files.ts';
import type { Entry } from './tarBytes.ts';

/** What shows once the layers up to this one lie on each other: type by path, files with their size. */
function shown({ files }: ImageAnalysis, layer: number): Readonly<Record<string, string>> {
  const paths = [...files.paths.from(rootPath)].flatMap((path) => {
    const entry = files.versions.at(path, layer)?.entry;
    if (entry === undefined || path === rootPath) return [];
    return [[files.paths.text(path), entry.type === 'file' ? String(entry.sizeBytes) : entry.type] as const];
  });
  return Object.fromEntries(paths.sort());
}

describe('layers on each other', () => {
  test('add, change and remove', async () => {
    const image = await analyse(
      [folder('etc'), file('etc/a', 3), file('etc/b', 4)],
      [file('etc/a', 5), gone('etc/b'), file('etc/c', 6)],
    );
    expect(shown(image, -1)).toEqual({});
    expect(shown(image, 0)).toEqual({ etc: 'directory', 'etc/a': '3', 'etc/b': '4' });
    expect(shown(image, 1)).toEqual({ etc: 'directory', 'etc/a': '5', 'etc/c': '6' });
  });

  test('a folder that is removed takes along what is in it', async () => {
    const image = await analyse([file('a/b/c'), file('a/d'), file('ab')], [gone('a')], [file('a/new')]);
    expect(shown(image, 1)).toEqual({ ab: '1' });
    expect(shown(image, 2)).toEqual({ a: 'directory', 'a/new': '1', ab: '1' });
  });

  test('an opaque folder shows only what its layer has in it, wherever the marker stands', async () => {
    const below = [folder('d'), file('d/old'), file('d/sub/old')];
    const layer = [folder('d'), file('d/new'), opaque('d'), folder('d/sub'), file('d/sub/new')];
    for (const order of [layer, layer.toReversed()]) {
      const image = await analyse(below, order);
      expect(shown(image, 1)).toEqual({
        d: 'directory',
        'd/new': '1',
        'd/sub': 'directory',
        'd/sub/new': '1',
      });
    }
  });

  test('an opaque root hides everything', async () => {
    expect(shown(await analyse([file('a'), file('b/c')], [{ name: '.wh..wh..opq' }, file('d')]), 1)).toEqual({
      d: '1',
    });
  });

  test('a whiteout hides what is below its layer, not what comes with it', async () => {
    for (const layer of [
      [gone('a'), file('a', 7)],
      [file('a', 7), gone('a')],
    ])
      expect(shown(await analyse([file('a/x')], layer), 1)).toEqual({ a: '7' });
  });

  test('a file takes the place of a folder, and a folder that of a file', async () => {
    const image = await analyse([file('a/x'), file('b')], [symlink('a', '/b'), file('b/y')]);
    expect(shown(image, 1)).toEqual({ a: 'symlink', b: 'directory', 'b/y': '1' });
  });

  test('whiteouts of what is not there, and notes of a union file system, are nothing', async () => {
    const notes = [folder('.wh..wh.plnk'), file('.wh..wh.aufs'), { name: '.wh.' }];
    const image = await analyse([file('a')], [gone('b/c'), opaque('d'), ...notes]);
    expect(shown(image, 1)).toEqual({ a: '1' });
    const removed = [...(image.image.layers[1]?.content.removed ?? [])];
    expect(removed.map((path) => image.files.paths.text(path))).toEqual(['b/c']);
  });

  test('a path that comes twice in a layer is what it was the last time', async () => {
    expect(shown(await analyse([file('a', 1), file('a', 2)]), 0)).toEqual({ a: '2' });
  });

  test('hard links have the size and content of their file, also over another link, or none', async () => {
    const image = await analyse([
      file('a', 9),
      hardlink('b', 'a'),
      hardlink('c', 'b'),
      hardlink('d', 'nowhere'),
    ]);
    const entry = (path: string) => entryAt(image, path);
    expect(entry('c')).toMatchObject({ type: 'hardlink', sizeBytes: 9, digest: entry('a')?.digest });
    expect(entry('d')).toMatchObject({ type: 'hardlink', sizeBytes: 0, linked: undefined });
    expect(image.layers.sizeBytes).toBe(9);
  });

  test('counts what each layer did to files', async () => {
    const { layers } = await analyse(
      [folder('d'), file('d/a', 2), file('d/b', 2), file('d/c', 2), file('d/e', 2), symlink('d/l', 'a')],
      [
        folder('d'),
        file('d/a', 3),
        file('d/b', 2, { mode: 0o600 }),
        file('d/c', 2, { time: 5 }),
        symlink('d/l', 'a'),
      ],
      [gone('d'), file('d/a', 3)],
    );
    expect(layers.layers.map(({ changes }) => changes)).toEqual([
      { added: 5, changed: 0, rewritten: 0, removed: 0 },
      { added: 0, changed: 2, rewritten: 1, removed: 0 },
      { added: 0, changed: 0, rewritten: 1, removed: 4 },
    ]);
  });
});

/* Against a model that is too simple to be wrong: one map of all that shows. */

const anyPath = fc
  .array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 4 })
  .map((parts) => parts.join('/'));

interface Step {
  readonly path: string;
  readonly kind: 'file' | 'folder' | 'gone' | 'opaque';
  readonly size: number;
}

const anyLayer = fc.uniqueArray(
  fc.record<Step>({
    path: anyPath,
    kind: fc.constantFrom('file', 'file', 'file', 'folder', 'gone', 'opaque'),
    size: fc.integer({ min: 1, max: 50 }),
  }),
  {
    maxLength: 8,
    selector: ({ path, kind }) => `${kind === 'gone' || kind === 'opaque' ? kind : ''} ${path}`,
  },
);

function toEntry({ path, kind, size }: Step): Entry {
  if (kind === 'file') return file(path, size);
  if (kind === 'folder') return folder(path);
  return kind === 'gone' ? gone(path) : opaque(path);
}

function applied(state: ReadonlyMap<string, string>, layer: readonly Step[]): Map<string, string> {
  const next = new Map(state);
  const drop = (isGone: (path: string) => boolean): void => {
    for (const path of [...next.keys()]) if (isGone(path)) next.delete(path);
  };
  for (const { path, kind } of layer) {
    if (kind === 'gone') drop((other) => other === path || other.startsWith(`${path}/`));
    if (kind === 'opaque') drop((other) => other.startsWith(`${path}/`));
  }
  for (const { path, kind, size } of layer) {
    if (kind === 'gone' || kind === 'opaque') continue;
    const parts = path.split('/');
    for (let length = 1; length < parts.length; length++)
      next.set(parts.slice(0, length).join('/'), 'directory');
    if (kind === 'file') drop((other) => other.startsWith(`${path}/`));
    next.set(path, kind === 'file' ? String(size) : 'directory');
  }
  return next;
}

test('any layers show what a map of paths would, and waste all that it does not', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyLayer, { maxLength: 6 }), async (layers) => {
      const image = await analyse(...layers.map((layer) => layer.map(toEntry)));
      let state: ReadonlyMap<string, string> = new Map();
      for (const [index, layer] of layers.entries()) {
        state = applied(state, layer);
        expect(shown(image, index)).toEqual(Object.fromEntries(state));
      }
      const shownBytes = [...state.values()].reduce((sum, size) => sum + (Number(size) || 0), 0);
      // A file of which a layer makes a folder, or the other way round, is in that layer for nothing, and in no other.
      const lost = layers.reduce((sum, layer) => sum + lostWithin(layer), 0);
      expect(image.layers.waste.wastedBytes).toBe(image.layers.sizeBytes - shownBytes - lost);
    }),
    { numRuns: 400 },
  );
});

/** Bytes of files that their own layer hides again. */
function lostWithin(layer: readonly Step[]): number {
  const own = applied(
    new Map(),
    layer.filter(({ kind }) => kind === 'file' || kind === 'folder'),
  );
  return layer.reduce(
    (sum, { path, kind, size }) => sum + (kind === 'file' && own.get(path) !== String(size) ? size : 0),
    0,
  );
}
