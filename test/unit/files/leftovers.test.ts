import { hostname } from 'node:os';
import { expect, test } from 'vitest';
import { removeLeftovers } from '../../../src/files/leftovers.ts';
import { helperLabel } from '../../../src/model/container.ts';
import { container, longId } from '../../support/builders.ts';
import { settle } from '../../support/fakeClock.ts';
import { FakeEditor } from '../../support/fakeDeps.ts';
import { FakeEngine } from '../../support/fakeEngine.ts';

test('what a crash left behind on this machine goes at the next start; what others use stays', async () => {
  const labelled = (name: string, value: string) => container(name, { labels: { [helperLabel]: value } });
  const strewn = new FakeEngine({
    container: [
      container('web'),
      labelled('left', `${hostname()}:999999999`),
      labelled('mine', `${hostname()}:${String(process.pid)}`),
      labelled('elsewhere', 'other:1'),
      labelled('odd', 'x'),
    ],
  });
  const editor = new FakeEditor();
  const known = await editor.add(strewn);
  const leftovers = removeLeftovers(editor.engines);
  known.store.attend('container');
  await settle();
  expect(strewn.calls.filter((call) => call.startsWith('remove'))).toEqual([
    `remove ${longId('left')} force volumes`,
  ]);
  leftovers.dispose();
});
