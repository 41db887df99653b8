import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PathTree, rootPath } from '../../../src/layers/pathTree.ts';

/** Names that meet in hash tables of a thousand places; short ones, long ones, and such as are not ASCII. */
const anyName = fc.oneof(
  fc.constantFrom('a', 'b', 'ab', 'ä', '文件', '👩‍🚀'),
  fc.integer({ min: 0, max: 3000 }).map((number) => `f${String(number)}`),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 300 }).map((text) => text.replaceAll('/', '|')),
);

const anyPath = fc.array(anyName, { minLength: 1, maxLength: 5 }).map((names) => names.join('/'));

function withFolders(path: string): string[] {
  const names = path.split('/');
  return names.map((_, index) => names.slice(0, index + 1).join('/'));
}

function texts(tree: PathTree): string[] {
  return [...tree.from(rootPath)].map((id) => tree.text(id));
}

describe('PathTree', () => {
  test('has the root, and nothing else, at the beginning', () => {
    const tree = new PathTree();
    expect(texts(tree)).toEqual(['']);
    expect(tree.at('')).toBe(rootPath);
    expect(tree.find('')).toBe(rootPath);
    expect(tree.parent(rootPath)).toBeUndefined();
    expect(tree.hasChildren(rootPath)).toBe(false);
  });

  test('has what a set of texts has: each path once, with its folders, under one number', () => {
    fc.assert(
      fc.property(fc.array(anyPath, { maxLength: 200 }), fc.array(anyPath), (paths, others) => {
        const tree = new PathTree();
        const ids = new Map(paths.map((path) => [path, tree.at(path)]));
        const all = new Set(['', ...paths.flatMap(withFolders)]);
        expect(texts(tree).sort()).toEqual([...all].sort());
        for (const [path, id] of ids) {
          expect(tree.at(path)).toBe(id);
          expect(tree.text(id)).toBe(path);
          expect(tree.name(id)).toBe(path.split('/').at(-1));
        }
        for (const path of [...paths, ...others]) {
          const found = tree.find(path);
          expect(found === undefined ? undefined : tree.text(found)).toBe(all.has(path) ? path : undefined);
        }
      }),
      { numRuns: 200 },
    );
  });

  test('knows what is in a folder, and which folder a path is in', () => {
    const tree = new PathTree();
    for (const path of ['a/b/c', 'a/d', 'ab', 'a/b/e']) tree.at(path);
    const below = (path: string): string[] =>
      [...tree.children(tree.find(path) ?? -1)].map((id) => tree.name(id)).sort();
    expect([below(''), below('a'), below('a/b'), below('ab')]).toEqual([
      ['a', 'ab'],
      ['b', 'd'],
      ['c', 'e'],
      [],
    ]);
    const [folder, file] = [tree.at('a/b'), tree.at('a/b/c')];
    expect(tree.parent(file)).toBe(folder);
    expect([tree.hasChildren(folder), tree.hasChildren(file)]).toEqual([true, false]);
    expect(tree.child(folder, 'c')).toBe(file);
    expect(tree.child(folder, 'd')).toBeUndefined();
  });

  test('goes through folders before what is in them', () => {
    const tree = new PathTree();
    for (const path of ['x/y/z', 'x/a', 'b/c']) tree.at(path);
    const seen = new Set<number | undefined>([undefined]);
    for (const id of tree.from(rootPath)) {
      expect(seen).toContain(tree.parent(id));
      seen.add(id);
    }
    expect([...tree.from(tree.at('x'))].map((id) => tree.text(id)).sort()).toEqual([
      'x',
      'x/a',
      'x/y',
      'x/y/z',
    ]);
  });

  test('finds each of a hundred thousand', () => {
    const tree = new PathTree();
    const names = Array.from({ length: 100_000 }, (_, at) => `d${String(at % 7)}/long-enough-${String(at)}`);
    const ids = names.map((name) => tree.at(name));
    expect(new Set(ids).size).toBe(names.length);
    expect(names.map((name) => tree.find(name))).toEqual(ids);
    expect(ids.map((id) => tree.text(id))).toEqual(names);
  });

  test('refuses more names than it has room for', () => {
    const tree = new PathTree();
    const name = 'x'.repeat(4000);
    expect(() => {
      for (let at = 0; at < 70_000; at++) tree.at(`${name}${String(at)}`);
    }).toThrow(expect.objectContaining({ name: 'ArchiveError', problem: 'tooBig' }));
  });
});
