import { expect, test } from 'vitest';
import { useBench } from './bench.ts';
import { eventually } from './eventually.ts';
import { clear, run } from './objects.ts';

const printed = '/proc/1/fd/1';

/** Each test opens the log of a container of its own. */
const bench = useBench({ id: 'logs' });

async function say(container: string, text: string): Promise<void> {
  await bench().engine.cli(['exec', container, 'sh', '-c', `echo '${text}' > ${printed}`]);
}

async function openLog(name: string, image = 'quay/tools:1', options: readonly string[] = []): Promise<void> {
  const { engine, containers, logs } = bench();
  await clear(engine);
  await run(engine, name, image, options);
  await containers.row(name).pressButton('View Logs');
  await logs.isOpen(name);
}

test('shows the lines there are, and each new one as it is printed', async () => {
  const { logs } = bench();
  await openLog('talker', 'quay/logger:1', ['--env', 'LINE_COUNT=40', '--env', 'LINES_PER_SECOND=0']);
  await logs.lines('line 41').waitFor({ state: 'detached' });
  await logs.lines('line 40: order 40 was packed').waitFor();
});

test('a new line appears as the container prints it', async () => {
  const { logs } = bench();
  await openLog('singer');
  await say('singer', 'first verse');
  await logs.lines('first verse').waitFor();
  await say('singer', 'second verse');
  await logs.lines('second verse').waitFor();
  await eventually(() => logs.status.innerText()).toBe('2 lines · following');
});

test('find marks matches, counts them and steps through them', async () => {
  const { logs, page } = bench();
  await openLog('searched');
  for (const text of ['apple one', 'pear', 'Apple two', 'apple three']) await say('searched', text);
  await logs.lines('apple three').waitFor();
  await logs.log.click();
  await page.keyboard.press('Control+f');
  await logs.searchbox.fill('apple');
  await eventually(() => logs.findStatus.innerText()).toContain('3');
  await page.keyboard.press('Enter');
  await logs.currentMatch.waitFor();
  const first = await logs.findStatus.innerText();
  await page.keyboard.press('Enter');
  await eventually(() => logs.findStatus.innerText()).not.toBe(first);
  await logs.button(/^Match case/).click();
  await eventually(() => logs.findStatus.innerText()).toContain('2');
  await logs.searchbox.fill('no such fruit');
  await eventually(() => logs.findStatus.innerText()).toBe('No results');
});

test('wrap breaks long lines', async () => {
  const { logs } = bench();
  await openLog('wordy');
  await say('wordy', 'word '.repeat(200));
  const line = logs.lines('word word').first();
  await line.waitFor();
  const height = async (): Promise<number> => (await line.boundingBox())?.height ?? 0;
  const single = await height();
  await logs.button(/^Wrap lines/).click();
  await eventually(height).toBeGreaterThan(single);
  await logs.button(/^Wrap lines/).click();
  await eventually(height).toBe(single);
});

test('says in a row of its own that the container ended, and that it started again', async () => {
  const { logs, engine } = bench();
  await openLog('mortal');
  await say('mortal', 'last words');
  await logs.lines('last words').waitFor();
  await engine.cli(['kill', 'mortal']);
  await logs.events('mortal exited with code 137').waitFor();
  await eventually(() => logs.status.innerText()).toContain('not running');
  await engine.cli(['start', 'mortal']);
  await logs.events('mortal started').waitFor();
  await say('mortal', 'back again');
  await logs.lines('back again').waitFor();
  await engine.cli(['rm', '--force', 'mortal']);
  await logs.events('mortal was removed').waitFor();
});

test('tells between the lines what the health check found', async () => {
  const { logs, engine } = bench();
  await openLog('pulse', 'quay/health:1');
  await engine.cli(['exec', 'pulse', 'touch', '/tmp/healthy']);
  await logs.events('pulse is healthy').waitFor();
});

test('a log that cannot be read says which driver is in the way', async () => {
  const { logs } = bench();
  await openLog('mute', 'quay/tools:1', ['--log-driver=none']);
  await logs.events('its logging driver is “none”, which keeps no lines').waitFor();
});

test('the panel is there again after a reload of the window, with its lines and its find', async () => {
  const { logs, engine } = bench();
  await openLog('lasting');
  await say('lasting', 'before the reload');
  await logs.lines('before the reload').waitFor();
  await logs.searchbox.fill('reload');
  await eventually(() => logs.findStatus.innerText()).toContain('1');
  await bench().reload();
  await logs.isOpen('lasting');
  await logs.lines('before the reload').waitFor();
  expect(await logs.searchbox.inputValue()).toBe('reload');
  await engine.cli(['exec', 'lasting', 'sh', '-c', `echo 'after the reload' > ${printed}`]);
  await logs.lines('after the reload').waitFor();
});
