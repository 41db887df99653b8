import { expect, test } from 'vitest';
import { checkForNewerImages, checkQuietly } from '../../../src/commands/image/checkForNewer.ts';
import type { Image } from '../../../src/model/image.ts';
import type { RegistryDigest } from '../../../src/model/registryDigest.ts';
import { TransferError } from '../../../src/model/transferError.ts';
import { image } from '../../support/builders.ts';
import { settle } from '../../support/fakeClock.ts';
import { FakeEditor } from '../../support/fakeDeps.ts';
import { FakeEngine } from '../../support/fakeEngine.ts';

const never = new AbortController().signal;
const one = `sha256:${'1'.repeat(64)}`;
const two = `sha256:${'2'.repeat(64)}`;
const pulled = (id: string, tag: string): Image => ({
  ...image(id, [tag]),
  digests: [`${tag.slice(0, tag.lastIndexOf(':'))}@${one}`],
});

async function stage(
  images: readonly Image[],
  digests: Readonly<Record<string, string>>,
): Promise<{ readonly editor: FakeEditor; readonly engine: FakeEngine; asked(): readonly string[] }> {
  const editor = new FakeEditor();
  const engine = new FakeEngine({ image: images });
  engine.registryDigests = new Map(Object.entries(digests));
  const { store } = await editor.add(engine);
  store.attend('image');
  await settle();
  return { editor, engine, asked: () => engine.calls.filter((call) => call.startsWith('digest')).sort() };
}

test('all images that came from a registry are asked for, and what it has is kept', async () => {
  const { editor, asked } = await stage(
    [pulled('a', 'a:1'), pulled('b', 'b:1'), image('c', ['built:1']), image('d', [])],
    { 'a:1': one, 'b:1': two },
  );
  await checkForNewerImages.run(editor.deps, never, []);
  expect(asked()).toEqual(['digest a:1', 'digest b:1']);
  const kept = editor.registryDigests.get('default') ?? new Map<string, RegistryDigest>();
  expect([...kept].map(([tag, { digest }]) => [tag, digest]).sort()).toEqual([
    ['a:1', one],
    ['b:1', two],
  ]);
  expect(editor.told).toEqual(['Newer images were found: 1 of 2. Pull brings them.']);
});

test('a row asks for its image alone; one that was built here, for nothing', async () => {
  const { editor, asked } = await stage([pulled('a', 'a:1'), pulled('b', 'b:1'), image('c', ['built:1'])], {
    'b:1': one,
  });
  await checkForNewerImages.run(editor.deps, never, ['default/image/b:1']);
  expect(asked()).toEqual(['digest b:1']);
  await checkForNewerImages.run(editor.deps, never, ['default/image/built:1']);
  expect(asked()).toEqual(['digest b:1']);
  expect(editor.told).toEqual([
    'No newer image was found; checked: 1.',
    'None of these images came from a registry that still has it.',
  ]);
});

test('known logins are used, and nobody is asked for one', async () => {
  const { editor, asked } = await stage([pulled('a', 'r.io/a:1')], { 'r.io/a:1': one });
  const credential = { kind: 'password', username: 'anna', password: 'x' } as const;
  editor.logins.known = [{ auth: { registry: 'r.io', credential }, isKept: false }];
  await checkForNewerImages.run(editor.deps, never, []);
  expect(asked()).toEqual(['digest r.io/a:1 signed in']);
  expect(editor.inputs).toEqual([]);
});

test('a registry that fails is named once, the others count all the same, a tag that is gone is no failure', async () => {
  const { editor, engine } = await stage(
    [pulled('a', 'bad.io/a:1'), pulled('b', 'bad.io/b:1'), pulled('c', 'c:1'), pulled('d', 'd:1')],
    { 'c:1': two },
  );
  engine.fail('digest bad.io', new TransferError('unreachable', 'bad.io', 'no such host'));
  engine.fail('digest d:1', new TransferError('missing', 'docker.io', 'manifest unknown'));
  const failure: unknown = await checkForNewerImages
    .run(editor.deps, never, [])
    .catch((error: unknown) => error);
  const message = failure instanceof Error ? failure.message : '';
  expect(message.match(/Could not ask/g)).toHaveLength(1);
  expect(message).toContain('Could not ask bad.io: the engine does not reach bad.io.');
  expect([...(editor.registryDigests.get('default')?.keys() ?? [])]).toEqual(['c:1']);
});

test('unasked, it tells nothing and throws nothing', async () => {
  const { editor, engine } = await stage([pulled('a', 'a:1')], { 'a:1': two });
  engine.fail('digest', new TransferError('unreachable', 'docker.io', 'no such host'));
  await checkQuietly(editor.deps, never);
  engine.heal();
  await checkQuietly(editor.deps, never);
  expect(editor.told).toEqual([]);
  expect(editor.registryDigests.get('default')?.size).toBe(1);
});
