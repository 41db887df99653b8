import { describe, expect, test } from 'vitest';
import type { ImageAnalysis } from '../../../src/layers/imageAnalysis.ts';
import { OpenTree } from '../../../src/layers/openTree.ts';
import { TreeDiff } from '../../../src/layers/treeDiff.ts';
import {
  type Folding,
  type PathChange,
  pathChanges,
  type TreeFilter,
} from '../../../src/model/imageLayers.ts';
import { analyse, file, folder, gone, hardlink, symlink } from './files.ts';

const everything: TreeFilter = { text: '', changes: undefined };

function between(image: ImageAnalysis, before: number, after: number, filter = everything): TreeDiff {
  return new TreeDiff({ files: image.files, layer: before }, { files: image.files, layer: after }, filter);
}

const allOpen: Folding = { isOpen: true, except: [] };

/** The whole tree as text: `+ - ~ =` for what happened, and the bytes. */
function print(diff: TreeDiff): string[] {
  const marks: Readonly<Record<PathChange, string>> = {
    added: '+',
    changed: '~',
    rewritten: '=',
    removed: '-',
  };
  return new OpenTree(diff, 'name').rows(allOpen, 0, 1000).rows.map((row) => {
    const bytes =
      row.removedBytes > 0 ? `${String(row.sizeBytes)}-${String(row.removedBytes)}` : String(row.sizeBytes);
    return `${row.change === undefined ? ' ' : marks[row.change]} ${row.path} ${bytes}`;
  });
}

async function sample(): Promise<ImageAnalysis> {
  return analyse(
    [
      folder('etc'),
      file('etc/a', 1),
      file('etc/b', 2),
      folder('usr/lib'),
      file('usr/lib/x', 5),
      symlink('z', 'etc'),
    ],
    [folder('etc'), file('etc/a', 10), gone('usr/lib'), file('opt/new', 20), file('etc/b', 2, { time: 9 })],
    [file('etc/b', 2, { mode: 0o600 }), hardlink('etc/link', 'etc/b')],
  );
}

describe('TreeDiff', () => {
  test('shows a layer: all there is, with what the layer did', async () => {
    expect(print(between(await sample(), 0, 1))).toEqual([
      '  etc 12',
      '~ etc/a 10',
      '= etc/b 2',
      '+ opt 20',
      '+ opt/new 20',
      '  usr 0-5',
      '- usr/lib 0-5',
      '- usr/lib/x 0-5',
      '  z 0',
    ]);
  });

  test('shows an image up to a layer against nothing, and several layers together', async () => {
    const image = await sample();
    expect(print(between(image, -1, 0))).toEqual([
      '+ etc 3',
      '+ etc/a 1',
      '+ etc/b 2',
      '+ usr 5',
      '+ usr/lib 5',
      '+ usr/lib/x 5',
      '+ z 0',
    ]);
    expect(print(between(image, 0, 2)).filter((line) => !line.startsWith(' '))).toEqual([
      '~ etc/a 10',
      '~ etc/b 2',
      '+ etc/link 0',
      '+ opt 20',
      '+ opt/new 20',
      '- usr/lib 0-5',
      '- usr/lib/x 0-5',
    ]);
    expect(print(between(image, 1, 1)).filter((line) => !line.startsWith(' '))).toEqual([]);
  });

  test('sums are of the files below, by what happened to them', async () => {
    const diff = between(await sample(), 0, 1);
    expect(diff.total).toEqual({
      counts: { added: 1, changed: 1, rewritten: 1, removed: 1 },
      sizeBytes: 32,
      removedBytes: 5,
    });
    expect(new OpenTree(diff, 'name').rows(allOpen, 0, 1).rows[0]).toMatchObject({
      name: 'etc',
      change: undefined,
      entry: { type: 'directory', mode: 0o755 },
      hasChildren: true,
      counts: { added: 0, changed: 1, rewritten: 1, removed: 0 },
    });
  });

  test.each<[PathChange, string[]]>([
    ['added', ['+ opt 20', '+ opt/new 20']],
    ['changed', ['  etc 10', '~ etc/a 10']],
    ['rewritten', ['  etc 2', '= etc/b 2']],
    ['removed', ['  usr 0-5', '- usr/lib 0-5', '- usr/lib/x 0-5']],
  ])('filters by kind of change: %s, with the folders that lead there', async (change, lines) => {
    expect(print(between(await sample(), 0, 1, { text: '', changes: [change] }))).toEqual(lines);
  });

  test('filters by a part of the path, in whatever case', async () => {
    const image = await sample();
    expect(print(between(image, 0, 1, { text: 'LIB', changes: undefined }))).toEqual([
      '  usr 0-5',
      '- usr/lib 0-5',
      '- usr/lib/x 0-5',
    ]);
    expect(print(between(image, 0, 1, { text: 'c/b', changes: undefined }))).toEqual([
      '  etc 2',
      '= etc/b 2',
    ]);
    expect(print(between(image, 0, 1, { text: 'c/b', changes: ['added'] }))).toEqual([]);
  });

  test('lists all that changed, with both sides', async () => {
    const image = await sample();
    const { rows, total } = between(image, 0, 2, { text: '', changes: [...pathChanges] }).differences(0, 100);
    expect(total).toBe(7);
    expect(rows.map(({ path, change }) => `${change} ${path}`)).toEqual([
      'changed etc/a',
      'changed etc/b',
      'added etc/link',
      'added opt',
      'added opt/new',
      'removed usr/lib',
      'removed usr/lib/x',
    ]);
    expect(rows[1]).toMatchObject({ before: { mode: 0o644, sizeBytes: 2 }, after: { mode: 0o600 } });
    expect(rows[6]).toMatchObject({ before: { sizeBytes: 5 }, after: undefined });
    expect(
      between(image, 0, 2)
        .differences(2, 1)
        .rows.map(({ path }) => path),
    ).toEqual(['etc/link']);
  });

  test('compares two images: equal files did not change, whenever and however they were written', async () => {
    const one = await analyse([
      file('a', 'same'),
      file('b', 'old'),
      file('c/d'),
      file('e'),
      symlink('l', 'a'),
    ]);
    const other = await analyse(
      [file('x/y', 7)],
      [file('a', 'same', { time: 77 }), file('b', 'new'), file('e', 1, { uid: 3 }), symlink('l', 'b')],
    );
    const diff = new TreeDiff({ files: one.files, layer: 0 }, { files: other.files, layer: 1 }, everything);
    expect(print(diff)).toEqual([
      '- c 0-1',
      '- c/d 0-1',
      '+ x 7',
      '+ x/y 7',
      '  a 4',
      '~ b 3',
      '~ e 1',
      '~ l 0',
    ]);
    expect(diff.differences(0, 9).rows.map(({ path }) => path)).toEqual([
      'b',
      'c',
      'c/d',
      'e',
      'l',
      'x',
      'x/y',
    ]);
  });
});
