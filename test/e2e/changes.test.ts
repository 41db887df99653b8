import { expect, test } from 'vitest';
import { useBench } from './bench.ts';
import { eventually } from './eventually.ts';
import { run } from './objects.ts';

const bench = useBench({ id: 'changes' });

test('a container made elsewhere comes, changes its state and name, and goes', async () => {
  const { containers, engine } = bench();
  const label = (name: string) => () => containers.row(name).label();
  expect(await containers.welcome.innerText()).toContain('There is no container yet.');
  await run(engine, 'guest', 'quay/web:1');
  await containers.row('guest').appears();
  await eventually(label('guest')).toBe('guest, running, quay/web:1');
  await engine.cli(['pause', 'guest']);
  await eventually(label('guest')).toBe('guest, paused, quay/web:1');
  await engine.cli(['unpause', 'guest']);
  await eventually(label('guest')).toBe('guest, running, quay/web:1');
  await engine.cli(['kill', 'guest']);
  await eventually(label('guest')).toBe('guest, exited, quay/web:1');
  expect(await containers.row('guest').description()).toContain('exited 137');
  await engine.cli(['rename', 'guest', 'visitor']);
  await eventually(label('visitor')).toBe('visitor, exited, quay/web:1');
  await engine.cli(['rm', 'visitor']);
  await containers.row('visitor').disappears();
  expect(await containers.welcome.innerText()).toContain('There is no container yet.');
});

test('a health check that fails shows in the row', async () => {
  const { containers, engine } = bench();
  await run(engine, 'api', 'quay/health:1');
  await eventually(() => containers.row('api').label()).toBe('api, running, healthy, quay/health:1');
  await engine.cli(['exec', 'api', 'rm', '/tmp/healthy']);
  await eventually(() => containers.row('api').label()).toMatch(/^api, running, unhealthy/);
});

test('images, volumes and networks come and go', async () => {
  const { images, volumes, networks, engine } = bench();
  await volumes.open();
  await networks.open();
  await engine.cli(['tag', 'busybox:latest', 'passing:1']);
  await images.row('passing').appears();
  await engine.cli(['volume', 'create', '--label', engine.label, 'passing']);
  await volumes.row('passing').appears();
  await engine.cli(['network', 'create', '--label', engine.label, 'passing']);
  await networks.row('passing').appears();
  await engine.cli(['rmi', 'passing:1']);
  await images.row('passing').disappears();
  await engine.cli(['volume', 'rm', 'passing']);
  await volumes.row('passing').disappears();
  await engine.cli(['network', 'rm', 'passing']);
  await networks.row('passing').disappears();
});
