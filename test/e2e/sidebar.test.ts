import { expect, test } from 'vitest';
import { startComposeProject } from '../bed/bed.ts';
import { useBench } from './bench.ts';
import { eventually } from './eventually.ts';
import { namesOf, run } from './objects.ts';

const bench = useBench({ id: 'sidebar' }, async (engine) => {
  await startComposeProject(engine);
  await engine.cli(['volume', 'create', '--label', engine.label, 'letters']);
  await engine.cli(['network', 'create', '--label', engine.label, 'backyard']);
  await run(engine, 'single', 'quay/web:1');
  await run(engine, 'ended', 'quay/crash:1', ['--env', 'AFTER_SECONDS=0']);
});

test('Containers shows what docker ps --all lists', async () => {
  const { containers, engine } = bench();
  await containers.row('single').appears();
  // Replicas of one service stand under a heading that is closed at first.
  await containers.row('api ×2').expand();
  await containers.row('shop-api-2').appears();
  const headings = ['shop', 'api ×2', 'others'];
  const services = new Map([
    ['web', 'shop-web-1'],
    ['worker', 'shop-worker-1'],
    ['migrate', 'shop-migrate-1'],
  ]);
  const shown = (await containers.names())
    .filter((name) => !headings.includes(name))
    .map((name) => services.get(name) ?? name);
  expect([...shown].sort()).toEqual(await namesOf(engine, 'container'));
});

test('a heading counts what runs, a row says state, image and port', async () => {
  const { containers, engine } = bench();
  await eventually(() => containers.row('shop').label()).toBe('shop, compose · 4/5 running');
  expect(await containers.row('web').label()).toBe('web, running, quay/web:1');
  const port = (await engine.cli(['port', 'shop-web-1', '8080'])).trim().split(':').at(-1) ?? '';
  expect(await containers.row('web').description()).toContain(`quay/web:1 · :${port} · up `);
  expect(await containers.row('ended').description()).toContain('exited 1');
  await eventually(() => containers.row('shop-api-1').label()).toBe(
    'shop-api-1, running, healthy, quay/health:1',
  );
});

test('Images shows what docker image ls lists', async () => {
  const { images, engine } = bench();
  await images.row('quay/web').appears();
  const shown = (await images.labels()).map((label) => label.split(', ', 2).join(':'));
  expect([...shown].sort()).toEqual(await namesOf(engine, 'image'));
});

test('Volumes shows what docker volume ls lists', async () => {
  const { images, volumes, engine } = bench();
  await images.close();
  await volumes.open();
  await volumes.row('letters').appears();
  expect([...(await volumes.names())].sort()).toEqual(await namesOf(engine, 'volume'));
  expect(await volumes.row('letters').label()).toContain('not in use');
  expect(await volumes.row('shop_pages').label()).toBe('shop_pages, in use by shop-web-1');
});

test('Networks shows what docker network ls lists', async () => {
  const { volumes, networks, engine } = bench();
  await volumes.close();
  await networks.open();
  await networks.row('backyard').appears();
  expect([...(await networks.names())].sort()).toEqual(await namesOf(engine, 'network'));
  expect(await networks.row('shop_default').label()).toBe('shop_default, bridge, 5 containers');
});

test('Engines shows the one that DOCKER_HOST names, with its version', async () => {
  const { networks, engines, engine } = bench();
  await networks.close();
  await engines.open();
  // Debian adds a word of its own behind a plus sign, which says nothing to the user of a row.
  const [version] = (await engine.cli(['version', '--format={{.Server.Version}}'])).trim().split('+');
  await engines.row('DOCKER_HOST').appears();
  expect(await engines.row('DOCKER_HOST').label()).toBe(
    `DOCKER_HOST, connected, Docker ${version ?? ''}, ${engine.host}`,
  );
});

test('the badge counts the running containers', async () => {
  const { engine, icon } = bench();
  const badge = async (): Promise<string> => (await icon.getAttribute('aria-label')) ?? '';
  const running = (await engine.cli(['ps', '--format={{.Names}}'])).trim().split('\n').length;
  await eventually(badge).toBe(`Quayside - ${running} running containers`);
  await engine.cli(['stop', 'single']);
  await eventually(badge).toBe(`Quayside - ${running - 1} running containers`);
  await engine.cli(['start', 'single']);
  await eventually(badge).toBe(`Quayside - ${running} running containers`);
});
