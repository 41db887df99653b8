import { describe, expect, test } from 'vitest';
import { compareImages } from '../../../src/commands/image/compare.ts';
import { openImageLayers } from '../../../src/commands/image/layers.ts';
import { actOnLayers } from '../../../src/commands/layers/menu.ts';
import { runVerb } from '../../../src/commands/runVerb.ts';
import type { Verb } from '../../../src/commands/verb.ts';
import { image, longId } from '../../support/builders.ts';
import { FakeEditor } from '../../support/fakeDeps.ts';
import { FakeEngine } from '../../support/fakeEngine.ts';

const never = new AbortController().signal;

const images = [
  image('new', ['shop/web:2'], { createdAt: 200 }),
  image('old', ['shop/web:1', 'shop/web:latest'], { createdAt: 100 }),
  image('db', ['db:1'], { createdAt: 300 }),
];

async function open(): Promise<FakeEditor> {
  const editor = new FakeEditor();
  await editor.add(new FakeEngine({ image: images }));
  return editor;
}

const run = (editor: FakeEditor, verb: Verb<'image'>, ...names: readonly string[]): Promise<void> =>
  runVerb(editor.deps, verb, { origin: 'caller', names, options: { force: false } }, never);

const refOf = (word: string): string =>
  `default/image/${images.find(({ id }) => id.includes(longId(word)))?.id ?? ''}`;

describe('layers', () => {
  test('are those of the image that has the name now', async () => {
    const editor = await open();
    await run(editor, openImageLayers, 'shop/web:1', 'db:1');
    expect(editor.opened).toEqual([`layers ${refOf('old')} shop/web:1`, `layers ${refOf('db')} db:1`]);
  });

  test('a command of their menu is for the panel in front', async () => {
    const editor = await open();
    await actOnLayers('copyPath').run(editor.deps, never, [{ path: 'x' }]);
    expect(editor.opened).toEqual(['layers copyPath']);
  });
});

describe('two images', () => {
  test('are compared, the older one first', async () => {
    const editor = await open();
    await run(editor, compareImages, 'shop/web:2', 'shop/web:1');
    expect(editor.opened).toEqual([`layers ${refOf('old')} shop/web:1 | ${refOf('new')} shop/web:2`]);
  });

  test('are one, and one that is asked for: those of the same repository come first', async () => {
    const editor = await open();
    editor.answers = { pick: () => [0] };
    await run(editor, compareImages, 'shop/web:1');
    expect(editor.picks).toEqual([{ title: 'Compare shop/web:1 with …', labels: ['shop/web:2', 'db:1'] }]);
    expect(editor.opened).toEqual([`layers ${refOf('old')} shop/web:1 | ${refOf('new')} shop/web:2`]);
  });

  test('or none, when the user turned away', async () => {
    const editor = await open();
    editor.answers = { pick: () => undefined };
    await run(editor, compareImages, 'shop/web:1');
    expect(editor.opened).toEqual([]);
  });

  test.each([
    [['shop/web:1', 'shop/web:latest'], 'are the same image'],
    [['shop/web:1', 'shop/web:2', 'db:1'], 'Choose two images'],
  ])('have to be two: %j', async (names, said) => {
    const editor = await open();
    await expect(run(editor, compareImages, ...names)).rejects.toThrow(said);
  });

  test('have to be of one engine, which has to have another one', async () => {
    const editor = await open();
    await editor.add(new FakeEngine({ image: [image('far', ['far:1'])] }), {
      name: 'lab',
      address: 'tcp://lab:2376',
    });
    await expect(run(editor, compareImages, 'db:1', 'far:1')).rejects.toThrow('different engines');
    await expect(run(editor, compareImages, 'far:1')).rejects.toThrow('no other image');
  });
});
