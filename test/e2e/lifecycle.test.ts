import { beforeEach, describe, expect, test } from 'vitest';
import { useBench } from './bench.ts';
import { eventually } from './eventually.ts';
import { clear, containerNames, namesOf, run, stateOf } from './objects.ts';

const bench = useBench({ id: 'lifecycle' });

/** One container that runs and one that does not, the same for every test. */
beforeEach(async () => {
  const { engine, containers, notifications } = bench();
  await clear(engine);
  await notifications.clear();
  await run(engine, 'web', 'quay/web:1');
  await engine.cli(['create', '--name=idle', `--label=${engine.label}`, 'quay/tools:1']);
  await eventually(() => containers.labels()).toEqual([
    'idle, created, quay/tools:1',
    'web, running, quay/web:1',
  ]);
});

async function becomes(container: string, state: string): Promise<void> {
  const { engine } = bench();
  await eventually(() => stateOf(engine, container)).toBe(state);
}

describe('by the buttons of a row', () => {
  test('Start', async () => {
    await bench().containers.row('idle').pressButton('Start');
    await becomes('idle', 'running');
    await eventually(() => bench().containers.row('idle').label()).toBe('idle, running, quay/tools:1');
  });

  test('Stop', async () => {
    await bench().containers.row('web').pressButton('Stop');
    await becomes('web', 'exited');
    await eventually(() => bench().containers.row('web').label()).toBe('web, exited, quay/web:1');
  });

  test('Remove, of an image nobody uses', async () => {
    const { engine, images, dialog } = bench();
    await engine.cli(['tag', 'busybox:latest', 'spare:1']);
    await images.row('spare').pressButton('Remove…');
    expect(await dialog.message()).toBe('Remove spare:1?');
    expect(await dialog.detail()).toContain('only this tag');
    await dialog.press('Remove');
    await images.row('spare').disappears();
    expect(await namesOf(engine, 'image')).not.toContain('spare:1');
    expect(await namesOf(engine, 'image')).toContain('busybox:latest');
  });

  test('only what works in the state is offered', async () => {
    const { containers } = bench();
    const web = containers.row('web');
    await web.click();
    expect(await web.button('Stop').count()).toBe(1);
    expect(await web.button('Start').count()).toBe(0);
    const menu = await web.openMenu();
    expect(await menu.titles()).not.toContain('Unpause');
    await menu.close();
  });
});

describe('by the menu of a row', () => {
  test('Pause and Unpause', async () => {
    const { containers } = bench();
    await containers.row('web').chooseInMenu('Pause');
    await becomes('web', 'paused');
    await eventually(() => containers.row('web').label()).toBe('web, paused, quay/web:1');
    await containers.row('web').chooseInMenu('Unpause');
    await becomes('web', 'running');
  });

  test('Restart', async () => {
    const { containers, engine } = bench();
    const startedAt = (): Promise<string> => engine.cli(['inspect', '--format={{.State.StartedAt}}', 'web']);
    const before = await startedAt();
    await containers.row('web').chooseInMenu('Restart');
    await eventually(startedAt).not.toBe(before);
    await becomes('web', 'running');
  });

  test('Send Signal asks which one', async () => {
    const { containers, quickInput, engine } = bench();
    await containers.row('web').chooseInMenu('Send Signal…');
    await quickInput.asks('Which signal for web?');
    expect((await quickInput.choices())[0]).toBe('SIGKILL');
    await quickInput.choose('SIGKILL');
    await becomes('web', 'exited');
    expect((await engine.cli(['inspect', '--format={{.State.ExitCode}}', 'web'])).trim()).toBe('137');
  });
});

describe('what a container is', () => {
  test('becomes an image with Commit to Image; what it may use changes with Update Limits', async () => {
    const { containers, images, quickInput, notifications, engine } = bench();
    await engine.cli(['exec', 'web', 'touch', '/changed']);
    await containers.row('web').chooseInMenu('Commit to Image…');
    await quickInput.asks('Name of the image that is made of web');
    await quickInput.enter('shop:fixed');
    await quickInput.asks('What was done in web');
    await quickInput.enter('');
    await quickInput.asks('Who did it');
    await quickInput.enter('');
    await quickInput.asks('web runs');
    await quickInput.choose('Pause It Meanwhile');
    await notifications.with('The image shop:fixed is what web was just now.');
    await images.row('shop').appears();
    expect(await engine.cli(['run', '--rm', 'shop:fixed', 'ls', '/changed'])).toBe('/changed\n');
    await engine.cli(['rmi', 'shop:fixed']);
    await containers.row('web').chooseInMenu('Update Limits…');
    await quickInput.asks('Limits of web');
    await quickInput.choose('Memory, no limit');
    await quickInput.asks('Memory');
    await quickInput.enter('64m');
    await quickInput.asks('Limits of web');
    await quickInput.choose('Apply');
    await eventually(() =>
      engine.cli(['inspect', '--format={{.HostConfig.Memory}} {{.HostConfig.MemorySwap}}', 'web']),
    ).toBe('67108864 134217728\n');
  });
});

describe('by keys', () => {
  test('Ctrl+Alt+S starts, Ctrl+Alt+X stops', async () => {
    const { containers } = bench();
    await containers.row('idle').press('Control+Alt+s');
    await becomes('idle', 'running');
    await containers.row('web').press('Control+Alt+x');
    await becomes('web', 'exited');
  });

  test('Ctrl+Alt+P pauses, Ctrl+Alt+U goes on', async () => {
    const { containers, page } = bench();
    await containers.row('web').press('Control+Alt+p');
    await becomes('web', 'paused');
    await page.keyboard.press('Control+Alt+u');
    await becomes('web', 'running');
  });

  test('F2 renames, and refuses a name that is taken or none', async () => {
    const { containers, quickInput, engine } = bench();
    await containers.row('web').press('F2');
    await quickInput.asks('New name for web');
    await quickInput.type('idle');
    await eventually(() => quickInput.message.innerText()).toContain('Another container is called idle.');
    await quickInput.type('no spaces');
    await eventually(() => quickInput.message.innerText()).toContain('A name starts with a letter or digit');
    await quickInput.enter('shop-front');
    await containers.row('shop-front').appears();
    expect([...(await containerNames(engine))].sort()).toEqual(['idle', 'shop-front']);
  });

  test('Delete asks, naming what goes; Cancel keeps it', async () => {
    const { containers, dialog, engine } = bench();
    await containers.row('web').press('Delete');
    expect(await dialog.message()).toContain('Remove web?');
    expect(await dialog.detail()).toContain('web · running · quay/web:1');
    await dialog.press('Cancel');
    expect(await containerNames(engine)).toContain('web');
    await containers.row('web').press('Delete');
    await dialog.press('Remove');
    await containers.row('web').disappears();
    expect(await containerNames(engine)).toEqual(['idle']);
  });
});

describe('from the palette, with a picker', () => {
  test('Stop offers what runs, and stops what is ticked', async () => {
    const { quickInput, engine } = bench();
    await run(engine, 'second', 'quay/web:1');
    await bench().containers.row('second').appears();
    await quickInput.runCommand('Containers: Stop');
    await quickInput.asks('Stop which containers?');
    expect([...(await quickInput.choices())].sort()).toEqual(['second', 'web']);
    await quickInput.chooseAll(['web', 'second']);
    await becomes('web', 'exited');
    await becomes('second', 'exited');
  });

  test('Start', async () => {
    const { quickInput } = bench();
    await quickInput.runCommand('Containers: Start');
    await quickInput.asks('Start which containers?');
    expect(await quickInput.choices()).toEqual(['idle']);
    await quickInput.chooseAll(['idle']);
    await becomes('idle', 'running');
  });

  test('Rename', async () => {
    const { quickInput, engine } = bench();
    await quickInput.runCommand('Containers: Rename…');
    await quickInput.choose('idle');
    await quickInput.asks('New name for idle');
    await quickInput.enter('spare');
    await eventually(() => containerNames(engine)).toContain('spare');
  });

  test('Remove', async () => {
    const { quickInput, dialog, engine } = bench();
    await quickInput.runCommand('Containers: Remove…');
    await quickInput.chooseAll(['idle', 'web']);
    expect(await dialog.message()).toContain('Remove 2 containers?');
    expect(await dialog.detail()).toContain('idle · created · quay/tools:1');
    expect(await dialog.detail()).toContain('web · running · quay/web:1');
    await dialog.press('Remove');
    await eventually(() => containerNames(engine)).toEqual([]);
  });

  test('nothing to choose from is said, not shown as an empty list', async () => {
    const { quickInput, notifications } = bench();
    await quickInput.runCommand('Containers: Unpause');
    await notifications.with('There is nothing to choose from');
  });
});
