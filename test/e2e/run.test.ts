import { beforeEach, expect, test } from 'vitest';
import { useBench } from './bench.ts';
import { eventually } from './eventually.ts';
import { clear, containerNames, lines, run, stateOf } from './objects.ts';

/* Containers made by a click, in a terminal, by the form, and in the place of others. */

const bench = useBench({ id: 'run' });

beforeEach(async () => {
  const { engine, editor, notifications } = bench();
  await clear(engine);
  await notifications.clear();
  await editor.closeAll();
});

async function inspected(container: string, format: string): Promise<string> {
  return (await bench().engine.cli(['inspect', '--type=container', `--format=${format}`, container])).trim();
}

test('Run, of a row, runs the image with what it exposes published on this machine', async () => {
  const { engine, images, notifications } = bench();
  await images.row('quay/web').pressButton('Run');
  const told = await notifications.with('quay/web:1 runs as');
  const [name = ''] = await containerNames(engine);
  expect(told).toBe(`quay/web:1 runs as ${name}.`);
  expect(await stateOf(engine, name)).toBe('running');
  const address = '{{(index (index .NetworkSettings.Ports "8080/tcp") 0).HostIp}}';
  expect(await inspected(name, address)).toBe('127.0.0.1');
});

test('Run Interactively opens a terminal at a container that goes at its end', async () => {
  const { engine, images, terminal } = bench();
  await images.row('busybox').chooseInMenu('Run Interactively');
  await terminal.shows('/ #');
  await terminal.enter('echo sum-$((40+2))');
  await terminal.shows('sum-42');
  await terminal.enter('exit 3');
  await terminal.shows('busybox:latest ended with exit code 3.');
  await terminal.leave();
  await eventually(() => containerNames(engine)).toEqual([]);
});

test('Run Interactively has its terminal again after a reload, and closing that ends the container', async () => {
  const { engine, images, terminal, quickInput } = bench();
  await images.row('busybox').chooseInMenu('Run Interactively');
  await terminal.shows('/ #');
  await terminal.enter('kept=40; echo has-$kept');
  await terminal.shows('has-40');
  await bench().reload();
  await terminal.shows('busybox:latest went on while the window was closed.');
  await terminal.enter('echo sum-$((kept+2))');
  await terminal.shows('sum-42');
  expect(await containerNames(engine)).toHaveLength(1);
  await quickInput.runCommand('Terminal: Kill the Active Terminal Instance');
  await eventually(() => containerNames(engine)).toEqual([]);
});

test('the form is filled in from a line, is there after a reload, and runs', async () => {
  const { engine, quickInput, runForm, logs, containers } = bench();
  await quickInput.runCommand('Containers: Run with Options…');
  await runForm.isOpen('Run a Container');
  await runForm.takeLine(
    `docker run --name shop -e 'GREETING=two words' -p 127.0.0.1::8080 --memory 64m --gpus all quay/web:1`,
  );
  await eventually(() => runForm.field('Image').inputValue()).toBe('quay/web:1');
  const line = `docker run -d --name shop -p 127.0.0.1::8080 -e 'GREETING=two words' --memory 64m quay/web:1`;
  await eventually(() => runForm.line.innerText()).toBe(line);
  await bench().reload();
  await runForm.isOpen('Run a Container');
  await eventually(() => runForm.line.innerText()).toBe(line);
  await runForm.press('Run');
  await logs.isOpen('shop');
  await containers.row('shop').appears();
  expect(await stateOf(engine, 'shop')).toBe('running');
  expect(lines(await inspected('shop', '{{range .Config.Env}}{{println .}}{{end}}'))).toContain(
    'GREETING=two words',
  );
  expect(await inspected('shop', '{{.HostConfig.Memory}}')).toBe(String(64 * 1024 * 1024));
});

test('Edit and Recreate keeps the old one until the new one runs', async () => {
  const { engine, containers, runForm, logs } = bench();
  const id = await run(engine, 'web', 'quay/tools:1', ['-v', '/scratch', '-e', 'A=1']);
  await engine.cli(['exec', 'web', 'sh', '-c', 'echo kept > /scratch/file']);
  await containers.row('web').chooseInMenu('Edit and Recreate…');
  await runForm.isOpen('Edit and Recreate web');
  await runForm.field('Command').fill('/no/such/program');
  await runForm.press('Recreate and Start');
  await eventually(() => runForm.problems.allInnerTexts()).toEqual([
    expect.stringContaining('There is no program “/no/such/program” in the image.') as string,
  ]);
  expect(await containerNames(engine)).toEqual(['web']);
  expect(await inspected('web', '{{.Id}} {{.State.Status}}')).toBe(`${id} running`);

  await runForm.field('Command').fill('');
  await runForm.press('Add Variable');
  const row = runForm.rows('Environment').last();
  await row.getByRole('textbox', { name: 'Name' }).fill('B');
  await row.getByRole('textbox', { name: 'Value' }).fill('2');
  await runForm.press('Recreate and Start');
  await logs.isOpen('web');
  expect(await containerNames(engine)).toEqual(['web']);
  expect(await inspected('web', '{{.Id}}')).not.toBe(id);
  const env = lines(await inspected('web', '{{range .Config.Env}}{{println .}}{{end}}'));
  expect(env).toEqual(expect.arrayContaining(['A=1', 'B=2']));
  expect(await engine.cli(['exec', 'web', 'cat', '/scratch/file'])).toBe('kept\n');
});
