import { describe, expect, test } from 'vitest';
import { commitContainer } from '../../../src/commands/container/commit.ts';
import { exportContainer } from '../../../src/commands/container/export.ts';
import { updateContainer } from '../../../src/commands/container/update.ts';
import { waitHealthy } from '../../../src/commands/container/waitHealthy.ts';
import { EngineError } from '../../../src/model/engineError.ts';
import type { HealthReport } from '../../../src/model/healthReport.ts';
import { container, image, stopped } from '../../support/builders.ts';
import { FakeEditor } from '../../support/fakeDeps.ts';
import { FakeEngine } from '../../support/fakeEngine.ts';
import { settle } from '../../support/fakeClock.ts';

const never = new AbortController().signal;
const web = container('web');
const old = stopped('old', {
  mounts: [{ type: 'volume', source: 'data', target: '/data', readOnly: false }],
});
const rowOf = ({ id }: { readonly id: string }): string => `default/container/${id}`;

interface Stage {
  readonly editor: FakeEditor;
  readonly engine: FakeEngine;
  verbs(): readonly string[];
}

async function stage(): Promise<Stage> {
  const editor = new FakeEditor();
  const engine = new FakeEngine({ container: [web, old], image: [image('a', ['shop/web:1'])] });
  const { store } = await editor.add(engine);
  store.attend('image');
  await settle();
  return {
    editor,
    engine,
    verbs: () => engine.calls.filter((call) => !/^(connect|events|list|read)/.test(call)),
  };
}

describe('commit', () => {
  test('asks for name, message and author, and of one that runs whether to pause it', async () => {
    const { editor, verbs } = await stage();
    const typed = ['shop/web', 'two fixes', ''];
    const hints: (string | undefined)[] = [];
    editor.answers = {
      input: (problem, _value, { hint }) => {
        if (typed.length === 3) {
          expect(problem('No Name')).toContain('cannot be an image’s name');
          expect(problem('shop/web@sha256:0')).toBeDefined();
          hints.push(hint('shop/web:1'), hint('shop/web'));
        }
        return typed.shift();
      },
      pick: () => [1],
    };
    await commitContainer.run(editor.deps, never, [rowOf(web)]);
    expect(hints).toEqual(['Another image has this name now, and loses it.', undefined]);
    expect(verbs()).toEqual([`commit ${web.id} shop/web:latest "two fixes" "" false`]);
    expect(editor.progress).toEqual(['Committing web as shop/web:latest']);
    expect(editor.told).toEqual(['The image shop/web:latest is what web was just now.']);
  });

  test('turning away at any question makes nothing', async () => {
    for (const answers of [[undefined], ['a', undefined], ['a', '', undefined]]) {
      const { editor, verbs } = await stage();
      const typed = [...answers];
      editor.answers = { input: () => typed.shift() };
      await commitContainer.run(editor.deps, never, [rowOf(old)]);
      expect(verbs()).toEqual([]);
    }
  });

  test('a caller who says the name is asked nothing', async () => {
    const { editor, verbs } = await stage();
    await commitContainer.run(editor.deps, never, ['web', { name: 'a:1', author: 'Ada' }]);
    expect(verbs()).toEqual([`commit ${web.id} a:1 "" "Ada" true`]);
    expect(editor.told).toEqual([]);
    await expect(commitContainer.run(editor.deps, never, ['web', { name: 'A B' }])).rejects.toThrow(
      '“A B” cannot be an image’s name.',
    );
  });
});

describe('export', () => {
  test('writes the files of one container, and says what is not among them', async () => {
    const { editor, engine, verbs } = await stage();
    engine.exports = new Map([[old.id, [new Uint8Array(1500)]]]);
    editor.chosenFile = '/w/old.tar';
    await exportContainer.run(editor.deps, never, [rowOf(old)]);
    expect(editor.inputs).toEqual(['Export the files of old (old.tar)']);
    expect(verbs()).toEqual([`exportContainer ${old.id}`]);
    expect([...editor.written]).toEqual([['/w/old.tar', 1500]]);
    expect(editor.reported[0]).toBe('1.5 kB');
    expect(editor.told).toEqual([
      'Exported old to /w/old.tar: 1.5 kB. What is in its volumes and mounts is not in it.',
    ]);
  });

  test('what fails in the middle is one sentence, what is cancelled none', async () => {
    const { editor, engine } = await stage();
    engine.fail('rest of export', new EngineError('unreachable', 'gone'));
    await expect(exportContainer.run(editor.deps, never, ['web', { path: '/w/web.tar' }])).rejects.toThrow(
      'Could not export web: the connection to the engine was lost.',
    );
    engine.fail('rest of export', new EngineError('cancelled', 'cancelled'));
    editor.chosenFile = '/w/web.tar';
    await exportContainer.run(editor.deps, never, [rowOf(web)]);
    expect(editor.told).toEqual([]);
    expect(editor.written.size).toBe(0);
  });
});

describe('limits', () => {
  const mib = 1024 ** 2;

  test('show what they are, are checked, and are applied together', async () => {
    const { editor, engine, verbs } = await stage();
    engine.limits = { ...engine.limits, memoryBytes: 64 * mib, memoryAndSwapBytes: 128 * mib, cpus: 0.5 };
    engine.warnings = ['no swap here'];
    const typed = ['256m', '2'];
    const problems: (string | undefined)[] = [];
    const shown: (string | undefined)[][] = [];
    // Memory, then CPUs behind the new first entry, then that.
    const picks = [0, 3, 0];
    editor.answers = {
      pick: (_title, items) => {
        shown.push(items.map(({ label, description }) => `${label}: ${description ?? ''}`));
        return [picks.shift() ?? 0];
      },
      input: (problem, value) => {
        shown.push([value]);
        problems.push(problem('1m'), problem('much'), problem(typed[0] ?? ''));
        return typed.shift();
      },
    };
    await updateContainer.run(editor.deps, never, [rowOf(web)]);
    expect(shown).toEqual([
      ['Memory: 64m', 'Memory and swap: 128m', 'CPUs: 0.5', 'Processes: no limit', 'Restart policy: no'],
      ['64m'],
      [
        'Apply: Memory 256m',
        'Memory: 64m → 256m',
        'Memory and swap: 128m → 512m',
        'CPUs: 0.5',
        'Processes: no limit',
        'Restart policy: no',
      ],
      ['0.5'],
      [
        'Apply: Memory 256m · CPUs 2',
        'Memory: 64m → 256m',
        'Memory and swap: 128m → 512m',
        'CPUs: 0.5 → 2',
        'Processes: no limit',
        'Restart policy: no',
      ],
    ]);
    expect(problems.slice(0, 3)).toEqual([
      expect.stringContaining('6m or more'),
      expect.stringContaining('6m or more'),
      undefined,
    ]);
    const changes = { memoryBytes: 256 * mib, cpus: 2, memoryAndSwapBytes: 512 * mib };
    expect(verbs()).toEqual([`limits ${web.id}`, `update ${web.id} ${JSON.stringify(changes)}`]);
    expect(editor.told).toEqual(['The engine remarks: no swap here']);
  });

  test('a restart policy is chosen; turning away changes nothing', async () => {
    const { editor, verbs } = await stage();
    const picks = [4, 1, 0];
    editor.answers = { pick: () => [picks.shift() ?? 0], input: () => '3' };
    await updateContainer.run(editor.deps, never, [rowOf(web)]);
    expect(verbs().at(-1)).toBe(`update ${web.id} {"restart":{"name":"on-failure","maxRetries":3}}`);
    editor.answers = { pick: () => undefined };
    await updateContainer.run(editor.deps, never, [rowOf(web)]);
    expect(verbs()).toHaveLength(3);
  });

  test('a caller says them as docker update does, and hears what can’t be', async () => {
    const { editor, engine, verbs } = await stage();
    await updateContainer.run(editor.deps, never, ['web', { pids: '-1', restart: 'on-failure:2' }]);
    expect(verbs().at(-1)).toBe(
      `update ${web.id} {"pids":"unlimited","restart":{"name":"on-failure","maxRetries":2}}`,
    );
    const update = (options: object): Promise<void> =>
      updateContainer.run(editor.deps, never, ['web', options]);
    await expect(update({ restart: 'sometimes' })).rejects.toThrow('One of no, always');
    await expect(update({ memoryAndSwap: '1g' })).rejects.toThrow('Set the memory first.');
    await expect(update({ memory: '1g', memoryAndSwap: '512m' })).rejects.toThrow('raise them first');
    engine.fail('update', new EngineError('unsupported', 'it can change no container that exists'));
    await expect(update({ cpus: '1' })).rejects.toThrow(
      'Could not change the limits of web: this engine cannot do that: it can change no container that exists.',
    );
  });
});

describe('waiting for health', () => {
  const report = (
    status: 'starting' | 'healthy' | 'unhealthy',
    failingStreak = 0,
    lastOutput = '',
  ): HealthReport => ({
    state: 'running',
    exitCode: 0,
    oomKilled: false,
    health: { status, failingStreak, lastOutput },
  });

  test('tells what the checks say until it is healthy', async () => {
    const { editor, engine, verbs } = await stage();
    engine.health = [
      report('starting'),
      report('starting', 2, 'trying\nconnection refused'),
      report('healthy'),
    ];
    const waiting = waitHealthy.run(editor.deps, never, [rowOf(web)]);
    for (let second = 0; second < 3; second++) {
      await settle();
      editor.clock.advance(1000);
    }
    await waiting;
    expect(verbs()).toHaveLength(3);
    expect(editor.progress).toEqual(['Waiting for web to be healthy']);
    expect(editor.reported).toEqual(['no check yet', '2 checks failed: connection refused']);
    expect(editor.told).toEqual(['web is healthy.']);
    expect(editor.clock.pending).toEqual([]);
  });

  test.each<[string, HealthReport]>([
    ['3 checks in a row failed, the last one with “no database”.', report('unhealthy', 3, 'no database')],
    [
      'it ended with exit code 2. Its log may say why.',
      { ...report('starting'), state: 'exited', exitCode: 2 },
    ],
    [
      'it was ended because it used up its memory.',
      { ...report('starting'), state: 'exited', oomKilled: true },
    ],
    ['nothing checks its health.', { ...report('starting'), health: undefined }],
    ['it is paused: nothing is checked until it runs.', { ...report('starting'), state: 'paused' }],
  ])('ends with a reason: %s', async (reason, health) => {
    const { editor, engine } = await stage();
    engine.health = [health];
    await expect(waitHealthy.run(editor.deps, never, ['web'])).rejects.toThrow(
      `web did not become healthy: ${reason}`,
    );
  });

  test('can be given up', async () => {
    const { editor, engine } = await stage();
    engine.health = [report('starting')];
    editor.answers = { cancels: true };
    await waitHealthy.run(editor.deps, never, [rowOf(web)]);
    expect(editor.told).toEqual([]);
    expect(editor.clock.pending).toEqual([]);
  });
});
