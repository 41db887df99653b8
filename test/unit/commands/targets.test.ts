import { describe, expect, test } from 'vitest';
import { findTargets, readInvocation } from '../../../src/commands/targets.ts';
import { EngineError } from '../../../src/model/engineError.ts';
import { composeLabels, container, image, longId, stopped, volume } from '../../support/builders.ts';
import { FakeEditor } from '../../support/fakeDeps.ts';
import { FakeEngine } from '../../support/fakeEngine.ts';

const never = new AbortController().signal;
const web = container('shop-web-1', { labels: composeLabels('shop', 'web') });
const api = stopped('shop-api-1', { labels: composeLabels('shop', 'api') });
const plain = container('plain', { id: 'beefcafe'.repeat(8) });
const objects = {
  container: [web, api, plain],
  image: [image('a', ['app:1', 'app:latest', 'host:5000/team/app:2']), image('d', [])],
  volume: [volume('data')],
};

async function editor(): Promise<FakeEditor> {
  const made = new FakeEditor();
  await made.add(new FakeEngine(objects));
  return made;
}

describe('readInvocation', () => {
  const webRow = `default/container/${web.id}`;
  const apiRow = `default/container/${api.id}`;
  const read = async (...args: readonly unknown[]): Promise<unknown> => {
    const { deps, selections } = await editor();
    selections.set('containers', [webRow]);
    return readInvocation(args, deps.views);
  };
  const asked = { force: false };

  test('called from the palette it has no names: a person will be asked', async () => {
    expect(await read()).toEqual({ origin: 'person', names: undefined, options: asked });
    expect(await read('')).toEqual({ origin: 'person', names: undefined, options: asked });
  });

  test('a clicked row is itself, or the selection that it is part of', async () => {
    expect(await read(webRow)).toEqual({ origin: 'person', names: [webRow], options: asked });
    expect(await read(webRow, [webRow, apiRow])).toMatchObject({ names: [webRow, apiRow] });
    expect(await read(plain.id, [webRow, apiRow])).toMatchObject({ names: [plain.id] });
  });

  test('a keybinding acts on the selection of its view', async () => {
    expect(await read({ selection: 'containers' })).toEqual({
      origin: 'person',
      names: [webRow],
      options: asked,
    });
    expect(await read({ selection: 'images' })).toMatchObject({ names: [] });
    expect(await read({ selection: 'nonsense' })).toMatchObject({ names: undefined });
  });

  test('a name or a list of them is a caller’s, options behind', async () => {
    expect(await read('shop-web-1')).toEqual({ origin: 'caller', names: ['shop-web-1'], options: asked });
    expect(await read(['a', 'b'])).toMatchObject({ origin: 'caller', names: ['a', 'b'] });
    expect(await read('web', { force: true })).toMatchObject({ options: { force: true } });
    expect(await read(['a'], { force: true })).toMatchObject({ names: ['a'], options: { force: true } });
    expect(await read(webRow, [webRow], { force: true })).toMatchObject({ options: { force: true } });
  });

  test('only true forces, and only texts are names', async () => {
    expect(await read('web', { force: 'yes' })).toMatchObject({ options: asked });
    expect(await read([3, 'a', null, ''])).toMatchObject({ names: ['a'] });
    expect(await read(3)).toMatchObject({ names: undefined });
  });
});

describe('findTargets', () => {
  const find = async (
    kind: 'container' | 'image' | 'volume',
    ...names: readonly string[]
  ): Promise<string[]> => {
    const { deps } = await editor();
    return (await findTargets(deps, kind, names, never)).map(({ name, ref }) => `${name} ${ref.id}`);
  };

  test.each([
    ['a name', 'shop-web-1'],
    ['an id', web.id],
    ['the start of an id that only one has', 'beefcafe'],
    ['a printed reference', `default/container/${plain.id}`],
    ['a reference by name', 'default/container/plain'],
    ['a row of a part below it', `default/container/${plain.id}#port:80/tcp:`],
  ])('%s names a container', async (_what, name) => {
    expect(await find('container', name)).toHaveLength(1);
  });

  test('a group row names all below it, and nobody twice', async () => {
    const { deps } = await editor();
    const targets = await findTargets(
      deps,
      'container',
      ['default/group/container/compose/shop', web.id, 'shop-web-1'],
      never,
    );
    expect(targets.map(({ name }) => name).sort()).toEqual(['shop-api-1', 'shop-web-1']);
  });

  test('an image is named by each of its tags, and acted on by that tag alone', async () => {
    expect(await find('image', 'app:1')).toEqual(['app:1 app:1']);
    expect(await find('image', 'app')).toEqual(['app:latest app:latest']);
    expect(await find('image', 'default/image/host:5000/team/app:2')).toEqual([
      'host:5000/team/app:2 host:5000/team/app:2',
    ]);
  });

  test('a dangling image is named by its id, with or without its algorithm', async () => {
    const id = `sha256:${longId('d')}`;
    expect(await find('image', id)).toEqual([`${longId('d').slice(0, 12)} ${id}`]);
    expect(await find('image', longId('d'))).toHaveLength(1);
    expect(await find('volume', 'data')).toEqual(['data data']);
  });

  test('an image with tags is found by its id and the start of it, not by the start of a tag', async () => {
    expect(await find('image', `sha256:${longId('a')}`)).toEqual(['app:1 app:1']);
    expect(await find('image', longId('a').slice(0, 12))).toEqual(['app:1 app:1']);
    await expect(find('image', 'host:5000/team')).rejects.toMatchObject({ reason: 'notFound' });
  });

  test.each([
    ['bee', 'three letters are too few for an id'],
    ['73686f702d', 'two ids begin so'],
    ['nothing', 'nothing is called so'],
    ['Shop-web-1', 'case counts'],
    ['default/image/plain', 'it is of another kind'],
    ['shop-web', 'names are not completed'],
  ])('“%s” names no container: %s', async (name) => {
    await expect(find('container', name)).rejects.toMatchObject({ reason: 'notFound' });
  });

  test('what is not there is named in the failure, and nothing else is acted on', async () => {
    await expect(find('container', 'plain', 'gone')).rejects.toThrow('There is no container “gone”.');
  });

  test('of two engines the first one that has the name is meant, a reference means its own', async () => {
    const both = new FakeEditor();
    await both.add(new FakeEngine({ container: [plain] }));
    await both.add(new FakeEngine({ container: [plain, web] }), { name: 'build' });
    const owners = async (name: string): Promise<readonly string[]> =>
      (await findTargets(both.deps, 'container', [name], never)).map(({ ref }) => ref.engineId);
    expect(await owners('plain')).toEqual(['default']);
    expect(await owners('shop-web-1')).toEqual(['build']);
    expect(await owners(`build/container/${plain.id}`)).toEqual(['build']);
  });

  test('a kind that nobody has looked at yet is read first', async () => {
    const { deps, engines } = await editor();
    const engine = engines.all[0]?.store.engine;
    await findTargets(deps, 'volume', ['data'], never);
    expect(engine).toMatchObject({ calls: ['connect', 'events', 'list container', 'list volume'] });
  });

  test('while no engine can be reached, that is said, not that there is no such object', async () => {
    const gone = new FakeEditor();
    const engine = new FakeEngine();
    engine.fail('connect', new EngineError('unreachable', 'connect ENOENT', { hint: 'missing' }));
    await gone.add(engine);
    await expect(findTargets(gone.deps, 'container', ['web'], never)).rejects.toMatchObject({
      hint: 'missing',
    });
    const none = new FakeEditor();
    await none.add(new FakeEngine(), { isDisconnected: true });
    await expect(findTargets(none.deps, 'container', ['web'], never)).rejects.toThrow(
      'No engine is connected.',
    );
  });

  test('a wait for an engine that is only connecting ends with the signal', async () => {
    const slow = new FakeEditor();
    const engine = new FakeEngine();
    engine.hold('connect');
    await slow.add(engine);
    const abort = new AbortController();
    const finding = findTargets(slow.deps, 'container', ['web'], abort.signal);
    abort.abort();
    await expect(finding).rejects.toMatchObject({ name: 'CancelledError' });
  });
});
