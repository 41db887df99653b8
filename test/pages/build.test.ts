import type { Locator } from 'playwright-core';
import { expect, test } from 'vitest';
import type { BuildEvent } from '../../src/model/build.ts';
import { type BuildBed, type BuildBedOptions, openBuilds, output, step } from './buildBed.ts';
import { poll } from './logsLook.ts';
import { useBeds } from './useBeds.ts';

const useBed = useBeds<BuildBed>();

async function openBed(options?: BuildBedOptions): Promise<BuildBed> {
  return useBed((browser) => openBuilds(browser, options));
}

const ended = (at: number, outcome: 'succeeded' | 'failed' | 'cancelled' = 'succeeded'): BuildEvent => ({
  kind: 'ended',
  outcome,
  at,
  problem: undefined,
});

/** A build of three steps that is under way in its last one. */
async function running(bed: BuildBed, tag = 'shop:1'): ReturnType<BuildBed['made']['start']> {
  const run = await bed.made.start(bed.builds, { tags: [tag] });
  const build = bed.builds.get(run.id);
  run.say(
    step(build, '0', 'load build context', [0, 0.2], { label: '' }),
    step(build, '1', 'FROM busybox', [0.2, 0.3], { line: 0 }),
    step(build, '2', 'COPY . /app', [0.3, 0.3], { line: 1, isCached: true }),
    step(build, '3', 'RUN make', [0.4], { line: 2 }),
    output('3', '\u001b[32mcompiling\u001b[0m a.c', 'compiling b.c'),
  );
  return run;
}

const head = (bed: BuildBed, name: RegExp): Locator => bed.page.getByRole('button', { name });

test('with nothing built yet it says what to do', async () => {
  const bed = await openBed();
  await bed.load();
  await bed.page.getByText('Nothing was built in this workspace yet').waitFor();
});

test('a build under way shows its steps, and the output of the one it is at, in colour', async () => {
  const bed = await openBed();
  const run = await running(bed);
  await bed.load();
  await bed.page.getByRole('heading', { name: 'shop:1' }).waitFor();
  await head(bed, /^2\/4, COPY \. \/app, cached/).waitFor();
  const log = bed.page.getByRole('log', { name: 'Output of 3/4' });
  await log.getByText('compiling b.c').waitFor();
  await expect.poll(() => log.locator('.ink-2').innerText()).toBe('compiling');
  run.say(output('3', 'linking'));
  await log.getByText('linking').waitFor();
  expect(await bed.page.getByRole('button', { name: 'Build Again' }).isVisible()).toBe(false);
});

test('Cancel and Build Again go to the build that is shown', async () => {
  const bed = await openBed();
  const run = await running(bed);
  await bed.load();
  await bed.page.getByRole('button', { name: 'Cancel Build' }).click();
  await poll(() => run.isCancelled()).toBe(true);
  run.say(ended(Date.now(), 'cancelled'));
  await bed.page.getByRole('status').getByText('cancelled').waitFor();
  await bed.page.getByRole('button', { name: 'Build Again' }).click();
  await poll(() => bed.asked).toEqual([`rebuild ${run.id}`]);
});

test('a failed build opens the step it failed at, and says why with a way to the line', async () => {
  const bed = await openBed();
  const run = await running(bed);
  const build = bed.builds.get(run.id);
  run.say(
    output('3', 'make: *** no rule'),
    step(build, '3', 'RUN make', [0.4, 2], { line: 2, error: 'exit code: 2' }),
    {
      kind: 'ended',
      outcome: 'failed',
      at: Date.now(),
      problem: { kind: 'step', what: 'RUN make', line: 2, said: 'exit code: 2', exitCode: 2 },
    },
  );
  await bed.load();
  const alert = bed.page.getByRole('alert');
  await alert.getByText('RUN make ended with exit code 2. Its output has the reason.').waitFor();
  expect(await head(bed, /^3\/4, RUN make, failed/).getAttribute('aria-expanded')).toBe('true');
  await bed.page.getByRole('log').getByText('make: *** no rule').waitFor();
  await alert.getByRole('button', { name: 'Go to Line 3' }).click();
  await poll(() => bed.asked).toEqual([`line 2 of ${run.id}`]);
});

test('steps open and close by mouse and keys, and stay as they were put', async () => {
  const bed = await openBed();
  const run = await running(bed);
  await bed.load();
  const last = head(bed, /^3\/4, RUN make/);
  await last.click();
  await poll(() => last.getAttribute('aria-expanded')).toBe('false');
  run.say(output('3', 'more'), step(bed.builds.get(run.id), '4', 'RUN test', [3], { line: 3 }));
  await head(bed, /^4\/4, RUN test/).waitFor();
  expect(await last.getAttribute('aria-expanded')).toBe('false');
  await last.focus();
  await bed.page.keyboard.press('Home');
  await bed.page.keyboard.press('ArrowDown');
  await bed.page.keyboard.press('ArrowRight');
  await poll(() => head(bed, /^1\/4, FROM busybox/).getAttribute('aria-expanded')).toBe('true');
});

test('a second build says what became slower, and what was cached before', async () => {
  const bed = await openBed();
  const first = await bed.made.start(bed.builds);
  const build = bed.builds.get(first.id);
  first.say(
    step(build, '1', 'FROM busybox', [0, 1]),
    step(build, '2', 'RUN quick', [1, 3], { isCached: true }),
    step(build, '3', 'RUN slow', [1, 2]),
    ended((build?.startedAt ?? 0) + 2000),
  );
  const second = await bed.made.start(bed.builds);
  const again = bed.builds.get(second.id);
  second.say(
    step(again, '1', 'FROM busybox', [0, 1]),
    step(again, '2', 'RUN quick', [1, 4]),
    step(again, '3', 'RUN slow', [4, 8]),
    step(again, '4', 'RUN newly', [8, 9]),
    ended((again?.startedAt ?? 0) + 9000),
  );
  await bed.load();
  await head(bed, /^3\/4, RUN slow, succeeded, 4\.0 s, 3\.0 s slower than the time before/).waitFor();
  await head(bed, /^2\/4, RUN quick, succeeded, 3\.0 s, cached the time before/).waitFor();
  await head(bed, /^4\/4, RUN newly, .*, new/).waitFor();
  await head(bed, /^1\/4, FROM busybox, succeeded, 1\.0 s$/).waitFor();
});

test('another build is shown by a click or the keys, and again after a reload of the window', async () => {
  const bed = await openBed();
  const old = await running(bed, 'shop:old');
  old.say(ended(Date.now()));
  await running(bed, 'shop:new');
  await bed.load();
  await bed.page.getByRole('heading', { name: 'shop:new' }).waitFor();
  await bed.page.getByRole('option', { name: 'shop:old, succeeded' }).click();
  await bed.page.getByRole('heading', { name: 'shop:old' }).waitFor();
  await bed.page.getByRole('option', { name: 'shop:old, succeeded' }).press('ArrowUp');
  await bed.page.getByRole('heading', { name: 'shop:new' }).waitFor();
  await bed.page.getByRole('option', { name: 'shop:new, running' }).press('ArrowDown');
  await bed.page.getByRole('heading', { name: 'shop:old' }).waitFor();
  await bed.load();
  await bed.page.getByRole('heading', { name: 'shop:old' }).waitFor();
});

test('a build that begins while the page is open comes into the list and into sight', async () => {
  const bed = await openBed();
  await bed.load();
  await bed.page.getByText('Nothing was built').waitFor();
  const run = await running(bed, 'late:1');
  bed.host.show(run.id);
  await bed.page.getByRole('heading', { name: 'late:1' }).waitFor();
  await head(bed, /^3\/4, RUN make/).waitFor();
});

test('of thousands of lines those in sight are drawn, and the end stays in sight', async () => {
  const bed = await openBed();
  const run = await running(bed);
  run.say(output('3', ...Array.from({ length: 6000 }, (_, at) => `line ${String(at)}`)));
  await bed.load();
  const log = bed.page.getByRole('log');
  await log.getByText('line 5999', { exact: true }).waitFor();
  expect(await log.locator('.outputLine').count()).toBeLessThan(100);
  await bed.page.getByText('1002 older lines are left out.').waitFor();
  run.say(output('3', 'the very last'));
  await log.getByText('the very last').waitFor();
  await log.evaluate((view) => view.scrollTo(0, 0));
  await log.getByText('line 1001', { exact: true }).waitFor();
});

test('where there is little room the builds are a drop-down', async () => {
  const bed = await openBed({ width: 420, height: 600 });
  const old = await running(bed, 'shop:old');
  old.say(ended(Date.now()));
  await running(bed, 'shop:new');
  await bed.load();
  const choice = bed.page.getByRole('combobox', { name: 'Builds' });
  await choice.selectOption({ index: 1 });
  await bed.page.getByRole('heading', { name: 'shop:old' }).waitFor();
  const overflow = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
  expect(await bed.page.evaluate(overflow)).toBe(0);
});

test('what a build says is text, never markup', async () => {
  const bed = await openBed();
  const run = await running(bed, 'shop:1');
  run.say(
    output('3', '<img src=x onerror=alert(1)>'),
    step(bed.builds.get(run.id), '4', 'RUN <b>x</b>', [2]),
  );
  await bed.load();
  await bed.page.getByRole('log').getByText('<img src=x onerror=alert(1)>').waitFor();
  await bed.page.getByText('RUN <b>x</b>').waitFor();
});
