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

test('pruning images takes dangling ones that no container uses', async () => {
  const { editor, removed } = await prune(pruneImages, {
    image: [image('tagged', ['a:1']), image('free', []), image('used', [])],
    container: [container('web', { imageId: image('used', []).id })],
  });
  expect(removed).toEqual([`removeImage sha256:${longId('free')}`]);
  expect(editor.confirmations[0]?.message).toBe('Remove 1 dangling images, 187 MB at most?');
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
