import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { commitContainer } from '../../src/commands/container/commit.ts';
import { exportContainer } from '../../src/commands/container/export.ts';
import { updateContainer } from '../../src/commands/container/update.ts';
import { systemClock } from '../../src/base/async.ts';
import { waitHealthy } from '../../src/commands/container/waitHealthy.ts';
import type { Action } from '../../src/commands/verb.ts';
import { waitFor } from '../bed/bed.ts';
import { FakeEditor } from '../support/fakeDeps.ts';
import { LiveStore } from './liveStore.ts';
import { describeBed, drain, failureOf, kinds, never, patienceMs, Sandbox } from './sandbox.ts';

/* What is done to a container besides its life, as the commands do it, held against the docker CLI. */

describeBed.each(kinds)('containers of the %s engine', (kind) => {
  let sandbox: Sandbox;
  let live: LiveStore;
  let editor: FakeEditor;

  beforeAll(async () => {
    sandbox = await Sandbox.open(kind, 'qs-cv');
    live = new LiveStore(sandbox.bed.socket);
    live.store.connect();
    live.attend('container', 'image');
    await live.connected();
    editor = new FakeEditor();
    await editor.add(live.engine, { isDisconnected: true });
    editor.engines.get('default')?.store.connect();
  });

  afterAll(async () => {
    editor.engines.dispose();
    live.dispose();
    await sandbox.close();
  });

  const run = ({ run: act }: Action, word: string, options: object): Promise<void> =>
    act({ ...editor.deps, clock: systemClock }, never, [sandbox.name(word), options]);
  const inspect = async (name: string, format: string): Promise<string> =>
    (await sandbox.bed.cli(['inspect', '--format', format, name])).trim();

  describe('commit', () => {
    test('makes an image of the files, which the live model has by itself', async () => {
      await sandbox.run('made', 'busybox', '--', 'sh', '-c', 'echo changed > /note; sleep 1000');
      const name = sandbox.name('image:1');
      await run(commitContainer, 'made', { name, message: 'two, "fixes"', author: 'Ada <a@b.c>' });
      await live.until('the image in the model', ({ snapshot }) =>
        [...snapshot.image.values()].some(({ tags }) => tags.includes(name)),
      );
      expect(await inspect(name, '{{.Author}}|{{.Config.Cmd}}')).toBe(
        'Ada <a@b.c>|[sh -c echo changed > /note; sleep 1000]',
      );
      expect(await sandbox.bed.cli(['history', '--format', '{{.Comment}}', name])).toContain('two, "fixes"');
      expect(await sandbox.bed.cli(['run', '--rm', name, 'cat', '/note'])).toBe('changed\n');
      expect(await inspect(sandbox.name('made'), '{{.State.Status}}')).toBe('running');
    });

    test('of one that is gone fails in one sentence', async () => {
      const reference = { registry: 'docker.io', repository: 'library/x', tag: '1', digest: undefined };
      const options = { reference, message: '', author: '', pauses: true };
      const error = await failureOf(live.engine.commitContainer('qs-cv-none', options, never));
      expect(error).toMatchObject({ reason: 'notFound' });
    });
  });

  describe('export', () => {
    test('gives the bytes that docker export gives', async () => {
      const id = await sandbox.run('files', 'busybox', '--', 'true');
      await live.engine.waitContainer(id, never);
      await run(exportContainer, 'files', { path: '/w/files.tar' });
      const folder = mkdtempSync(join(tmpdir(), 'quayside-export-'));
      await sandbox.bed.cli(['export', '--output', join(folder, 'files.tar'), id]);
      const { size } = statSync(join(folder, 'files.tar'));
      rmSync(folder, { recursive: true });
      expect([...editor.written]).toEqual([['/w/files.tar', size]]);
    });

    test('ends in the middle when it is given up, and leaves no connection', async () => {
      const proxy = await sandbox.proxy();
      const engine = await sandbox.connect(proxy.socket);
      await sandbox.run('big', 'busybox', '--', 'true');
      const cancel = new AbortController();
      const reading = (async () => {
        for await (const _piece of engine.exportContainer(sandbox.name('big'), cancel.signal)) cancel.abort();
      })();
      expect(await failureOf(reading)).toMatchObject({ reason: 'cancelled' });
      engine.dispose();
      const what = { what: 'all connections closed', deadlineMs: patienceMs };
      await waitFor(what, () => proxy.openConnections() === 0);
    });

    test('of one that is gone fails in one sentence', async () => {
      expect(await failureOf(drain(live.engine.exportContainer('qs-cv-none', never)))).toMatchObject({
        reason: 'notFound',
      });
    });
  });

  describe('limits', () => {
    test('change while it runs, and are what the engine says afterwards', async () => {
      const name = sandbox.name('limits');
      await sandbox.run('limits', 'busybox', '--memory=64m', '--cpus=0.5', '--', 'sleep', '1000');
      expect(await live.engine.containerLimits(name, never)).toEqual({
        memoryBytes: 64 * 1024 ** 2,
        memoryAndSwapBytes: 128 * 1024 ** 2,
        cpus: 0.5,
        pids: undefined,
        restart: { name: 'no', maxRetries: 0 },
      });
      // More than memory and swap together were: the engine alone would refuse.
      await run(updateContainer, 'limits', {
        memory: '256m',
        cpus: '1',
        pids: '50',
        restart: 'on-failure:3',
      });
      const host = ['Memory', 'MemorySwap', 'NanoCpus', 'PidsLimit', 'RestartPolicy.Name']
        .map((key) => `{{.HostConfig.${key}}}`)
        .join(' ');
      expect(await inspect(name, host)).toBe('268435456 536870912 1000000000 50 on-failure');
      await run(updateContainer, 'limits', { pids: '-1', memoryAndSwap: '-1', restart: 'no' });
      expect(await live.engine.containerLimits(name, never)).toMatchObject({
        memoryAndSwapBytes: 'unlimited',
        pids: undefined,
      });
      // Unlimited swap stays so.
      await run(updateContainer, 'limits', { memory: '300m' });
      expect(await inspect(name, '{{.HostConfig.Memory}} {{.HostConfig.MemorySwap}}')).toBe('314572800 -1');
    });

    test('that the engine refuses are said in its words', async () => {
      await sandbox.run('refused', 'busybox', '--rm', '--', 'sleep', '1000');
      await expect(run(updateContainer, 'refused', { cpus: '9999' })).rejects.toThrow('Range of CPUs');
      await expect(run(updateContainer, 'refused', { restart: 'always' })).rejects.toThrow('AutoRemove');
    });
  });

  describe('health', () => {
    test('is waited for', async () => {
      await sandbox.run('well', 'quay/health:1', '-e', 'HEALTHY_AFTER=2');
      await run(waitHealthy, 'well', {});
      expect(await inspect(sandbox.name('well'), '{{.State.Health.Status}}')).toBe('healthy');
    });

    test('that fails is said with the last output', async () => {
      await sandbox.run('ill', 'quay/health:1', '-e', 'HEALTHY_AFTER=1000');
      await expect(run(waitHealthy, 'ill', {})).rejects.toThrow('the last one with “no /tmp/healthy”');
    });

    test('that nothing checks, or of one that ends, is no endless wait', async () => {
      await sandbox.run('plain', 'busybox', '--', 'sleep', '1000');
      await expect(run(waitHealthy, 'plain', {})).rejects.toThrow('nothing checks its health');
      await sandbox.run(
        'ends',
        'quay/health:1',
        '-e',
        'HEALTHY_AFTER=1000',
        '--',
        'sh',
        '-c',
        'sleep 1; exit 7',
      );
      await expect(run(waitHealthy, 'ends', {})).rejects.toThrow('exit code 7');
    });
  });
});
