import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Engine as EnginePort } from '../../src/engine/engine.ts';
import { readImageEntry, readPathEntry } from '../../src/files/pathEntry.ts';
import { describeBed, failureOf, kinds, never, Sandbox } from './sandbox.ts';

const maxBytes = 1 << 20;

describeBed.each(kinds)('changes since the image, on the %s engine', (kind) => {
  let sandbox: Sandbox;
  let engine: EnginePort;
  let id = '';
  let imageId = '';

  beforeAll(async () => {
    sandbox = await Sandbox.open(kind, 'qs-ch');
    engine = await sandbox.connect();
    const script = [
      'echo mine >> /etc/passwd',
      'mkdir -p /srv/new && echo a > "/srv/new/größe \n“x”"',
      'rm /data/blob.bin',
      'ln -s /etc/passwd /srv/link',
      'mkfifo /srv/pipe',
    ].join('; ');
    id = await sandbox.run('changed', 'quay/tools:1', '--', 'sh', '-c', script);
    await engine.waitContainer(id, never);
    ({ imageId } = await engine.read('container', id, never));
  });

  afterAll(async () => {
    await sandbox.close();
  });

  test('are told of a container that has ended, with odd names as they are', async () => {
    const changes = await engine.changes(id, never);
    expect(changes).toEqual(
      expect.arrayContaining([
        { path: '/etc/passwd', kind: 'changed' },
        { path: '/srv/new', kind: 'added' },
        { path: '/srv/new/größe \n“x”', kind: 'added' },
        { path: '/data/blob.bin', kind: 'deleted' },
        { path: '/srv/link', kind: 'added' },
      ]),
    );
    expect(changes.map(({ path }) => path)).not.toContain('/bin/busybox');
  });

  test('are none of a container that did nothing, with a shell or without', async () => {
    const idle = await sandbox.create('idle', 'quay/noshell:1');
    expect(await engine.changes(idle, never)).toEqual([]);
  });

  test('of one that is gone are not found', async () => {
    expect(await failureOf(engine.changes('0'.repeat(64), never))).toMatchObject({ reason: 'notFound' });
  });

  test('are in the container, and what was before is in the image', async () => {
    const text = async (entry: ReturnType<typeof readPathEntry>): Promise<string> => {
      const found = await entry;
      return found !== undefined && 'content' in found ? new TextDecoder().decode(found.content) : '';
    };
    const before = await text(readImageEntry(engine, imageId, '/etc/passwd', maxBytes, never));
    expect(before).toMatch(/^root:/);
    expect(await text(readPathEntry(engine, id, '/etc/passwd', maxBytes, never))).toBe(`${before}mine\n`);
    expect(await text(readPathEntry(engine, id, '/srv/new/größe \n“x”', maxBytes, never))).toBe('a\n');
  });

  test('that are no text say what they are', async () => {
    expect(await readPathEntry(engine, id, '/srv/link', maxBytes, never)).toEqual({
      linkTarget: '/etc/passwd',
    });
    expect(await readPathEntry(engine, id, '/srv/pipe', maxBytes, never)).toBeUndefined();
    expect(await readPathEntry(engine, id, '/srv/new', maxBytes, never)).toBeUndefined();
    expect(await readImageEntry(engine, imageId, '/data/blob.bin', maxBytes, never)).toEqual({
      tooBig: 3_000_000,
    });
  });

  test('leave nothing on the engine when the image is asked, also where it has nothing there', async () => {
    const before = await sandbox.containerIds();
    expect(await failureOf(readImageEntry(engine, imageId, '/no/such', maxBytes, never))).toMatchObject({
      reason: 'notFound',
    });
    await readImageEntry(engine, imageId, '/etc/passwd', maxBytes, never);
    expect(await sandbox.containerIds()).toEqual(before);
  });
});
