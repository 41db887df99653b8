import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { useBench } from './bench.ts';
import { eventually } from './eventually.ts';
import { run } from './objects.ts';

const bench = useBench({ id: 'files', withCaller: true }, async (engine) => {
  await run(engine, 'odd', 'quay/tools:1');
  await run(engine, 'bare', 'quay/noshell:1');
  const note = join(mkdtempSync(join(tmpdir(), 'quayside-note-')), 'note.txt');
  writeFileSync(note, 'a note\n');
  await engine.cli(['cp', note, 'bare:/note.txt']);
  rmSync(dirname(note), { recursive: true });
  await engine.cli(['volume', 'create', '--label', engine.label, 'letters']);
});

test('a file of a running container is edited and saved in it, but not over what changed meanwhile', async () => {
  const { containers, editor, engine, notifications, page } = bench();
  const path = '/data/odd names/quote\'s "two".txt';
  await containers.row('odd').expand();
  await containers.row('Files').expand();
  await containers.row('data').expand();
  await containers.row('odd names').expand();
  await containers.row('quote\'s "two".txt').click();
  await eventually(() => editor.text()).toContain('quotes');
  await editor.type('edited ');
  await page.keyboard.press('Control+S');
  await eventually(() => engine.cli(['exec', 'odd', 'cat', path])).toBe('quotes\nedited ');
  await engine.cli(['exec', '--interactive', 'odd', 'tee', path], { input: 'theirs\n' });
  await editor.type('mine');
  await page.keyboard.press('Control+S');
  await notifications.with('The content of the file is newer');
  expect(await engine.cli(['exec', 'odd', 'cat', path])).toBe('theirs\n');
  await notifications.clear();
  await containers.row('odd').collapse();
});

test('so is one of a container without a shell', async () => {
  const { containers, editor, engine, page } = bench();
  await containers.row('bare').expand();
  await containers.row('Files').expand();
  await containers.row('note.txt').click();
  await eventually(() => editor.text()).toContain('a note');
  await editor.type('saved from outside');
  await page.keyboard.press('Control+S');
  await eventually(() => engine.cli(['cp', 'bare:/note.txt', '-'])).toContain('a note\nsaved from outside');
  await containers.row('bare').collapse();
});

test('a folder goes up and comes down as it was', async () => {
  const { caller, engine, folder } = bench();
  const source = join(folder, 'up');
  const content = Buffer.from([0, 1, 2, 255]);
  mkdirSync(join(source, 'deep'), { recursive: true });
  writeFileSync(join(source, 'deep', 'a b.bin'), content);
  const id = (await engine.cli(['inspect', '--format={{.Id}}', 'odd'])).trim();
  const files = `DOCKER_HOST/container/${id}#files`;
  await caller.execute('quayside.files.upload', `${files}/data/numbers/`, { paths: [source] });
  expect(await engine.cli(['exec', 'odd', 'od', '-An', '-tx1', '/data/numbers/up/deep/a b.bin'])).toContain(
    '00 01 02 ff',
  );
  rmSync(source, { recursive: true });
  await caller.execute('quayside.files.download', `${files}/data/numbers/up`, { path: folder });
  expect(readFileSync(join(source, 'deep', 'a b.bin')).equals(content)).toBe(true);
});

test('a volume is browsed, and a file made in it', async () => {
  const { volumes, quickInput, engine, page } = bench();
  await volumes.open();
  await volumes.row('letters').chooseInMenu('New File…');
  await quickInput.asks('Name of the new file');
  await page.keyboard.type('hello.txt');
  await page.keyboard.press('Enter');
  await volumes.row('letters').expand();
  await volumes.row('hello.txt').appears();
  expect(await engine.cli(['run', '--rm', '--volume=letters:/v', 'busybox', 'ls', '/v'])).toBe('hello.txt\n');
});
