import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Engine as EnginePort } from '../../src/engine/engine.ts';
import { describeBed, kinds, never, Sandbox } from './sandbox.ts';

/* What the engines know of an image's past and of the space that it takes, and what they remove only by force. */

describeBed.each(kinds)('images of the %s engine', (kind) => {
  let sandbox: Sandbox;
  let engine: EnginePort;

  beforeAll(async () => {
    sandbox = await Sandbox.open(kind, 'qs-im');
    engine = await sandbox.connect();
  });

  afterAll(async () => {
    await sandbox.close();
  });

  /** Busybox and one file of a megabyte; gives back the tag. */
  async function makeImage(word: string): Promise<string> {
    const tag = sandbox.name(`${word}:1`);
    const command = ['dd', 'if=/dev/urandom', `of=/${word}`, 'bs=1000000', 'count=1'];
    const maker = await sandbox.run(`${word}-maker`, 'busybox', '--', ...command);
    await engine.waitContainer(maker, never);
    await sandbox.bed.cli(['commit', maker, tag]);
    await engine.removeContainer(maker, never);
    return tag;
  }

  const idOf = async (reference: string): Promise<string> =>
    (await engine.read('image', reference, never)).id;

  test('the history has the steps of docker history, the newest first, each with its bytes', async () => {
    const tag = await makeImage('past');
    const steps = await engine.imageHistory(tag, never);
    const told = await sandbox.bed.cli(['history', '--no-trunc', '--format={{.CreatedBy}}', tag]);
    expect(steps.map(({ createdBy }) => createdBy)).toEqual(told.replace(/\n$/, '').split('\n'));
    expect(steps[0]).toMatchObject({ sizeBytes: 1_000_000, tags: [tag], id: await idOf(tag) });
    expect(Date.now() - (steps[0]?.createdAt ?? 0)).toBeLessThan(600_000);
    expect(steps.at(-1)).toMatchObject({ tags: [], id: '' });
    await expect(engine.imageHistory('qs-im-none:1', never)).rejects.toMatchObject({ reason: 'notFound' });
  });

  test('shared bytes are those of the layers that another image has too', async () => {
    const [one, two] = [await makeImage('one'), await makeImage('two')];
    const base = await engine.read('image', 'busybox', never);
    const shared = await engine.sharedImageSizes(never);
    for (const tag of [one, two]) {
      const { id, sizeBytes } = await engine.read('image', tag, never);
      expect(shared.get(id)).toBe(base.sizeBytes);
      expect(sizeBytes - base.sizeBytes).toBe(1_000_000);
    }
  });

  test('the last tag of an image that a stopped container uses goes by force; the container still starts', async () => {
    const tag = await makeImage('stopped');
    const id = await idOf(tag);
    const user = await sandbox.create('stopped-user', tag, '--', 'cat', '/stopped');
    await expect(engine.removeImage(tag, never)).rejects.toMatchObject({ reason: 'conflict' });
    await engine.removeImage(tag, never, { force: true });
    await expect(engine.read('image', id, never)).rejects.toMatchObject({ reason: 'notFound' });
    await engine.startContainer(user, never);
    expect(await engine.waitContainer(user, never)).toBe(0);
    await engine.removeContainer(user, never);
  });

  test('of an image that runs only the name goes, by force; by its id it never goes', async () => {
    const tag = await makeImage('up');
    const id = await idOf(tag);
    const user = await sandbox.run('up-user', tag, '--', 'sleep', '1000');
    await expect(engine.removeImage(tag, never)).rejects.toMatchObject({ reason: 'conflict' });
    await engine.removeImage(tag, never, { force: true });
    expect((await engine.read('image', id, never)).tags).toEqual([]);
    await expect(engine.removeImage(id, never, { force: true })).rejects.toMatchObject({
      reason: 'conflict',
    });
    await engine.removeContainer(user, never, { force: true });
    await engine.removeImage(id, never);
  });

  test('several tags go at once by the id, by force', async () => {
    const tag = await makeImage('many');
    const id = await idOf(tag);
    await sandbox.bed.cli(['tag', tag, sandbox.name('other:1')]);
    await expect(engine.removeImage(id, never)).rejects.toMatchObject({ reason: 'conflict' });
    await engine.removeImage(id, never, { force: true });
    await expect(engine.read('image', id, never)).rejects.toMatchObject({ reason: 'notFound' });
  });
});
