import { beforeEach, expect, test } from 'vitest';
import { useBench } from './bench.ts';
import { eventually } from './eventually.ts';
import { clear, containerNames, run, stateOf } from './objects.ts';

const bench = useBench({ id: 'selection' });

const names = ['alpha', 'beta', 'delta', 'gamma'];

beforeEach(async () => {
  const { engine, containers, notifications } = bench();
  await clear(engine);
  await notifications.clear();
  await Promise.all(names.map((name) => run(engine, name, 'quay/tools:1')));
  await eventually(() => containers.labels()).toEqual(names.map((name) => `${name}, running, quay/tools:1`));
});

async function states(): Promise<readonly string[]> {
  return Promise.all(names.map((name) => stateOf(bench().engine, name)));
}

test('Ctrl+click picks single rows: one key stops them all and no other', async () => {
  const { containers, page } = bench();
  await containers.row('alpha').click();
  await containers.row('gamma').click(['Control']);
  await page.keyboard.press('Control+Alt+x');
  await eventually(states).toEqual(['exited', 'running', 'running', 'exited']);
});

test('Shift+click picks a range: its menu acts on all of it', async () => {
  const { containers } = bench();
  await containers.row('beta').click(['Control']);
  await containers.row('gamma').click(['Shift']);
  await containers.row('delta').chooseInMenu('Stop');
  await eventually(states).toEqual(['running', 'exited', 'exited', 'exited']);
});

test('Delete on several asks once, names each, and removes these', async () => {
  const { containers, dialog, engine, page } = bench();
  await containers.row('beta').click(['Control']);
  await containers.row('delta').click(['Control']);
  await page.keyboard.press('Delete');
  expect(await dialog.message()).toContain('Remove 2 containers?');
  expect(await dialog.detail()).toContain('beta · running');
  expect(await dialog.detail()).toContain('delta · running');
  await dialog.press('Remove');
  await containers.row('delta').disappears();
  expect([...(await containerNames(engine))].sort()).toEqual(['alpha', 'gamma']);
});

test('one that fails is named with its reason, in one notification, and the others are done', async () => {
  const { containers, dialog, notifications, engine, page } = bench();
  await containers.row('alpha').click(['Control']);
  await containers.row('beta').click(['Control']);
  await page.keyboard.press('Delete');
  expect(await dialog.message()).toContain('Remove 2 containers?');
  // While the user reads the question, somebody else is quicker.
  await engine.cli(['rm', '--force', 'beta']);
  await containers.row('beta').disappears();
  await dialog.press('Remove');
  const told = await notifications.with('Could not remove beta');
  expect(told).toMatch(/No such container/);
  expect(told).toContain('1 of 2 done.');
  expect(await notifications.texts()).toHaveLength(1);
  await eventually(() => containerNames(engine)).not.toContain('alpha');
});
