import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import {
  type Engine,
  pushImage,
  type Registry,
  type RegistryGate,
  startRegistry,
  startRegistryGate,
} from '../bed/bed.ts';
import { moveTag } from '../support/moveTag.ts';
import { useBench } from './bench.ts';
import { eventually } from './eventually.ts';
import { clear, namesOf } from './objects.ts';
import { runName } from './paths.ts';

/* Images that come from a registry and go to one, as a person moves them. */

const user = { name: 'anna', password: 'pä:ss wörd' };

const bench = useBench({ id: 'images' });
let open: Registry;
let closed: Registry;
let gate: RegistryGate;

beforeAll(async () => {
  open = await startRegistry({ name: runName, id: 'open' });
  closed = await startRegistry({ name: runName, id: 'closed', users: [user] });
  gate = await startRegistryGate(open);
  const { engine } = bench();
  await pushImage(engine, 'quay/tools:1', open, 'team/tools:1');
  await makeBigImage(engine);
}, 120_000);

afterAll(async () => {
  await gate.stop();
  await open.stop();
  await closed.stop();
});

beforeEach(async () => {
  const { engine, notifications } = bench();
  await clear(engine);
  await notifications.clear();
});

/** One whose layer is in the registry only: the engine has all layers of the bed's own images. */
async function makeBigImage(engine: Engine): Promise<void> {
  const write = ['dd', 'if=/dev/urandom', 'of=/noise', 'bs=1M', 'count=24'];
  await engine.cli(['run', '--name=maker', `--label=${engine.label}`, 'busybox', ...write]);
  await engine.cli(['commit', 'maker', 'big:1']);
  await engine.cli(['rm', 'maker']);
  await pushImage(engine, 'big:1', open, 'team/big:1');
  await engine.cli(['rmi', 'big:1']);
}

async function pull(names: string): Promise<void> {
  const { quickInput } = bench();
  await quickInput.runCommand('Images: Pull');
  await quickInput.asks('Pull which images?');
  await quickInput.enter(names);
}

test('Pull, from the palette, refuses what is no name and brings several images', async () => {
  const { quickInput, images, notifications, engine } = bench();
  await quickInput.runCommand('Images: Pull');
  await quickInput.type('Not/AName');
  await eventually(() => quickInput.options()).toEqual([
    expect.stringContaining('cannot be an image’s name'),
  ]);
  await quickInput.enter(`${open.address}/team/tools:1 ${gate.address}/team/big:1`);
  await images.row(`${open.address}/team/tools`).appears();
  await images.row(`${gate.address}/team/big`).appears();
  await notifications.with('Pulled 2 images.');
  expect(await namesOf(engine, 'image')).toContain(`${open.address}/team/tools:1`);
});

test('Pull, of a row, says that there is nothing new', async () => {
  const { images, notifications } = bench();
  await pull(`${open.address}/team/tools:1`);
  await notifications.with(`Pulled ${open.address}/team/tools:1.`);
  await images.row(`${open.address}/team/tools`).chooseInMenu('Pull');
  await notifications.with(`${open.address}/team/tools:1 is up to date.`);
});

test('a pull shows layers and bytes, and Cancel ends it on the engine too', async () => {
  const { notifications, engine } = bench();
  const before = gate.givenUp();
  const held = gate.hold();
  await pull(`${gate.address}/team/big:1`);
  await held;
  const title = `Pulling ${gate.address}/team/big:1`;
  await eventually(() => notifications.with(title)).toMatch(
    /\d of 2 layers · [\d.]+ (?:k?B )?of 2\d(?:\.\d)? MB/,
  );
  await notifications.press(title, 'Cancel');
  gate.release();
  await eventually(() => gate.givenUp()).toBeGreaterThan(before);
  expect(await namesOf(engine, 'image')).not.toContain(`${gate.address}/team/big:1`);
});

test('what is not there is said in a sentence; Retry brings it once it is', async () => {
  const { notifications, images, engine } = bench();
  await pull(`${open.address}/team/late:1`);
  const message = `${open.address} has no image of this name and tag.`;
  expect(await notifications.with(message)).toContain(`Could not pull ${open.address}/team/late:1`);
  await pushImage(engine, 'quay/tools:1', open, 'team/late:1');
  await notifications.press(message, 'Retry');
  await images.row(`${open.address}/team/late`).appears();
});

test('Tag and Push: the name is checked while it is typed, the registry’s question asked once', async () => {
  const { images, quickInput, notifications, engine } = bench();
  await engine.cli(['tag', 'quay/tools:1', 'mine:1']);
  await images.row('mine').chooseInMenu('Tag…');
  await quickInput.asks('New name for mine:1');
  await quickInput.type('mine:no spaces');
  await eventually(() => quickInput.message.innerText()).toContain('cannot be an image’s name');
  await quickInput.type('busybox');
  await eventually(() => quickInput.message.innerText()).toContain('Another image has this name now');
  await quickInput.enter(`${closed.address}/team/mine:1`);
  const row = images.row(`${closed.address}/team/mine`);
  await row.appears();

  await row.chooseInMenu('Push');
  await quickInput.asks(`User name at ${closed.address}`);
  await quickInput.enter(user.name);
  await quickInput.asks(`Password or access token of ${user.name} at ${closed.address}`);
  expect(await quickInput.isHidden()).toBe(true);
  await quickInput.enter(user.password);
  await quickInput.asks('Keep it in the editor’s secret storage');
  await quickInput.choose('Keep');
  await notifications.with(`Pushed ${closed.address}/team/mine:1.`);
  expect(await repositories()).toEqual(['team/mine']);

  await notifications.clear();
  await row.chooseInMenu('Push');
  await notifications.with(`Pushed ${closed.address}/team/mine:1.`);
});

test('Push, of a name that says no place, says what it needs', async () => {
  const { images, notifications, engine } = bench();
  await engine.cli(['tag', 'quay/tools:1', 'mine:1']);
  await images.row('mine').chooseInMenu('Push');
  expect(await notifications.with('does not say where to push')).toContain('The name mine:1');
});

test('Check for Newer Images marks the row whose registry has another image; Pull ends that', async () => {
  const { images, notifications, engine } = bench();
  await pushImage(engine, 'quay/tools:1', open, 'team/moving:1');
  await pushImage(engine, 'busybox', open, 'team/moving:2');
  await pull(`${open.address}/team/moving:1`);
  const row = images.row(`${open.address}/team/moving`);
  await row.appears();
  await moveTag(open.url, 'team/moving', '1', '2');
  await row.chooseInMenu('Check for Newer Images');
  await notifications.with('Newer images were found: 1 of 1.');
  await eventually(() => row.label()).toContain('update available');
  await row.chooseInMenu('Pull');
  await eventually(() => row.label()).not.toContain('update available');
});

test('Save writes an image to a file, and Load brings it back', async () => {
  const { images, notifications, quickInput, page, engine, folder } = bench();
  await engine.cli(['tag', 'quay/tools:1', 'kept:1']);
  const row = images.row('kept');
  await row.chooseInMenu('Save…');
  await quickInput.asks('Save kept:1');
  // What it suggests is in the workspace's folder; Enter counts once that was looked into.
  await page.locator('.quick-input-widget .monaco-list-row').first().waitFor();
  await page.keyboard.press('Enter');
  await notifications.with('Saved kept:1 to');
  expect(readdirSync(folder)).toContain('kept-1.tar');
  await engine.cli(['rmi', 'kept:1']);
  await row.disappears();
  await quickInput.runCommand('Images: Load…');
  await quickInput.asks('Load images from an archive');
  await quickInput.choose('kept-1.tar');
  await notifications.with('Loaded kept:1.');
  await row.appears();
});

async function repositories(): Promise<unknown> {
  const login = Buffer.from(`${user.name}:${user.password}`).toString('base64');
  const answer = await fetch(`${closed.url}/v2/_catalog`, { headers: { authorization: `Basic ${login}` } });
  return ((await answer.json()) as { readonly repositories: unknown }).repositories;
}
