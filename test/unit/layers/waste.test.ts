import { describe, expect, test } from 'vitest';
import { findDuplicates } from '../../../src/layers/waste.ts';
import { analyse, file, folder, gone, hardlink, opaque, symlink } from './files.ts';

const big = 100_000;

/* The six cases that dive, measured, gets wrong or slow: FEATURES of the field, not of ours alone. */

describe('dive’s cases', () => {
  test('a later rm -rf of a folder wastes all that was in it', async () => {
    const { wasted, layers } = await analyse(
      [folder('d'), file('d/a', big), file('d/sub/b', big), file('keep', big)],
      [gone('d')],
    );
    expect(wasted.map(({ path }) => path)).toEqual(['d/a', 'd/sub/b']);
    expect(wasted[0]?.copies).toEqual([{ layer: 0, hiddenBy: 1, reason: 'removed', sizeBytes: big }]);
    expect(layers.waste).toMatchObject({ wastedBytes: 2 * big, efficiency: 1 / 3 });
    expect(layers.layers).toMatchObject([{ hiddenBytes: 2 * big }, { hidingBytes: 2 * big }]);
  });

  test('an opaque folder wastes what it hides', async () => {
    const { wasted, layers } = await analyse(
      [file('d/old', big), file('d/same', big)],
      [folder('d'), opaque('d'), file('d/new', big), file('d/same', big)],
    );
    expect(wasted).toEqual([
      {
        path: 'd/old',
        sizeBytes: big,
        copies: [{ layer: 0, hiddenBy: 1, reason: 'removed', sizeBytes: big }],
      },
      { path: 'd/same', sizeBytes: big, copies: [{ layer: 0, hiddenBy: 1, reason: 'same', sizeBytes: big }] },
    ]);
    expect(layers.waste.efficiency).toBe(0.5);
  });

  test('the copy that chown -R makes is wasted once', async () => {
    const owner = { uid: 1000, gid: 1000 };
    const { wasted, layers } = await analyse(
      [folder('app'), file('app/a', big)],
      [folder('app', owner), file('app/a', big, owner)],
    );
    expect(wasted).toEqual([
      {
        path: 'app/a',
        sizeBytes: big,
        copies: [{ layer: 0, hiddenBy: 1, reason: 'metadata', sizeBytes: big }],
      },
    ]);
    expect(layers.waste).toEqual({ wastedBytes: big, efficiency: 0.5, userWastedRatio: 1 });
  });

  test('the same content under two paths is no waste, but told', async () => {
    const content = 'x'.repeat(big);
    const { files, wasted, layers } = await analyse(
      [file('a', content), file('other', big)],
      [file('b/c', content), file('d', content, { uid: 5 })],
    );
    expect(wasted).toEqual([]);
    expect(layers.waste).toMatchObject({ wastedBytes: 0, efficiency: 1 });
    expect(findDuplicates(files)).toEqual([{ sizeBytes: big, paths: ['a', 'b/c', 'd'] }]);
  });

  test('a file in whose place a link comes is wasted', async () => {
    const { wasted } = await analyse(
      [file('lib.so', big), file('lib.so.1', big)],
      [symlink('lib.so', 'lib.so.1')],
    );
    expect(wasted).toEqual([
      {
        path: 'lib.so',
        sizeBytes: big,
        copies: [{ layer: 0, hiddenBy: 1, reason: 'replaced', sizeBytes: big }],
      },
    ]);
  });

  test('whiteouts among many files waste what they hide, and only that', async () => {
    const many = Array.from({ length: 5000 }, (_, index) =>
      file(`d${String(index % 100)}/f${String(index)}`, 10),
    );
    const { wasted, layers } = await analyse(
      many,
      Array.from({ length: 50 }, (_, index) => gone(`d${String(index)}`)),
      Array.from({ length: 50 }, (_, index) => gone(`d${String(index + 50)}/f${String(index + 50)}`)),
    );
    expect(wasted).toHaveLength(2550);
    expect(layers.waste.wastedBytes).toBe(25_500);
    expect(layers.layers.map(({ changes }) => changes.removed)).toEqual([0, 2500, 50]);
  });
});

describe('waste', () => {
  test('is each copy that does not show, the newest first, with who hid it and why', async () => {
    const { wasted, layers } = await analyse(
      [file('log', 'one')],
      [file('log', 'three')],
      [file('log', 'three', { time: 1 })],
      [gone('log')],
      [file('log', 'again')],
    );
    expect(wasted).toEqual([
      {
        path: 'log',
        sizeBytes: 13,
        copies: [
          { layer: 2, hiddenBy: 3, reason: 'removed', sizeBytes: 5 },
          { layer: 1, hiddenBy: 2, reason: 'same', sizeBytes: 5 },
          { layer: 0, hiddenBy: 1, reason: 'changed', sizeBytes: 3 },
        ],
      },
    ]);
    expect(layers.waste).toEqual({ wastedBytes: 13, efficiency: 5 / 18, userWastedRatio: 13 / 15 });
    expect(layers.layers.map(({ hiddenBytes, hidingBytes }) => [hiddenBytes, hidingBytes])).toEqual([
      [3, 0],
      [5, 3],
      [5, 5],
      [0, 5],
      [0, 0],
    ]);
  });

  test('is what a move leaves behind', async () => {
    const { wasted } = await analyse([file('tmp/a', 'content')], [gone('tmp/a'), file('srv/a', 'content')]);
    expect(wasted.map(({ path, copies }) => [path, copies[0]?.reason])).toEqual([['tmp/a', 'removed']]);
  });

  test('is no file of which a hard link still shows', async () => {
    const below = [file('a', big), hardlink('b', 'a')];
    expect((await analyse(below, [gone('a')])).wasted).toEqual([]);
    expect((await analyse(below, [gone('b')])).wasted).toEqual([]);
    const both = await analyse(below, [gone('a')], [gone('b')]);
    expect(both.wasted).toEqual([
      { path: 'a', sizeBytes: big, copies: [{ layer: 0, hiddenBy: 2, reason: 'removed', sizeBytes: big }] },
    ]);
  });

  test('of links and folders and empty files is none', async () => {
    const below = [folder('d'), file('d/empty', ''), symlink('d/l', 'x'), hardlink('d/h', 'd/empty')];
    expect((await analyse(below, [gone('d')])).layers.waste).toEqual({
      wastedBytes: 0,
      efficiency: 1,
      userWastedRatio: 0,
    });
  });

  test('the largest come first, equal ones by path', async () => {
    const { wasted } = await analyse(
      [file('b', 2), file('a', 2), file('c', 3)],
      [gone('a'), gone('b'), gone('c')],
    );
    expect(wasted.map(({ path }) => path)).toEqual(['c', 'a', 'b']);
  });

  test('duplicates are of what shows; those that would save most come first', async () => {
    const { files } = await analyse(
      [
        file('gone', 'same'),
        file('a', 'same'),
        file('b', 'xx'),
        file('c', 'xx'),
        file('d', 'xx'),
        file('e', 'yy'),
      ],
      [gone('gone'), file('f', 'longer'), file('g', 'longer'), hardlink('h', 'g')],
    );
    expect(findDuplicates(files)).toEqual([
      { sizeBytes: 6, paths: ['f', 'g'] },
      { sizeBytes: 2, paths: ['b', 'c', 'd'] },
    ]);
  });
});
