import { describe, expect, test } from 'vitest';
import { type FaultProxy, startFaultProxy } from '../bed/bed.ts';
import { socketFolder } from '../bed/folders.ts';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { runEngine, useBench } from './bench.ts';
import { eventually } from './eventually.ts';
import { run } from './objects.ts';
import { runName } from './paths.ts';

const { owned } = await runEngine();

describe.runIf(owned)('the daemon goes and comes back', () => {
  const bench = useBench({ id: 'daemon' }, (engine) =>
    run(engine, 'web', 'quay/web:1', ['--restart=always']),
  );

  test('while the views and a log are open: both say so, then are live again by themselves', async () => {
    const { containers, images, engine, notifications, logs } = bench();
    await containers.row('web').appears();
    expect(await containers.row('web').isGreyed()).toBe(false);
    await containers.row('web').pressButton('View Logs');
    await logs.isOpen('web');
    await eventually(() => logs.status.innerText()).toContain('following');
    await engine.stop({ keepContainers: true });
    await logs.events('The connection to the engine was lost').waitFor();
    await eventually(() => logs.status.innerText()).toContain('the engine cannot be reached, trying again');
    await containers.message.filter({ hasText: 'DOCKER_HOST is not reachable' }).waitFor();
    await images.message.filter({ hasText: 'this is the last known state' }).waitFor();
    expect(await containers.message.innerText()).toContain('Trying again by itself.');
    await eventually(() => containers.row('web').isGreyed()).toBe(true);
    expect(await containers.row('web').label()).toContain('engine not reachable');
    // What can't work is not offered.
    const menu = await containers.row('web').openMenu();
    expect(await menu.titles()).toEqual(['Copy Name', 'Copy Id']);
    await menu.close();
    await engine.start();
    await eventually(() => containers.row('web').label()).toBe('web, running, quay/web:1');
    await eventually(() => containers.row('web').isGreyed()).toBe(false);
    await containers.message.waitFor({ state: 'hidden' });
    await logs.events('The engine answers again').waitFor();
    await eventually(() => logs.status.innerText()).toContain('following');
    await run(engine, 'newcomer', 'quay/web:1');
    await containers.row('newcomer').appears();
    expect(await notifications.texts()).toEqual([]);
  });

  test('a crash of the daemon is the same', async () => {
    const { containers, engine } = bench();
    await engine.kill9();
    await containers.message.filter({ hasText: 'DOCKER_HOST is not reachable' }).waitFor();
    await engine.start();
    await eventually(() => containers.row('web').label()).toBe('web, running, quay/web:1');
    await engine.cli(['rm', '--force', 'newcomer']);
    await containers.row('newcomer').disappears();
  });

  test('a window that starts without it says what to do, and shows the rows once it is there', async () => {
    const { containers, images, engine } = bench();
    await engine.stop({ keepContainers: true });
    await bench().reload();
    const { welcome } = containers;
    await welcome.filter({ hasText: 'There is no engine at its socket' }).waitFor();
    expect(await welcome.getByRole('button').allInnerTexts()).toEqual([
      'Start the Daemon',
      'Install Docker Engine',
      'Look Again',
    ]);
    await engine.start();
    await containers.row('web').appears();
    await images.row('quay/web').appears();
  });
});

describe('DOCKER_HOST is malformed', () => {
  const bench = useBench({ id: 'malformed', env: { DOCKER_HOST: 'unix//no/such:colon' } });

  test('the welcome text says so and leads to the settings', async () => {
    const { containers } = bench();
    await containers.welcome.filter({ hasText: 'address cannot be read' }).waitFor();
    expect(await containers.welcome.getByRole('button').allInnerTexts()).toEqual([
      'Open Settings',
      'Look Again',
    ]);
    expect(await containers.welcome.innerText()).toContain('DOCKER_HOST');
  });
});

describe('something else answers at the address', () => {
  const socket = join(socketFolder(runName, 'proxy'), 'garbage.sock');
  let proxy: FaultProxy | undefined;
  beforeAll(async () => {
    mkdirSync(socketFolder(runName, 'proxy'), { recursive: true });
    proxy = await startFaultProxy((await runEngine()).socket, socket);
    await proxy.setMode({ kind: 'garbage' });
  });
  afterAll(() => proxy?.stop());
  const bench = useBench({ id: 'garbage', env: { DOCKER_HOST: `unix://${socket}` } }, (engine) =>
    run(engine, 'web', 'quay/web:1'),
  );

  test('the welcome text says that it is no engine; the rows come when it is one', async () => {
    const { containers } = bench();
    await containers.welcome.filter({ hasText: 'is not a container engine' }).waitFor();
    await proxy?.setMode({ kind: 'pass' });
    await containers.row('web').appears();
  });
});
