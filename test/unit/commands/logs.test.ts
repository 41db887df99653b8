import { describe, expect, test } from 'vitest';
import { openComposeLogs } from '../../../src/commands/compose/logs.ts';
import { openContainerLogs } from '../../../src/commands/container/logs.ts';
import { runVerb } from '../../../src/commands/runVerb.ts';
import { composeLabels, container, stopped } from '../../support/builders.ts';
import { FakeEditor } from '../../support/fakeDeps.ts';
import { FakeEngine } from '../../support/fakeEngine.ts';

const never = new AbortController().signal;
const web1 = container('shop-web-1', { labels: composeLabels('shop', 'web', 1) });
const web2 = container('shop-web-2', { labels: composeLabels('shop', 'web', 2) });
const db = stopped('shop-db-1', { labels: composeLabels('shop', 'db') });
const blog = container('blog-app-1', { labels: composeLabels('blog', 'app') });
const plain = container('plain');

async function editor(): Promise<FakeEditor> {
  const made = new FakeEditor();
  await made.add(new FakeEngine({ container: [web1, web2, db, blog, plain] }));
  return made;
}

const open = (made: FakeEditor, ...args: readonly unknown[]): Promise<void> =>
  openComposeLogs.run(made.deps, never, args);

describe('the log of a compose project', () => {
  test.each([
    ['a project’s heading', 'default/group/container/compose/shop', 'logs default/compose/shop shop'],
    [
      'a service’s heading',
      'default/group/container/service/shop/web',
      'logs default/compose/shop/web shop / web',
    ],
    ['a project’s name', 'blog', 'logs default/compose/blog blog'],
    ['a service’s name', 'shop/db', 'logs default/compose/shop/db shop / db'],
  ])('is opened by %s', async (_what, name, opened) => {
    const made = await editor();
    await open(made, name);
    expect(made.opened).toEqual([opened]);
  });

  test('is that of the engine whose heading was clicked', async () => {
    const made = await editor();
    await made.add(new FakeEngine({ container: [blog] }), { name: 'build' });
    await open(made, 'build/group/container/compose/blog');
    await open(made, 'blog');
    expect(made.opened).toEqual(['logs build/compose/blog blog', 'logs default/compose/blog blog']);
  });

  test('is chosen from all there are when it is opened from the palette', async () => {
    const made = await editor();
    await made.add(new FakeEngine({ container: [blog] }), { name: 'build' });
    made.answers = {
      pick: (_title, items) => [items.findIndex(({ description }) => description === 'build')],
    };
    await open(made);
    expect(made.picks).toEqual([
      { title: 'Open the log of which project?', labels: ['blog', 'shop', 'blog'] },
    ]);
    expect(made.opened).toEqual(['logs build/compose/blog blog']);
  });

  test('is not opened when the user turns away', async () => {
    const made = await editor();
    made.answers = { pick: () => undefined };
    await open(made);
    expect(made.opened).toEqual([]);
  });

  test.each(['nothing', 'Shop', 'web', 'default/group/container/compose/gone'])(
    'is not there for “%s”, and that is said',
    async (name) => {
      const made = await editor();
      await expect(open(made, name)).rejects.toThrow(`There is no compose project “${name}”.`);
      expect(made.opened).toEqual([]);
    },
  );

  test('is not there when no container belongs to one, and that is said', async () => {
    const made = new FakeEditor();
    await made.add(new FakeEngine({ container: [plain] }));
    await expect(open(made)).rejects.toThrow('No container belongs to a compose project.');
  });
});

describe('the log of containers', () => {
  const run = async (...names: readonly string[]): Promise<readonly string[]> => {
    const made = await editor();
    await runVerb(
      made.deps,
      openContainerLogs,
      { origin: 'person', names, options: { force: false } },
      never,
    );
    return made.opened;
  };

  test('is opened by name', async () => {
    expect(await run('plain')).toEqual([`logs default/container/${plain.id} plain`]);
  });

  test('is one for all that were chosen', async () => {
    const refs = [plain, db].map(({ id }) => `default/container/${id}`).sort();
    expect(await run('plain', 'shop-db-1')).toEqual([`logs ${refs.join('\n')} 2 containers`]);
  });
});
