import { describe, expect, test } from 'vitest';
import {
  emptyIndex,
  reindex,
  rootKey,
  type TreeChange,
  type TreeIndex,
} from '../../../../src/model/tree/treeIndex.ts';
import type { Container } from '../../../../src/model/container.ts';
import type { ViewOptions } from '../../../../src/model/tree/viewOptions.ts';
import { composeLabels, container, stopped } from '../../../support/builders.ts';
import { engineInput, viewTree } from '../../../support/viewInput.ts';

function index(
  before: TreeIndex,
  containers: readonly Container[],
  options: Partial<ViewOptions> = {},
): TreeChange {
  return reindex(before, viewTree('containers', { container: containers }, options));
}

function change(
  before: readonly Container[],
  after: readonly Container[],
  options: Partial<ViewOptions> = {},
): { readonly branches: readonly string[]; readonly rows: readonly string[] } {
  const { branches, rows } = index(index(emptyIndex, before, options).index, after, options);
  return { branches, rows };
}

function key({ id }: Container): string {
  return `default/container/${id}`;
}

const a = container('a');
const b = container('b');
const c = container('c');
const shop = (service: string, number = 1): Container =>
  container(`shop-${service}-${String(number)}`, { labels: composeLabels('shop', service, number) });
const shopKey = 'default/group/container/compose/shop';
const othersKey = 'default/group/container/others/';
const apiKey = 'default/group/container/service/shop/api';

describe('what must be drawn again', () => {
  test('the first tree: its root', () => {
    expect(change([], [a, b])).toEqual({ branches: [rootKey], rows: [] });
  });

  test('nothing when nothing changed, though the tree was built anew', () => {
    const containers = [a, shop('web')];
    expect(change(containers, [...containers])).toEqual({ branches: [], rows: [] });
  });

  test('one changed row: that row', () => {
    expect(change([a, b, c], [a, { ...b, state: 'paused' }, c])).toEqual({ branches: [], rows: [key(b)] });
  });

  test('an added row: its parent', () => {
    expect(change([a, c], [a, b, c])).toEqual({ branches: [rootKey], rows: [] });
  });

  test('a removed row: its parent', () => {
    expect(change([a, b], [a])).toEqual({ branches: [rootKey], rows: [] });
  });

  test('a renamed row that moves: its parent, once', () => {
    expect(change([a, b], [{ ...a, name: 'z' }, b])).toEqual({ branches: [rootKey], rows: [] });
  });

  test('a row below a heading whose counts stay: that row', () => {
    const [web, db] = [shop('web'), shop('db')];
    const after = { ...web, health: { status: 'healthy' } as const };
    expect(change([web, db, a], [after, db, a])).toEqual({ branches: [], rows: [key(web)] });
  });

  test('a row that stops below a heading that counts it: the heading, which draws its rows', () => {
    const [web, db] = [shop('web'), shop('db')];
    const after = { ...web, state: 'exited' as const, exitCode: 0 };
    expect(change([web, db, a], [after, db, a])).toEqual({ branches: [], rows: [shopKey] });
  });

  test('a row that stops among the rest: that row, and not the thousands beside it', () => {
    const after = stopped('a');
    const [web, rest] = [shop('web'), Array.from({ length: 50 }, (_, n) => container(`r-${String(n)}`))];
    expect(change([web, a, ...rest], [web, after, ...rest])).toEqual({ branches: [], rows: [key(a)] });
  });

  test('a row that comes below one heading: that heading alone', () => {
    const [web, db] = [shop('web'), shop('db')];
    expect(change([web, a], [web, db, a])).toEqual({ branches: [], rows: [shopKey] });
    expect(change([web, a], [web, a, b])).toEqual({ branches: [], rows: [othersKey] });
  });

  test('a second replica: the project, as a service became a heading', () => {
    expect(change([shop('api'), a], [shop('api'), shop('api', 2), a])).toEqual({
      branches: [],
      rows: [shopKey],
    });
  });

  test('a change in a replica: that row', () => {
    const [one, two] = [shop('api'), shop('api', 2)];
    expect(change([one, two, a], [one, { ...two, image: 'new' }, a])).toEqual({
      branches: [],
      rows: [key(two)],
    });
  });

  test('two rows of two headings: both rows', () => {
    const web = shop('web');
    expect(change([web, a, b], [{ ...web, image: 'new' }, { ...a, image: 'new' }, b])).toEqual({
      branches: [],
      rows: [key(web), key(a)],
    });
  });

  test('nothing is named twice, whatever changes together', () => {
    const before = [shop('web'), shop('api'), shop('api', 2), a, b];
    const after = [
      { ...shop('web'), state: 'exited' as const },
      { ...shop('api'), image: 'new' },
      shop('api', 2),
      shop('api', 3),
      { ...a, name: 'z' },
      c,
    ];
    const { branches, rows } = change(before, after);
    const named = [...branches, ...rows];
    expect(named).toEqual([shopKey, othersKey]);
  });

  test('another grouping: the root', () => {
    const before = index(emptyIndex, [shop('web'), a]).index;
    const { branches, rows } = index(before, [shop('web'), a], { groupBy: 'none' });
    expect({ branches, rows }).toEqual({ branches: [rootKey], rows: [] });
  });

  test('an engine that goes: its heading, which draws all its rows', () => {
    const build = (phase: 'connected' | 'unreachable') => [
      engineInput({ container: [a] }),
      engineInput({ container: [b] }, { id: 'build', name: 'build', phase }),
    ];
    const before = reindex(emptyIndex, viewTree('containers', build('connected'))).index;
    const { branches, rows } = reindex(before, viewTree('containers', build('unreachable')));
    expect({ branches, rows }).toEqual({ branches: [], rows: ['build/engine'] });
  });
});

describe('the index', () => {
  const { index: built } = index(emptyIndex, [shop('api'), shop('api', 2), a]);

  test('knows each row’s children and parent', () => {
    expect(built.children.get(rootKey)).toEqual([shopKey, othersKey]);
    expect(built.children.get(shopKey)).toEqual([apiKey]);
    expect(built.parents.get(key(shop('api', 2)))).toBe(apiKey);
    expect(built.parents.get(apiKey)).toBe(shopKey);
    expect(built.parents.get(shopKey)).toBe(rootKey);
  });

  test('keeps the node of a row that did not change, so that the editor keeps its item', () => {
    const again = index(built, [shop('api'), shop('api', 2), a]).index;
    for (const [name, node] of built.nodes)
      if (node.kind === 'group') expect(again.nodes.get(name)).toBe(node);
    expect(again.nodes.get(key(a))).toBe(built.nodes.get(key(a)));
  });

  test('forgets what is gone', () => {
    const after = index(built, [a]).index;
    expect([...after.nodes.keys()]).toEqual([key(a)]);
    expect([...after.parents.keys()]).toEqual([key(a)]);
  });
});
