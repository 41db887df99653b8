import { beforeAll, expect, test } from 'vitest';
import { runFolder, startComposeProject, waitFor } from '../bed/bed.ts';
import { useBench } from './bench.ts';
import { eventually } from './eventually.ts';
import { run } from './objects.ts';
import { runName } from './paths.ts';

/** The project's own folder is open, so that its containers are those of this workspace. */
const bench = useBench({ id: 'arrange', folder: runFolder(runName, 'shop') }, async (engine) => {
  await startComposeProject(engine);
  await run(engine, 'ant', 'quay/tools:1', ['--label', 'team=red']);
  await engine.cli(['stop', '--time=1', 'ant']);
  // The engine's list tells ages in whole seconds: the next one is to be younger there, too.
  const second = (): number => Math.floor(Date.now() / 1000);
  const made = second();
  await waitFor({ what: 'the next second', deadlineMs: 5000 }, () => second() > made);
  await run(engine, 'zoo', 'quay/web:1', ['--label', 'team=blue']);
});

beforeAll(async () => {
  const { containers } = bench();
  await containers.row('zoo').appears();
});

const shown = (): Promise<readonly string[]> => bench().containers.names();
const shop = ['shop', 'api ×2', 'migrate', 'web', 'worker'];
const everything = [...shop, 'others', 'ant', 'zoo'];

test('a filter keeps what has the text in its name, image or label', async () => {
  const { containers, quickInput } = bench();
  await eventually(shown).toEqual(everything);
  await containers.press('Filter…');
  await quickInput.enter('zo');
  await eventually(shown).toEqual(['zoo']);
  await eventually(() => containers.description.innerText()).toBe('“zo”');
  // The heading's buttons follow a little later, and take an open menu away as they change.
  await containers.button('Clear Filter').waitFor();
  await containers.chooseInMenu('Filter…');
  await quickInput.enter('team=red');
  await eventually(shown).toEqual(['ant']);
  await containers.chooseInMenu('Filter…');
  await quickInput.enter('quay/logger');
  await eventually(shown).toEqual(['shop', 'worker']);
});

test('what matches nothing says so and offers the way back', async () => {
  const { containers, quickInput } = bench();
  await containers.chooseInMenu('Filter…');
  await quickInput.enter('no such thing');
  await containers.welcome.filter({ hasText: 'Nothing here matches the filter.' }).waitFor();
  await containers.welcome.getByRole('button', { name: 'Clear Filter' }).click();
  await eventually(shown).toEqual(everything);
});

test('the button in the heading clears a filter', async () => {
  const { containers, quickInput } = bench();
  await containers.press('Filter…');
  await quickInput.enter('zoo');
  await eventually(shown).toEqual(['zoo']);
  await containers.press('Clear Filter');
  await eventually(shown).toEqual(everything);
});

test('only what runs, or all', async () => {
  const { containers } = bench();
  await containers.press('Show Running Only');
  await eventually(shown).toEqual(['shop', 'api ×2', 'web', 'worker', 'others', 'zoo']);
  await eventually(() => containers.description.innerText()).toBe('running only');
  await containers.press('Show Stopped Too');
  await eventually(shown).toEqual(everything);
});

test('only what belongs to the open folder, or all', async () => {
  const { containers } = bench();
  await containers.chooseInMenu('Show This Workspace Only');
  await eventually(shown).toEqual(shop);
  await containers.chooseInMenu('Show Other Workspaces Too');
  await eventually(shown).toEqual(everything);
});

test('groups by image, label and not at all', async () => {
  const { containers, quickInput } = bench();
  const group = async (by: string): Promise<void> => {
    await containers.press('Group By…');
    await quickInput.choose(by);
  };
  await group('Image');
  await eventually(shown).toEqual([
    'quay/health:1',
    'shop-api-1',
    'shop-api-2',
    'quay/hello:1',
    'shop-migrate-1',
    'quay/logger:1',
    'shop-worker-1',
    'quay/tools:1',
    'ant',
    'quay/web:1',
    'shop-web-1',
    'zoo',
  ]);
  await group('Label…');
  await quickInput.asks('Group by the value of which label?');
  await quickInput.choose('team');
  const rest = ['others', 'shop-api-1', 'shop-api-2', 'shop-migrate-1', 'shop-web-1', 'shop-worker-1'];
  await eventually(shown).toEqual(['blue', 'zoo', 'red', 'ant', ...rest]);
  await group('Nothing: one flat list');
  await eventually(shown).toEqual(['ant', ...rest.slice(1), 'zoo']);
});

test('sorts by name, age and state', async () => {
  const { containers, quickInput } = bench();
  const sort = async (by: string): Promise<void> => {
    await containers.chooseInMenu('Sort By…');
    await quickInput.choose(by);
  };
  await sort('Newest first');
  await eventually(async () => (await shown()).slice(0, 2)).toEqual(['zoo', 'ant']);
  await sort('State');
  await eventually(async () => (await shown()).slice(0, 2)).toEqual(['ant', 'shop-migrate-1']);
  await sort('Name');
  await eventually(async () => (await shown()).at(-1)).toBe('zoo');
});

test('a reload of the window changes nothing of all this', async () => {
  const { containers, quickInput, images } = bench();
  await containers.press('Group By…');
  await quickInput.choose('Compose project');
  await containers.row('shop').collapse();
  await containers.chooseInMenu('Sort By…');
  await quickInput.choose('Newest first');
  await containers.press('Show Running Only');
  await images.close();
  await eventually(shown).toEqual(['shop', 'others', 'zoo']);
  await bench().reload();
  await containers.row('zoo').appears();
  await eventually(shown).toEqual(['shop', 'others', 'zoo']);
  expect(await containers.description.innerText()).toBe('running only');
  await containers.press('Show Stopped Too');
  // Newest first, not by name.
  await eventually(shown).toEqual(['shop', 'others', 'zoo', 'ant']);
});
