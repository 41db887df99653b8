import { expect, test } from 'vitest';
import { useBench } from './bench.ts';
import { eventually } from './eventually.ts';
import { stateOf } from './objects.ts';

/** Fails the first time that it runs. */
const script = 'test -e /tmp/ran && exec sleep 1000; touch /tmp/ran; no-such-program';

const bench = useBench({ id: 'overview' }, async (engine) => {
  await engine.cli([
    ...['run', '--detach', '--name', 'doomed', '--label', engine.label, '--env', 'DB_PASSWORD=hunter2'],
    ...['quay/tools:1', 'sh', '-c', script],
  ]);
});

test('a container that crashed says why; secrets are shown when asked for; it is copied, started and followed', async () => {
  const { containers, overview, engine, page } = bench();
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await containers.row('doomed').chooseInMenu('Show Overview');
  const verdict = overview.verdict('A program was not found, exit code 127');
  await verdict.waitFor();
  expect(await verdict.innerText()).toContain('Check how it is spelled');
  const secret = overview.line('DB_PASSWORD');
  expect(await secret.innerText()).not.toContain('hunter2');
  await overview.press('Show the value of DB_PASSWORD');
  await eventually(() => secret.innerText()).toContain('hunter2');
  await overview.press('Copy docker run');
  await eventually(() => page.evaluate(() => navigator.clipboard.readText())).toMatch(
    /^docker run -d --name doomed .*-e DB_PASSWORD=hunter2 /,
  );
  await overview.press('Start');
  await eventually(() => overview.badges()).toEqual(['running']);
  expect(await stateOf(engine, 'doomed')).toBe('running');
});

test('its page is there after a reload, and keeps what was known when it is removed', async () => {
  const { overview, engine } = bench();
  await bench().reload();
  await eventually(() => overview.badges()).toEqual(['running']);
  await engine.cli(['rm', '--force', 'doomed']);
  await overview.notice.waitFor();
  expect(await overview.notice.innerText()).toBe('It was removed. This is what was last known of it.');
  expect(await overview.line('DB_PASSWORD').count()).toBe(1);
});
