import { beforeEach, describe, expect, test } from 'vitest';
import { VolumeHelpers } from '../../../src/files/volumeHelpers.ts';
import { EngineError } from '../../../src/model/engineError.ts';
import { container, image, longId, volume } from '../../support/builders.ts';
import { settle } from '../../support/fakeClock.ts';
import { FakeEditor } from '../../support/fakeDeps.ts';
import { FakeEngine } from '../../support/fakeEngine.ts';

const never = new AbortController().signal;
const made = 'c0ffee'.padEnd(64, '0');

let editor: FakeEditor;
let engine: FakeEngine;
let told: string[];
let helpers: VolumeHelpers;

beforeEach(() => {
  editor = new FakeEditor();
  told = [];
  engine = new FakeEngine({
    volume: [volume('data')],
    image: [image('big', ['a/tool:1']), image('small', ['team/busybox:1'])],
  });
  engine.change('container', made, container('helper', { id: made }));
  helpers = new VolumeHelpers({
    clock: editor.clock,
    onMade: (name, of) => told.push(`${name} by ${of}`),
  });
});

const use = () => helpers.use('e', engine, 'data', never);
const changes = (): readonly string[] =>
  engine.calls
    .filter((call) => /^(create|start|remove|pull)/.test(call))
    .map((call) => call.split(' ')[0] ?? '');

describe('a helper container', () => {
  test('is made once, of an image that is there, and goes when nobody looks any more', async () => {
    const [first, second] = await Promise.all([use(), use()]);
    expect(first.containerId).toBe(made);
    expect(told).toEqual(['data by team/busybox:1']);
    expect(engine.created).toMatchObject([
      {
        networks: [{ name: 'none' }],
        mounts: [{ type: 'volume', source: 'data', extra: 'nocopy' }],
        user: '0',
      },
    ]);
    first.done();
    editor.clock.advance(120_000);
    expect(changes()).toEqual(['create', 'start']);
    second.done();
    editor.clock.advance(120_000);
    await settle();
    expect(changes()).toEqual(['create', 'start', 'remove']);
  });

  test('serves without a shell too, unstarted', async () => {
    engine.fail(`start ${made}`, new EngineError('unexpected', 'no such file'));
    expect((await use()).containerId).toBe(made);
  });

  test('goes at once when its volume is about to', async () => {
    (await use()).done();
    await helpers.release('e', 'data');
    expect(changes()).toEqual(['create', 'start', 'remove']);
    await helpers.release('e', 'data');
    expect(changes()).toHaveLength(3);
  });

  test('is made anew when somebody has removed it', async () => {
    (await use()).done();
    engine.change('container', made, undefined);
    await expect(use()).rejects.toMatchObject({ reason: 'notFound' });
    engine.change('container', made, container('helper', { id: made }));
    await use();
    expect(changes().filter((call) => call === 'create')).toHaveLength(2);
  });

  test('is not made without an image, nor for a volume that is not there', async () => {
    engine.change('image', `sha256:${longId('big')}`, undefined);
    engine.change('image', `sha256:${longId('small')}`, undefined);
    await expect(use()).rejects.toMatchObject({ problem: 'needsImage' });
    await expect(helpers.use('e', engine, 'none', never)).rejects.toMatchObject({ reason: 'notFound' });
    expect(changes()).toEqual([]);
  });
});
