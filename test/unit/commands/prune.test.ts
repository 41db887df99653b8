import { describe, expect, test } from 'vitest';
import { pruneContainers } from '../../../src/commands/container/prune.ts';
import { pruneImages } from '../../../src/commands/image/prune.ts';
import { pruneNetworks } from '../../../src/commands/network/prune.ts';
import { pruneVolumes } from '../../../src/commands/volume/prune.ts';
import type { Action } from '../../../src/commands/verb.ts';
import { EngineError } from '../../../src/model/engineError.ts';
import {
  container,
  event,
  image,
  longId,
  network,
  type Objects,
  stopped,
  volume,
} from '../../support/builders.ts';
import { FakeEditor } from '../../support/fakeDeps.ts';
import { FakeEngine } from '../../support/fakeEngine.ts';
import { settle } from '../../support/fakeClock.ts';

const never = new AbortController().signal;

interface Pruned {
  readonly editor: FakeEditor;
  readonly engine: FakeEngine;
  readonly removed: readonly string[];
}

async function prune(
  action: Action,
  objects: Objects,
  { meanwhile, args = [] }: { meanwhile?: (engine: FakeEngine) => void; args?: readonly unknown[] } = {},
): Promise<Pruned> {
  const editor = new FakeEditor();
  const engine = new FakeEngine(objects);
  await editor.add(engine);
  if (args.length === 0)
    editor.answers = {
      confirm: async () => {
        meanwhile?.(engine);
        await settle();
        return true;
      },
    };
  await action.run(editor.deps, never, args).catch((error: unknown) => {
    if (!(error instanceof EngineError)) throw error;
  });
  return { editor, engine, removed: engine.calls.filter((call) => call.startsWith('remove')) };
}

const web = container('web');
const [a, b] = [stopped('a'), container('b', { state: 'created' })];

describe('pruning containers', () => {
  test('removes those that are stopped, each by its id, none by force', async () => {
    const { editor, removed } = await prune(pruneContainers, {
      container: [web, a, b, container('p', { state: 'paused' })],
    });
    expect(removed).toEqual([`remove ${a.id}`, `remove ${b.id}`]);
    expect(editor.confirmations[0]).toMatchObject({ message: 'Remove all 2 stopped containers?' });
    expect(editor.confirmations[0]?.detail).toMatch(/^a · exited.*\nb · created/);
  });

  test('does not touch what stopped while the user was reading', async () => {
    const { removed } = await prune(
      pruneContainers,
      { container: [web, a] },
      {
        meanwhile: (engine) => {
          engine.change('container', web.id, stopped('web'));
          engine.emit(event('container', 'die', web.id));
        },
      },
    );
    expect(removed).toEqual([`remove ${a.id}`]);
  });

  test('never kills what was started while the user was reading', async () => {
    const { removed } = await prune(
      pruneContainers,
      { container: [a] },
      {
        meanwhile: (engine) => {
          engine.change('container', a.id, container('a'));
          engine.emit(event('container', 'start', a.id));
        },
      },
    );
    expect(removed).toEqual([`remove ${a.id}`]);
  });

  test('removes the others also when one is gone by then', async () => {
    const { removed } = await prune(
      pruneContainers,
      { container: [a, b] },
      {
        meanwhile: (engine) => {
          engine.change('container', a.id, undefined);
          engine.emit(event('container', 'destroy', a.id));
        },
      },
    );
    expect(removed).toContain(`remove ${b.id}`);
  });

  test('says so when there is nothing to remove, and asks nothing when forced', async () => {
    const nothing = await prune(pruneContainers, { container: [web] });
    expect(nothing.editor.told).toEqual(['There is no stopped container to remove.']);
    const forced = await prune(pruneContainers, { container: [a] }, { args: [{ force: true }] });
    expect(forced.removed).toEqual([`remove ${a.id}`]);
    expect(forced.editor.confirmations).toEqual([]);
  });

  test('removes nothing when the user turns away', async () => {
    const editor = new FakeEditor();
    const engine = new FakeEngine({ container: [a] });
    await editor.add(engine);
    editor.answers = { confirm: false };
    await pruneContainers.run(editor.deps, never, []);
    expect(engine.calls.filter((call) => call.startsWith('remove'))).toEqual([]);
  });

  test('sums up what failed', async () => {
    const editor = new FakeEditor();
    const engine = new FakeEngine({ container: [a, b] });
    await editor.add(engine);
    editor.answers = { confirm: true };
    engine.fail(`remove ${a.id}`, new EngineError('conflict', 'removal is already in progress'));
    await expect(pruneContainers.run(editor.deps, never, [])).rejects.toThrow(
      'Could not remove a: removal is already in progress. 1 of 2 done.',
    );
  });
});

describe('pruning images', () => {
  const objects: Objects = {
    image: [image('tagged', ['a:1', 'a:2']), image('free', []), image('used', []), image('worn', ['worn:1'])],
    container: [
      container('web', { imageId: image('used', []).id }),
      stopped('old', { imageId: image('worn', []).id }),
    ],
  };
  const free = `removeImage sha256:${longId('free')}`;

  async function choose(row: number, sharedSizes: ReadonlyMap<string, number> = new Map()): Promise<Pruned> {
    const editor = new FakeEditor();
    const engine = new FakeEngine(objects);
    engine.sharedSizes = sharedSizes;
    await editor.add(engine);
    editor.answers = { pick: () => [row], confirm: true };
    await pruneImages.run(editor.deps, never, []);
    return { editor, engine, removed: engine.calls.filter((call) => call.startsWith('removeImage')) };
  }

  test('takes dangling ones that no container uses, or all that no container uses, each by its tag', async () => {
    const dangling = await choose(0);
    expect(dangling.removed).toEqual([free]);
    expect(dangling.editor.confirmations[0]?.message).toBe(
      `Remove ${longId('free').slice(0, 12)} and free 187 MB at most?`,
    );
    const all = await choose(1);
    expect(all.removed).toEqual(['removeImage a:1', free, 'removeImage a:2']);
    expect(all.editor.confirmations[0]?.detail).toBe(
      `a:1 · 187 MB\na:2 · 187 MB\n${longId('free').slice(0, 12)} · 187 MB`,
    );
    expect(all.editor.picks[0]?.labels).toHaveLength(2);
  });

  test('says what that frees as exactly as the engine lets know', async () => {
    const alone = await choose(0, new Map([[`sha256:${longId('free')}`, 0]]));
    expect(alone.editor.confirmations[0]?.message).toBe(
      `Remove ${longId('free').slice(0, 12)} and free 187 MB?`,
    );
    const shared = new Map([
      [`sha256:${longId('free')}`, 80_000_000],
      [`sha256:${longId('tagged')}`, 80_000_000],
    ]);
    const both = await choose(1, shared);
    // An image with two tags counts once, and what only the two have would go once.
    expect(both.editor.confirmations[0]?.message).toBe('Remove 3 images and free 214 MB to 294 MB?');
  });

  test('asks for no kind where there is no choice, and takes dangling ones when forced, or all', async () => {
    const dangling = { ...objects, image: [image('free', [])] };
    const only = await prune(pruneImages, dangling);
    expect(only.editor.picks).toEqual([]);
    expect(only.removed).toEqual([free]);
    expect((await prune(pruneImages, objects, { args: [{ force: true }] })).removed).toEqual([free]);
    const all = await prune(pruneImages, objects, { args: [{ force: true, all: true }] });
    expect(all.removed).toHaveLength(3);
  });
});

test('pruning volumes takes those that no container has, also no stopped one', async () => {
  const mounts = [{ type: 'volume', source: 'used', target: '/d', readOnly: false }];
  const { editor, removed } = await prune(pruneVolumes, {
    volume: [volume('free'), volume('used')],
    container: [stopped('db', { mounts })],
  });
  expect(removed).toEqual(['removeVolume free']);
  expect(editor.confirmations[0]?.detail).toBe('free');
});

test('pruning networks leaves the engine’s own and those that a container names', async () => {
  const { removed } = await prune(pruneNetworks, {
    network: [network('bridge'), network('front'), network('back'), network('free')],
    container: [
      container('a', { networks: [{ name: 'front', networkId: longId('front'), ipAddress: '' }] }),
      container('b', { state: 'created', networks: [{ name: 'back', networkId: '', ipAddress: '' }] }),
    ],
  });
  expect(removed).toEqual([`removeNetwork ${longId('free')}`]);
});

test('while no engine can be reached it says that, not that nothing is left to remove', async () => {
  const editor = new FakeEditor();
  const engine = new FakeEngine({ container: [a] });
  engine.fail('connect', new EngineError('unreachable', 'gone'));
  await editor.add(engine);
  await expect(pruneContainers.run(editor.deps, never, [])).rejects.toMatchObject({ reason: 'unreachable' });
});
