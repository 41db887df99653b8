import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { pushImage, type Registry, startRegistry } from '../bed/bed.ts';
import { runEngine, useBench } from './bench.ts';
import { eventually } from './eventually.ts';
import { clear, lines } from './objects.ts';
import { runName } from './paths.ts';

let registry: Registry | undefined;

/** What the setting names is on the registry of this machine, not on the internet. */
const repository = 'library/hello-world:latest';

beforeAll(async () => {
  registry = await startRegistry({ name: runName });
  await pushImage(await runEngine(), 'quay/hello:1', registry, repository);
});
afterAll(() => registry?.stop());

const bench = useBench({ id: 'first-hour', withCaller: true });
const helloText = 'This message shows that your installation appears to be working correctly.';

beforeEach(async () => {
  const { engine, editor, notifications } = bench();
  await clear(engine);
  await notifications.clear();
  await editor.closeAll();
});

async function runHello(image: string): Promise<void> {
  const { quickInput, editor } = bench();
  await bench().caller.setSetting('quayside.engine.helloWorldImage', image);
  await quickInput.runCommand('Engines: Run hello-world');
  await editor.isActive('hello-world on DOCKER_HOST');
}

test('the version document says what docker version and docker info say', async () => {
  const { quickInput, editor, engine } = bench();
  await quickInput.runCommand('Engines: Show Version and Information');
  await editor.isActive('Engine DOCKER_HOST');
  const ask = async (command: string, format: string): Promise<string> =>
    (await engine.cli([command, `--format=${format}`])).trim();
  await eventually(() => editor.text()).toContain('Version:');
  const text = (await editor.text()).replaceAll(/: +/g, ': ');
  expect(text).toContain(`  Version: ${await ask('version', '{{.Server.Version}}')}`);
  expect(text).toContain(`  API version: ${await ask('version', '{{.Server.APIVersion}}')}`);
  expect(text).toContain(`  Address: ${engine.host}`);
  expect(text).toContain(`  Storage: ${await ask('info', '{{.Driver}}')}`);
  expect(text).toContain(`  Cgroup version: ${await ask('info', '{{.CgroupVersion}}')}`);
  expect(text).toContain(`  Kernel: ${await ask('info', '{{.KernelVersion}}')}`);
});

test('hello-world, found on the engine', async () => {
  const { editor, engine } = bench();
  await runHello('quay/hello:1');
  await eventually(() => editor.text()).toContain('Client, engine and registry work together.');
  const text = await editor.text();
  expect(text).toContain('$ docker run quay/hello:1');
  expect(text).toContain('✔ Found:');
  expect(text).toContain(helloText);
  expect(text).not.toContain('Pulling');
  expect(lines(await engine.cli(['ps', '--all', '--format={{.Image}} {{.State}}']))).toEqual([
    'quay/hello:1 exited',
  ]);
});

test('hello-world, pulled with its steps shown', async () => {
  const { editor, engine } = bench();
  const image = `${registry?.address ?? ''}/library/hello-world`;
  await runHello(image);
  await eventually(() => editor.text()).toContain('Client, engine and registry work together.');
  const text = await editor.text();
  expect(text).toContain('• Not there. Pulling it from its registry …');
  expect(text).toMatch(/Status: Downloaded newer image for/);
  expect(text).toContain('✔ Pulled.');
  expect(text).toContain(helloText);
  expect(lines(await engine.cli(['ps', '--all', '--format={{.Image}} {{.State}}']))).toEqual([
    `${image} exited`,
  ]);
  await clear(engine);
});

test('hello-world, found nowhere: the document and a notification say why', async () => {
  const { editor, engine, notifications } = bench();
  const image = `${registry?.address ?? ''}/library/no-such-image`;
  await runHello(image);
  await eventually(() => editor.text()).toContain('✘ Failed:');
  expect(await editor.text()).toContain('neither on the engine nor to be had from its registry');
  const told = await notifications.with('neither on the engine nor to be had from its registry');
  expect(told).toContain(image);
  expect(lines(await engine.cli(['ps', '--all', '--quiet']))).toEqual([]);
});

test.each(['Start the Daemon', 'Stop the Daemon…', 'Restart the Daemon…'])(
  '%s: without systemd it says exactly how by hand',
  async (title) => {
    const { quickInput, notifications } = bench();
    const verb = title.split(' ')[0]?.toLowerCase() ?? '';
    await quickInput.runCommand(`Engines: ${title}`);
    expect(await notifications.with('no systemd')).toContain(`sudo service docker ${verb}`);
  },
);
