import { afterAll, beforeAll, expect, test } from 'vitest';
import { runContainer } from '../../src/commands/container/makeContainer.ts';
import type { KnownEngine } from '../../src/engine/engineSet.ts';
import { plainRun } from '../../src/model/runOptions.ts';
import { pushImage, type Registry, startRegistry } from '../bed/bed.ts';
import { FakeEditor } from '../support/fakeDeps.ts';
import { describeOwnBed, failureOf, kinds, never, Sandbox } from './sandbox.ts';

/* A container of an image that the engine does not have yet, from a real registry. */

describeOwnBed.each(kinds)('a container of an image that is not there, on the %s engine', (kind) => {
  const editor = new FakeEditor();
  let sandbox: Sandbox;
  let registry: Registry;
  let owner: KnownEngine;

  beforeAll(async () => {
    sandbox = await Sandbox.open(kind, 'qs-rp');
    registry = await startRegistry({ name: sandbox.bed.name, id: `run-${kind}` });
    await pushImage(sandbox.bed, 'quay/tools:1', registry, 'team/tools:1');
    owner = await editor.add(await sandbox.connect(), { isDisconnected: true });
  });

  afterAll(async () => {
    const { engine } = owner.store;
    await engine.removeContainer(sandbox.name('pulled'), never, { force: true, volumes: true });
    await engine.removeImage(`${registry.address}/team/tools:1`, never);
    await registry.stop();
    await sandbox.close();
  });

  test('runs once it is pulled, with what a pull shows', async () => {
    const image = `${registry.address}/team/tools:1`;
    const id = await runContainer(
      editor.deps,
      owner,
      { ...plainRun, image, name: sandbox.name('pulled') },
      never,
    );
    expect(await owner.store.engine.read('container', id, never)).toMatchObject({ state: 'running', image });
    expect(editor.progress).toEqual([`Pulling ${image}`]);
  });

  test('that no registry has leaves nothing, and says which', async () => {
    const image = `${registry.address}/team/none:1`;
    const options = { ...plainRun, image, name: sandbox.name('none') };
    expect(await failureOf(runContainer(editor.deps, owner, options, never))).toMatchObject({
      message: expect.stringContaining(`Could not pull ${image}: ${registry.address} has no image`) as string,
    });
    await expect(owner.store.engine.read('container', options.name, never)).rejects.toMatchObject({
      reason: 'notFound',
    });
  });
});
