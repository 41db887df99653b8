import { describe, expect, test } from 'vitest';
import { english } from '../../../src/base/localize.ts';
import { linkedLog } from '../../../src/commands/logs/linkedLog.ts';
import { actOnLog } from '../../../src/commands/logs/menu.ts';
import type { ContainerScope } from '../../../src/model/containerScope.ts';
import { composeLabels, container, longId } from '../../support/builders.ts';
import { FakeEditor } from '../../support/fakeDeps.ts';
import { FakeEngine } from '../../support/fakeEngine.ts';

const never = new AbortController().signal;

describe('a command of the menu of a log', () => {
  test('takes the log and the row from the page, and nothing that is none', async () => {
    const { deps, opened } = new FakeEditor();
    const run = (place?: unknown): Promise<void> => actOnLog('copyLine').run(deps, never, [place]);
    await run({ webview: 'quayside.logs', webviewSection: 'line', ref: 'e/container/c', row: -7 });
    await run({ ref: 'e/container/c' });
    await run({ ref: 'e/container/c', row: '7' });
    for (const place of [undefined, null, 'e/container/c', { row: 5 }, { ref: 5, row: 5 }]) await run(place);
    expect(opened).toEqual([
      'copyLine e/container/c -7',
      'copyLine e/container/c undefined',
      'copyLine e/container/c undefined',
    ]);
  });
});

describe('a log that a link leads to', () => {
  const web = container('shop-web-1', { labels: composeLabels('shop', 'web', 1) });
  const containers = (...names: readonly string[]): ContainerScope => ({
    kind: 'containers',
    refs: names.map((name) => ({ engineId: 'default', kind: 'container', id: longId(name) })),
  });
  const compose = (project: string, service?: string): ContainerScope => ({
    kind: 'compose',
    engineId: 'default',
    project,
    service,
  });

  async function found(scope: ContainerScope, isDisconnected = false): Promise<string> {
    const editor = new FakeEditor();
    await editor.add(new FakeEngine({ container: [web, container('db')] }), { isDisconnected });
    const answer = await linkedLog(editor.engines, scope, english, never);
    return 'name' in answer ? answer.name : answer.problem;
  }

  test.each([
    [containers('db'), 'db'],
    [containers('db', 'shop-web-1'), '2 containers'],
    [compose('shop'), 'shop'],
    [compose('shop', 'web'), 'shop / web'],
  ])('has its name: %j', async (scope, name) => {
    expect(await found(scope)).toBe(name);
  });

  test.each([
    [containers('gone'), /a container that is not there any more/],
    [compose('blog'), /the log of blog, of which there is no container here/],
    [{ ...compose('shop'), engineId: 'lab' }, /the engine “lab”, which is not known here/],
  ] as const)('is none here: %j', async (scope, sentence) => {
    expect(await found(scope)).toMatch(sentence);
  });

  test('is believed as long as nobody can tell', async () => {
    expect(await found(containers('db'), true)).toBe(longId('db').slice(0, 12));
    expect(await found(compose('blog'), true)).toBe('blog');
  });
});
