import { describe, expect, test } from 'vitest';
import { revealContainer } from '../../../src/commands/container/reveal.ts';
import { copyImageDigest } from '../../../src/commands/image/copyDigest.ts';
import { showImageHistory } from '../../../src/commands/image/history.ts';
import { runVerb } from '../../../src/commands/runVerb.ts';
import type { Verb } from '../../../src/commands/verb.ts';
import { EngineError } from '../../../src/model/engineError.ts';
import type { ObjectKind } from '../../../src/model/identity.ts';
import { container, image, longId, type Objects } from '../../support/builders.ts';
import { settle } from '../../support/fakeClock.ts';
import { FakeEditor } from '../../support/fakeDeps.ts';
import { FakeEngine } from '../../support/fakeEngine.ts';

const never = new AbortController().signal;

async function stage(
  objects: Objects,
): Promise<{ readonly editor: FakeEditor; readonly engine: FakeEngine }> {
  const editor = new FakeEditor();
  const engine = new FakeEngine(objects);
  const { store } = await editor.add(engine);
  // As while the view of images is open.
  store.attend('image');
  await settle();
  return { editor, engine };
}

function run<K extends ObjectKind>(
  editor: FakeEditor,
  verb: Verb<K>,
  names: readonly string[],
): Promise<void> {
  return runVerb(editor.deps, verb, { origin: 'person', names, options: { force: false } }, never);
}

describe('the history of an image', () => {
  test('is a document of its own, read by the tag that the row stands for', async () => {
    const { editor, engine } = await stage({ image: [image('app', ['app:1', 'app:2'])] });
    engine.history = [{ id: '', tags: [], createdAt: 0, createdBy: 'CMD ["sh"]', sizeBytes: 0, comment: '' }];
    await run(editor, showImageHistory, ['default/image/app:2']);
    expect(engine.calls).toContain('history app:2');
    expect(editor.opened).toEqual(['report History of app:2']);
    expect(editor.document.join('\n')).toContain('CMD ["sh"]');
  });

  test('that can’t be read is said, and opens nothing', async () => {
    const { editor, engine } = await stage({ image: [image('app', ['app:1'])] });
    engine.fail('history', new EngineError('notFound', 'No such image: app:1'));
    await expect(run(editor, showImageHistory, ['app:1'])).rejects.toThrow(
      'Could not read the history of app:1: No such image: app:1. It may have been removed in the meantime.',
    );
    expect(editor.opened).toEqual([]);
  });
});

describe('the digest of an image', () => {
  const digests = ['a.example/app@sha256:1', 'b.example/app@sha256:2'];

  test('is that of the registry of the row’s tag', async () => {
    const app = image('app', ['a.example/app:1', 'b.example/app:1', 'local:1'], { digests });
    const { editor } = await stage({ image: [app] });
    await run(editor, copyImageDigest, ['b.example/app:1']);
    await run(editor, copyImageDigest, ['local:1']);
    expect(editor.copied).toEqual([digests[1], digests[0]]);
  });

  test('is not offered of an image that no registry has', async () => {
    const { editor } = await stage({ image: [image('a', ['a:1']), image('b', ['b:1'])] });
    await expect(run(editor, copyImageDigest, ['a:1', 'b:1'])).rejects.toMatchObject({ reason: 'conflict' });
    await expect(run(editor, copyImageDigest, ['a:1'])).rejects.toThrow('a:1 has no digest');
    expect(editor.copied).toEqual([]);
  });
});

test('the row of a user of an image leads to the container', async () => {
  const web = container('web', { imageId: image('app', []).id });
  const { editor } = await stage({ image: [image('app', ['app:1'])], container: [web] });
  await run(editor, revealContainer, [`default/image/app:1#${web.id}`]);
  await run(editor, revealContainer, ['web']);
  expect(editor.revealed).toEqual([
    `containers default/container/${longId('web')}`,
    `containers default/container/${longId('web')}`,
  ]);
});
