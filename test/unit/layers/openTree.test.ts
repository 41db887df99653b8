import { describe, expect, test } from 'vitest';
import { OpenTree } from '../../../src/layers/openTree.ts';
import { TreeDiff } from '../../../src/layers/treeDiff.ts';
import type { Folding, TreeFilter, TreeSort } from '../../../src/model/imageLayers.ts';
import { analyse, file, folder } from './files.ts';

const allOpen: Folding = { isOpen: true, except: [] };
const everything: TreeFilter = { text: '', changes: undefined };

async function open(sort: TreeSort, filter = everything): Promise<OpenTree> {
  const image = await analyse([
    file('f2', 3),
    file('f1', 9),
    folder('empty'),
    file('d/x', 5),
    file('d/inner/y', 1),
    file('e/z', 1),
  ]);
  const [before, after] = [-1, 0].map((layer) => ({ files: image.files, layer }));
  if (before === undefined || after === undefined) throw new Error('no states');
  return new OpenTree(new TreeDiff(before, after, filter), sort);
}

function paths(tree: OpenTree, folding: Folding, first = 0, count = 100): string[] {
  return tree.rows(folding, first, count).rows.map(({ path }) => path);
}

describe('OpenTree', () => {
  test('shows what is in open folders: some, or all but some', async () => {
    const tree = await open('name');
    expect(paths(tree, { isOpen: false, except: [] })).toEqual(['d', 'e', 'empty', 'f1', 'f2']);
    expect(paths(tree, { isOpen: false, except: ['d', 'no/such'] })).toEqual([
      'd',
      'd/inner',
      'd/x',
      'e',
      'empty',
      'f1',
      'f2',
    ]);
    expect(paths(tree, { isOpen: true, except: ['d'] })).toEqual(['d', 'e', 'e/z', 'empty', 'f1', 'f2']);
    expect(paths(tree, allOpen)).toContain('d/inner/y');
    // Its own folder is open, the one above is not.
    expect(paths(tree, { isOpen: false, except: ['d/inner'] })).not.toContain('d/inner/y');
  });

  test('says where a row stands', async () => {
    const { rows, total } = (await open('name')).rows({ isOpen: true, except: ['e'] }, 1, 4);
    expect(total).toBe(8);
    expect(
      rows.map(({ path, level, place, siblings, hasChildren, isOpen }) => [
        path,
        level,
        place,
        siblings,
        hasChildren,
        isOpen,
      ]),
    ).toEqual([
      ['d/inner', 2, 0, 2, true, true],
      ['d/inner/y', 3, 0, 1, false, false],
      ['d/x', 2, 1, 2, false, false],
      ['e', 1, 1, 5, true, false],
    ]);
  });

  test('sorts each folder by name, folders first, or by what they come to', async () => {
    expect(paths(await open('name'), allOpen)).toEqual([
      'd',
      'd/inner',
      'd/inner/y',
      'd/x',
      'e',
      'e/z',
      'empty',
      'f1',
      'f2',
    ]);
    expect(paths(await open('size'), allOpen)).toEqual([
      'f1',
      'd',
      'd/x',
      'd/inner',
      'd/inner/y',
      'f2',
      'e',
      'e/z',
      'empty',
    ]);
  });

  test('finds the row of a path, unless it is filtered out or in a closed folder', async () => {
    const tree = await open('name');
    expect(tree.positionOf('d/x', allOpen)).toBe(3);
    expect(tree.positionOf('d/x', { isOpen: true, except: ['d'] })).toBeUndefined();
    expect((await open('name', { ...everything, text: 'inner' })).positionOf('d/x', allOpen)).toBeUndefined();
  });

  test('has windows at the end and behind it', async () => {
    const tree = await open('name');
    expect(paths(tree, allOpen, 8, 5)).toEqual(['f2']);
    expect(tree.rows(allOpen, 20, 5)).toEqual({ rows: [], total: 9 });
  });

  test('a changed row has what was there before', async () => {
    const image = await analyse([file('a', 3), file('b', 1)], [file('a', 4, { mode: 0o600 })]);
    const state = (layer: number) => ({ files: image.files, layer });
    const tree = new OpenTree(new TreeDiff(state(0), state(1), everything), 'name');
    expect(tree.rows(allOpen, 0, 2).rows).toMatchObject([
      { path: 'a', entry: { sizeBytes: 4, mode: 0o600 }, before: { sizeBytes: 3, mode: 0o644 } },
      { path: 'b', before: undefined },
    ]);
  });
});
