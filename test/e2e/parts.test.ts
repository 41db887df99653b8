import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { useBench } from './bench.ts';
import { eventually } from './eventually.ts';
import { lines, run } from './objects.ts';

const bench = useBench({ id: 'parts' }, async (engine) => {
  await engine.cli(['volume', 'create', '--label', engine.label, 'letters']);
  await engine.cli(['network', 'create', '--label', engine.label, 'backyard']);
  await run(engine, 'web', 'quay/web:1', [
    '--publish=127.0.0.1::8080',
    '--volume=letters:/var/letters',
    '--network=backyard',
  ]);
});

const inspect = (format: string): Promise<string> =>
  bench()
    .engine.cli(['inspect', `--format=${format}`, 'web'])
    .then((text) => text.trim());

test('below a container stand its ports, mounts, networks, processes and files', async () => {
  const { containers } = bench();
  await containers.row('web').expand();
  await containers.row('Files').appears();
  const address = await inspect('{{(index (index .NetworkSettings.Ports "8080/tcp") 0).HostPort}}');
  const ip = await inspect('{{.NetworkSettings.Networks.backyard.IPAddress}}');
  expect(await containers.labels()).toEqual([
    'web, running, quay/web:1',
    `port 8080, → 127.0.0.1:${address}`,
    'mount letters, /var/letters',
    `network backyard, ${ip}`,
    'Processes',
    'Files, /',
    'Changes, since the image',
  ]);
});

test('a click on a port opens its page', async () => {
  const { containers, page } = bench();
  const opened = page.context().waitForEvent('page');
  await containers.row('8080').click();
  const shop = await opened;
  await shop.getByRole('heading', { name: 'Welcome to the shop' }).waitFor();
  await shop.close();
});

test('a click on a mount reveals its volume', async () => {
  const { containers, volumes } = bench();
  await containers.row('letters').click();
  await volumes.row('letters').appears();
  await eventually(() => volumes.row('letters').element.getAttribute('aria-selected')).toBe('true');
  await volumes.close();
});

test('the processes are those that docker top lists', async () => {
  const { containers, engine } = bench();
  await containers.row('Processes').expand();
  const listed = lines(await engine.cli(['top', 'web', '-o', 'pid,args'])).slice(1);
  const pids = listed.map((line) => line.trim().split(/\s+/)[0] ?? '');
  await containers.row('httpd -f -v -p 8080 -h /www').appears();
  const shown = (await containers.labels()).filter((label) =>
    pids.some((pid) => label.includes(`, ${pid}, `)),
  );
  expect(shown).toHaveLength(pids.length);
  await containers.row('Processes').collapse();
});

test('files open', async () => {
  const { containers, editor } = bench();
  await containers.row('Files').expand();
  await containers.row('www').expand();
  await containers.row('index.html').click();
  await editor.isActive('index.html');
  await eventually(() => editor.text()).toContain('<h1>Welcome to the shop</h1>');
  expect(await editor.text()).toContain('<!doctype html><title>shop</title>');
});

test('files have odd names, links and no content', async () => {
  const { containers, engine, editor } = bench();
  await containers.row('web').collapse();
  await run(engine, 'odd', 'quay/tools:1');
  await containers.row('odd').expand();
  await containers.row('Files').expand();
  await containers.row('data').expand();
  await containers.row('odd names').expand();
  await containers.row('-dash').appears();
  expect(await containers.row('link-to-file').description()).toBe('→ with space.txt');
  expect(await containers.row('empty').description()).toBe('0 B');
  await containers.row('grün-容器-🚢.txt').click();
  await eventually(() => editor.text()).toContain('umlaut, han, ship');
  await containers.row('quote\'s "two".txt').click();
  await eventually(() => editor.text()).toContain('quotes');
  await containers.row('link-to-file').click();
  await eventually(() => editor.text()).toContain('space');
  await containers.row('odd').collapse();
});

test('the hover of a container says what the engine says', async () => {
  const { containers } = bench();
  const text = await (await containers.row('web').hover('Image:')).text();
  const id = (await inspect('{{.Id}}')).slice(0, 12);
  const ip = await inspect('{{.NetworkSettings.Networks.backyard.IPAddress}}');
  expect(text).toContain(`Id:  ${id}`);
  expect(text).toContain('Image:  quay/web:1');
  expect(text).toContain('Command:  run-web');
  expect(text).toContain('Mount:  letters → /var/letters');
  expect(text).toContain(`Network:  backyard ${ip}`);
});

test('the hovers of an image, a volume and a network tell who uses them', async () => {
  const { images, volumes, networks } = bench();
  const image = await images.row('quay/web').hover('quay/web:1');
  expect(await image.text()).toContain('In use by:  web');
  await images.close();
  await volumes.open();
  const volume = await volumes.row('letters').hover('letters');
  expect(await volume.text()).toContain('In use by:  web');
  expect(await volume.text()).toContain('Size:  0 B');
  await volumes.close();
  await networks.open();
  const network = await networks.row('backyard').hover('backyard');
  expect(await network.text()).toContain('Containers:  web');
});

test('Open Shell gives a shell in the container', async () => {
  const { containers, terminal, engine } = bench();
  await containers.row('odd').chooseInMenu('Open Shell');
  await terminal.shows('#');
  await terminal.enter('echo "from $(hostname)" > /tmp/told; cat /tmp/told');
  await terminal.shows('from ');
  const hostname = (await engine.cli(['inspect', '--format={{.Config.Hostname}}', 'odd'])).trim();
  expect((await engine.cli(['exec', 'odd', 'cat', '/tmp/told'])).trim()).toBe(`from ${hostname}`);
});

test('Show Stats shows what a container uses, and saves it', async () => {
  const { containers, stats, quickInput, notifications, folder, page } = bench();
  await containers.row('web').chooseInMenu('Show Stats');
  await eventually(() => stats.numbers('web')).toEqual([
    expect.stringMatching(/^\d+\.\d\d %$/),
    expect.stringMatching(/^[\d.]+ [KM]iB \/ [\d.]+ GiB$/),
    expect.stringMatching(/^\d+\.\d\d %$/),
    expect.stringMatching(/^[\d.]+ k?B \/ [\d.]+ k?B$/),
    expect.stringContaining(' / '),
    expect.stringMatching(/^\d+$/),
  ]);
  await eventually(() => stats.values('Memory')).toEqual([
    expect.stringContaining(':'),
    expect.stringMatching(/^[\d.]+ [KM]iB$/),
  ]);
  await stats.press('Save as CSV…');
  await quickInput.asks('Save as CSV…');
  // What it suggests is in the workspace's folder; Enter counts once that was looked into.
  await page.locator('.quick-input-widget .monaco-list-row').first().waitFor();
  await page.keyboard.press('Enter');
  await notifications.with('Saved to Stats');
  const [file = ''] = readdirSync(folder).filter((name) => name.endsWith('.csv'));
  expect(readFileSync(join(folder, file), 'utf8')).toMatch(/^time,container,cpu_percent,.*\r\n.*,web,/);
});

test('a setting puts what runs uses into its row', async () => {
  const { containers, folder } = bench();
  // While its processes are shown, each drawing of its row would read them.
  await containers.row('web').collapse();
  mkdirSync(join(folder, '.vscode'));
  writeFileSync(join(folder, '.vscode', 'settings.json'), '{ "quayside.containers.showStats": true }');
  await eventually(() => containers.row('web').label()).toMatch(
    /^web, running, quay\/web:1, .*[\d.]+ [KM]iB$/,
  );
});
