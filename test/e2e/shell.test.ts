import { expect, test } from 'vitest';
import { useBench } from './bench.ts';
import { eventually } from './eventually.ts';
import { containerNames, run, stateOf } from './objects.ts';

const bench = useBench({ id: 'shell' }, async (engine) => {
  await run(engine, 'web', 'quay/tools:1');
  await run(engine, 'bare', 'quay/noshell:1');
  await run(engine, 'parrot', 'busybox', ['--interactive', '--tty']);
});

test('a shell answers, has the size of its terminal, and says its exit code', async () => {
  const { containers, engine, terminal, page } = bench();
  await containers.row('web').pressButton('Open Shell');
  await terminal.shows('/data #');
  await terminal.enter('echo "grün-$((40+2))-容器"');
  await terminal.shows('grün-42-容器');
  // The engine's own view of the terminal that the shell has.
  const columns = async (): Promise<number> =>
    Number((await engine.cli(['exec', 'web', 'sh', '-c', 'stty size < /dev/pts/0'])).trim().split(' ')[1]);
  const before = await columns();
  await page.setViewportSize({ width: 900, height: 1500 });
  await eventually(columns).toBeLessThan(before);
  await terminal.enter('exit 3');
  await terminal.shows('The shell ended with exit code 3.');
  await page.keyboard.press('Enter');
  await terminal.shows('#');
});

test('a shell whose container stops says so, and starts it again with Enter', async () => {
  const { engine, terminal, page } = bench();
  await terminal.enter('clear');
  await engine.cli(['stop', '--time=0', 'web']);
  await terminal.shows('web has stopped');
  await page.keyboard.press('Enter');
  await terminal.shows('/data #');
  expect(await stateOf(engine, 'web')).toBe('running');
  await engine.cli(['pause', 'web']);
  await terminal.shows('web is paused');
  await page.keyboard.press('Enter');
  await eventually(() => stateOf(engine, 'web')).toBe('running');
  await terminal.enter('clear; echo on-$((1+1))');
  await terminal.shows('on-2');
});

test('where there is no shell, one of another image is offered, and goes with its terminal', async () => {
  const { containers, engine, terminal, quickInput, page } = bench();
  await containers.row('bare').pressButton('Open Shell');
  await terminal.shows('There is no shell in bare');
  await page.keyboard.press('d');
  await quickInput.asks('Take the shell for bare from which image?');
  await quickInput.choose('busybox:latest');
  await terminal.shows('A shell of busybox:latest beside bare');
  await terminal.enter('clear; ls -l /proc/1/exe');
  await terminal.shows('/sleep');
  await terminal.enter('exit');
  await eventually(() => containerNames(engine)).toEqual(
    expect.not.arrayContaining([expect.stringMatching('_')]),
  );
});

test('attached to its main process, a container runs on when it is left', async () => {
  const { containers, engine, terminal, page } = bench();
  await containers.row('parrot').chooseInMenu('Attach');
  // What it says at its top, the process may draw over.
  await terminal.isActive('parrot');
  await terminal.enter('echo sum-$((40+2))');
  await terminal.shows('sum-42');
  await page.keyboard.press('Control+P');
  await page.keyboard.press('Control+Q');
  await terminal.isGone('parrot');
  expect(await stateOf(engine, 'parrot')).toBe('running');
});

test('a new terminal can be a shell in a container, by its profile', async () => {
  const { terminal, quickInput, page } = bench();
  await quickInput.runCommand('Create New Terminal (With Profile)');
  await page.getByPlaceholder('Select the terminal profile to create').waitFor();
  await quickInput.enter('Container Shell');
  await quickInput.asks('Open a shell in which container?');
  await quickInput.choose('parrot');
  await terminal.shows('/ #');
});

test('what has changed since the image is a tree, and compared with the image', async () => {
  const { containers, engine, editor, quickInput } = bench();
  await engine.cli([
    'exec',
    'web',
    'sh',
    '-c',
    'echo mine >> /etc/passwd; mkdir -p /srv/new; echo a > /srv/new/file',
  ]);
  await engine.cli(['exec', 'web', 'rm', '/data/tool-1.bin']);
  await engine.cli(['stop', '--time=0', 'web']);
  await quickInput.runCommand('Containers: Show Changes');
  await quickInput.choose('web');
  await containers.row('srv/new').expand();
  await containers.row('file').appears();
  expect(await containers.row('file').label()).toBe('file, added');
  await containers.row('etc').expand();
  await containers.row('passwd').click();
  await editor.isActive('passwd (quay/tools:1 ↔ web)');
  await eventually(() => editor.inserted()).toContain('mine');
  await containers.row('data').expand();
  await containers.row('tool-1.bin').click();
  await editor.isActive('tool-1.bin');
  await eventually(() => editor.text()).toContain('This file is not text. It has 20000 bytes');
  expect(await containerNames(engine)).toEqual(expect.not.arrayContaining([expect.stringMatching('_')]));
});
