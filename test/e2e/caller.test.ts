import { beforeEach, expect, test } from 'vitest';
import type { ApiAnswer } from './caller.ts';
import { useBench } from './bench.ts';
import { eventually } from './eventually.ts';
import { clear, containerNames, lines, run, stateOf } from './objects.ts';

const bench = useBench({ id: 'caller', withCaller: true });

const engineId = 'DOCKER_HOST';

beforeEach(async () => {
  const { engine, containers, notifications } = bench();
  await clear(engine);
  await notifications.clear();
  await run(engine, 'web', 'quay/web:1');
  await run(engine, 'side', 'quay/web:1');
  await containers.row('web').appears();
  await containers.row('side').appears();
});

const idOf = async (name: string): Promise<string> =>
  (await bench().engine.cli(['inspect', '--format={{.Id}}', name])).trim();
const state = (name: string): Promise<string> => stateOf(bench().engine, name);

test('by a name: done when the promise settles', async () => {
  await bench().caller.execute('quayside.container.stop', 'web');
  expect(await state('web')).toBe('exited');
  expect(await state('side')).toBe('running');
});

test('by an id, whole or the start of it', async () => {
  await bench().caller.execute('quayside.container.pause', await idOf('web'));
  expect(await state('web')).toBe('paused');
  await bench().caller.execute('quayside.container.unpause', (await idOf('web')).slice(0, 12));
  expect(await state('web')).toBe('running');
});

test('by engineId/kind/id', async () => {
  await bench().caller.execute('quayside.container.stop', `${engineId}/container/${await idOf('web')}`);
  expect(await state('web')).toBe('exited');
});

test('by a list', async () => {
  await bench().caller.execute('quayside.container.stop', ['web', await idOf('side')]);
  expect(await state('web')).toBe('exited');
  expect(await state('side')).toBe('exited');
});

test('removal asks, and does not with force', async () => {
  const { caller, dialog, engine } = bench();
  const asked = caller.execute('quayside.container.remove', 'side');
  expect(await dialog.message()).toContain('Remove side?');
  await dialog.press('Cancel');
  await asked;
  expect(await containerNames(engine)).toContain('side');
  await caller.execute('quayside.container.remove', 'side', { force: true });
  expect(await containerNames(engine)).toEqual(['web']);
});

test('a row far below is revealed, also in a view that begins with its first rows', async () => {
  const { caller, engine, volumes } = bench();
  const names = Array.from({ length: 130 }, (_, at) => `many-${String(at).padStart(3, '0')}`);
  const mounts = names.map((name) => `--volume=${name}:/${name}`);
  await engine.cli(['create', '--name', 'many', '--label', engine.label, ...mounts, 'quay/web:1']);
  const isSelected = (name: string) => volumes.row(name).element.getAttribute('aria-selected');
  for (const name of ['many-128', 'many-001', 'many-127']) {
    await caller.execute('quayside.volume.reveal', name);
    await eventually(() => isSelected(name)).toBe('true');
  }
  await volumes.close();
});

test('a name that nothing has rejects with a sentence, and shows nothing', async () => {
  const { caller, notifications } = bench();
  await expect(caller.execute('quayside.container.stop', 'nobody')).rejects.toThrow(
    /There is no container “nobody”/,
  );
  await expect(caller.execute('quayside.container.stop', ['web', 'nobody'])).rejects.toThrow(/“nobody”/);
  expect(await state('web')).toBe('running');
  expect(await notifications.texts()).toEqual([]);
});

test('what the engine refuses rejects with its reason', async () => {
  const { caller, engine } = bench();
  await engine.cli(['pause', 'web']);
  await bench().containers.row('web').appears();
  await expect(caller.execute('quayside.container.pause', 'web')).rejects.toThrow(
    /^Could not pause web: .*already paused/,
  );
});

test('the API tells the engines, their objects and every change', async () => {
  const { caller, engine } = bench();
  const before = await caller.api();
  expect(before.version).toBe(1);
  const [only] = before.engines;
  expect(before.engines).toHaveLength(1);
  expect(only).toMatchObject({ id: engineId, name: 'DOCKER_HOST', address: engine.host, phase: 'connected' });
  const listed = async (): Promise<readonly string[]> =>
    [
      ...lines(
        await engine.cli(['ps', '--all', '--no-trunc', '--format={{.ID}} {{.Names}} {{.Image}} {{.State}}']),
      ),
    ].sort();
  expect(told(before)).toEqual(await listed());
  await engine.cli(['stop', 'side']);
  await eventually(async () => told(await caller.api())).toEqual(await listed());
  expect((await caller.api()).changes).toBeGreaterThan(before.changes);
});

function told({ engines }: ApiAnswer): readonly string[] {
  return engines
    .flatMap(({ snapshot }) => snapshot.containers)
    .map(({ id, name, image, state: now }) => `${id} ${name} ${image} ${now}`)
    .sort();
}
