import { expect, test } from 'vitest';
import { importImage } from '../../../src/commands/image/import.ts';
import { loadImages } from '../../../src/commands/image/load.ts';
import { saveImages } from '../../../src/commands/image/save.ts';
import { EngineError } from '../../../src/model/engineError.ts';
import { ImageArchiveError } from '../../../src/model/imageArchiveError.ts';
import { image } from '../../support/builders.ts';
import { settle } from '../../support/fakeClock.ts';
import { FakeEditor } from '../../support/fakeDeps.ts';
import { FakeEngine } from '../../support/fakeEngine.ts';

const never = new AbortController().signal;
const rowOf = (tag: string, engine = 'default'): string => `${engine}/image/${tag}`;

interface Stage {
  readonly editor: FakeEditor;
  readonly engine: FakeEngine;
}

async function stage(): Promise<Stage> {
  const editor = new FakeEditor();
  const engine = new FakeEngine({ image: [image('a', ['team/a:1']), image('b', ['b:1'])] });
  engine.exports = new Map([
    ['team/a:1', [new Uint8Array(1500)]],
    ['b:1', [new Uint8Array(500)]],
  ]);
  const { store } = await editor.add(engine);
  store.attend('image');
  await settle();
  return { editor, engine };
}

const movesOf = ({ calls }: FakeEngine): readonly string[] =>
  calls.filter((call) => /^(export|load|import)/.test(call));

test('save writes the selected images into one file, and tells the bytes', async () => {
  const { editor, engine } = await stage();
  editor.chosenFile = '/w/two.tar';
  await saveImages.run(editor.deps, never, [rowOf('team/a:1'), [rowOf('team/a:1'), rowOf('b:1')]]);
  expect(editor.inputs).toEqual(['Save 2 images (team-a-1.tar)']);
  expect(movesOf(engine)).toEqual(['export team/a:1 b:1']);
  expect([...editor.written]).toEqual([['/w/two.tar', 2000]]);
  expect(editor.progress).toEqual(['Saving 2 images']);
  expect(editor.reported[0]).toBe('1.5 kB');
  expect(editor.told).toEqual(['Saved 2 images to /w/two.tar: 2 kB.']);
});

test('save does nothing when nobody says where, and asks no caller who does', async () => {
  const { editor, engine } = await stage();
  await saveImages.run(editor.deps, never, [rowOf('b:1')]);
  expect(movesOf(engine)).toEqual([]);
  await saveImages.run(editor.deps, never, ['b:1', { path: '/w/b.tar' }]);
  expect([...editor.written]).toEqual([['/w/b.tar', 500]]);
  expect(editor.told).toEqual([]);
});

test('save refuses images of several engines', async () => {
  const { editor } = await stage();
  const other = await editor.add(new FakeEngine({ image: [image('c', ['c:1'])] }), { name: 'other' });
  other.store.attend('image');
  await settle();
  await expect(
    saveImages.run(editor.deps, never, [rowOf('b:1'), [rowOf('b:1'), rowOf('c:1', 'other')]]),
  ).rejects.toThrow('Save those of each by themselves.');
});

test('a full disk is one sentence with a next step; what is cancelled is silent', async () => {
  const { editor, engine } = await stage();
  editor.isDiskFull = true;
  await expect(saveImages.run(editor.deps, never, ['b:1', { path: '/w/b.tar' }])).rejects.toThrow(
    'Could not save b:1: the disk of /w/b.tar is full. Make room, or choose another place.',
  );
  editor.isDiskFull = false;
  engine.fail('rest of export', new EngineError('cancelled', 'cancelled'));
  await saveImages.run(editor.deps, never, [rowOf('b:1')]);
  expect(editor.told).toEqual([]);
  expect(editor.written.size).toBe(0);
});

test('load says which images came, and how far it is', async () => {
  const { editor, engine } = await stage();
  editor.files.set('/w/some.tar', 'a:1 b:2');
  editor.chosenFile = '/w/some.tar';
  await loadImages.run(editor.deps, never, []);
  expect(movesOf(engine)).toEqual(['load a:1 b:2']);
  expect(editor.reported).toEqual(['7 of 7 B']);
  expect(editor.fractions).toEqual([1]);
  expect(editor.told).toEqual(['Loaded a:1, b:2.']);
});

test('load names five at most, and the file that failed', async () => {
  const { editor, engine } = await stage();
  editor.files.set('/w/many.tar', '1 2 3 4 5 6 7');
  editor.chosenFile = '/w/many.tar';
  await loadImages.run(editor.deps, never, []);
  expect(editor.told).toEqual(['Loaded 1, 2, 3, 4, 5 and 2 more.']);
  engine.fail('load', new ImageArchiveError('truncated', 'unexpected EOF'));
  await expect(loadImages.run(editor.deps, never, ['/w/many.tar'])).rejects.toThrow(
    'Could not load many.tar: the file ends too early. Save or download it again.',
  );
  await expect(loadImages.run(editor.deps, never, ['/w/none.tar'])).rejects.toThrow(
    'Could not load none.tar: there is no /w/none.tar.',
  );
});

test('import asks for a name, refuses what is none, and makes the image', async () => {
  const { editor, engine } = await stage();
  editor.files.set('/w/root.tar', 'root');
  editor.chosenFile = '/w/root.tar';
  const problems: (string | undefined)[] = [];
  editor.answers = {
    input: (problem) => {
      problems.push(problem('No/Name'), problem(`a@sha256:${'0'.repeat(64)}`), problem('mine:1'));
      return 'mine:1';
    },
  };
  await importImage.run(editor.deps, never, []);
  expect(problems).toEqual([
    expect.stringContaining('cannot be an image’s name'),
    'A digest follows from the content; a name has a tag alone.',
    undefined,
  ]);
  expect(movesOf(engine)).toEqual(['import root as mine:1']);
  expect(editor.told).toEqual(['Imported mine:1.']);
});

test('import takes both from a caller', async () => {
  const { editor, engine } = await stage();
  editor.files.set('/w/root.tar', 'root');
  await importImage.run(editor.deps, never, ['/w/root.tar', { name: 'mine' }]);
  expect(movesOf(engine)).toEqual(['import root as mine:latest']);
  await expect(importImage.run(editor.deps, never, ['/w/root.tar', { name: 'No' }])).rejects.toThrow(
    'cannot be an image’s name',
  );
});
