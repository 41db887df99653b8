import { expect, test } from 'vitest';
import { useBench } from './bench.ts';
import { eventually } from './eventually.ts';
import { clear } from './objects.ts';

/* What can be seen and found in a log, by key and by mouse, as its reader does it. */

const bench = useBench({ id: 'log-look' });

async function open(name: string, script: string): Promise<void> {
  const { engine, containers, logs } = bench();
  await clear(engine);
  const options = ['--detach', '--name', name, '--label', engine.label];
  await engine.cli(['run', ...options, 'busybox', 'sh', '-c', `${script}; sleep 1000`]);
  await containers.row(name).pressButton('View Logs');
  await logs.isOpen(name);
}

const mixed = String.raw`for n in $(seq 1 200); do echo "INFO plain line $n"; done
echo '{"level":"error","msg":"payment refused","order":7,"status":402}'
echo 'level=warn msg="slow query" took=812ms status=200'
printf '\033[32mgreen\033[0m and \033[38;2;255;100;0mtrue colour\033[0m\n'
echo to stderr >&2
for n in $(seq 201 400); do echo "INFO plain line $n"; done`;

test('structured lines read as fields, as written at the press of a key, and in columns', async () => {
  const { logs, page } = bench();
  await open('fields', mixed);
  await logs.lines('plain line 400').waitFor();
  await logs.log.focus();
  await page.keyboard.press('Alt+f');
  await page.keyboard.type('status');
  await eventually(() => logs.status.innerText()).toContain('2 of 404 lines');
  await eventually(() => logs.lines('payment refused').innerText()).toMatch(
    /error\s+payment refused order=7 status=402$/,
  );
  await logs.log.focus();
  await page.keyboard.press('r');
  await logs.lines('"order":7').waitFor();
  await page.keyboard.press('r');
  await page.keyboard.press('k');
  await page.keyboard.type('status');
  await logs.frame.getByRole('option', { name: 'status' }).waitFor();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await logs.frame.getByRole('group', { name: 'Columns' }).getByText('status').waitFor();
  await eventually(() => logs.lines('payment refused').innerText()).toMatch(
    /402\s*error\s+payment refused order=7$/,
  );
});

test('levels, streams, inverse and regular expressions narrow the log; a filter is saved for the workspace', async () => {
  const { logs, page } = bench();
  await open('narrow', mixed);
  await logs.lines('plain line 400').waitFor();
  await logs.log.focus();
  await page.keyboard.press('Alt+f');
  const level = logs.frame.getByRole('combobox', { name: 'Least level that is shown' });
  await level.selectOption('≥ warn');
  await eventually(() => logs.status.innerText()).toContain('2 of 404 lines');
  await level.selectOption('all levels');
  const stream = logs.frame.getByRole('combobox', { name: 'Streams that are shown' });
  await stream.selectOption('stderr');
  await eventually(() => logs.status.innerText()).toContain('1 of 404 lines');
  await stream.selectOption('both streams');
  const input = logs.frame.getByRole('textbox', { name: 'Show only lines with' });
  await input.fill('line \\d*7$');
  await logs.frame
    .locator('.filterBar')
    .getByRole('button', { name: /regular expression/ })
    .click();
  await eventually(() => logs.status.innerText()).toContain('40 of 404 lines');
  await input.press('Enter');
  await input.press('ArrowDown');
  await logs.frame.getByRole('menuitem', { name: 'Save this filter…' }).click();
  const name = logs.frame.getByRole('textbox', { name: 'Name of the filter' });
  await name.fill('sevens');
  await name.press('Enter');
  await name.waitFor({ state: 'hidden' });
  await logs.frame.getByRole('button', { name: 'Clear all' }).click();
  await eventually(() => logs.status.innerText()).toMatch(/^404 lines/);
  await open('narrow-too', 'seq -s "" 1 3; for n in $(seq 1 20); do echo "line $n"; done');
  await logs.lines('line 20').waitFor();
  await logs.log.focus();
  await page.keyboard.press('Alt+f');
  await page.keyboard.press('ArrowDown');
  await logs.frame.getByRole('menuitemradio', { name: /sevens/ }).click();
  await eventually(() => logs.status.innerText()).toContain('2 of 21 lines');
});

test('a filtered line shows what stands around it, and leads into the whole log', async () => {
  const { logs, page } = bench();
  await open('around', mixed);
  await logs.lines('plain line 400').waitFor();
  await logs.log.focus();
  await page.keyboard.press('Alt+f');
  await page.keyboard.type('slow query');
  await logs.lines('slow query').click();
  await page.keyboard.press('c');
  await logs.lines('payment refused').waitFor();
  await logs.lines('plain line 202').waitFor();
  await page.keyboard.press('C');
  await logs.lines('payment refused').waitFor({ state: 'detached' });
  await page.keyboard.press('o');
  await logs.lines('plain line 199').waitFor();
  await page.keyboard.press('o');
  await logs.lines('plain line 199').waitFor({ state: 'detached' });
});

test('times are shown in four ways and jumped to; errors and bookmarks by key', async () => {
  const { logs, page } = bench();
  await open('times', mixed);
  await logs.lines('plain line 400').waitFor();
  const last = logs.lines('plain line 400');
  await logs.log.focus();
  await eventually(() => last.innerText()).toMatch(/^\d\d:\d\d:\d\d\.\d{3} /);
  await page.keyboard.press('t');
  await logs.button(/^Timestamps: UTC/).waitFor();
  await page.keyboard.press('t');
  await eventually(() => last.innerText()).toMatch(/ago|s INFO|min INFO/);
  await page.keyboard.press('t');
  await eventually(() => last.innerText()).toMatch(/^INFO/);
  await page.keyboard.press('t');
  await page.keyboard.press('E');
  await logs.lines('payment refused').waitFor();
  await page.keyboard.press('b');
  await page.keyboard.press('End');
  await last.waitFor();
  await page.keyboard.press('[');
  await eventually(() => logs.frame.locator('.row.bookmarked').innerText()).toContain('payment refused');
  // Lines over time are those that have been read, and follow that once a second.
  await page.keyboard.press('Home');
  await logs.lines(/plain line 1$/).waitFor();
  await page.keyboard.press('End');
  await last.waitFor();
  const strip = logs.frame.getByRole('slider', { name: /Lines over time/ });
  await eventually(() => strip.getAttribute('aria-valuetext')).toContain('404 lines');
  await strip.press('Home');
  await strip.press('Enter');
  await logs.lines(/plain line 1$/).waitFor();
});

test('colours are those of the terminal, or the line’s own', async () => {
  const { logs } = bench();
  await open('colours', mixed.replaceAll('400', '210'));
  await logs.lines('plain line 210').waitFor();
  const colourOf = (text: string): Promise<string> =>
    logs.frame.getByText(text, { exact: true }).evaluate((piece) => getComputedStyle(piece).color);
  expect(await colourOf('true colour')).toBe('rgb(255, 100, 0)');
  const green = await logs.log.evaluate((log) => {
    const probe = log.ownerDocument.createElement('span');
    probe.className = 'probe';
    return getComputedStyle(log).getPropertyValue('--vscode-terminal-ansiGreen');
  });
  expect(green).not.toBe('');
  expect(await colourOf('green')).not.toBe(await colourOf('true colour'));
});

test('who scrolls up reads in peace, and sees what is new; the view is cleared and shown again', async () => {
  const { engine, logs, page } = bench();
  await open('peace', 'for n in $(seq 1 300); do echo "line $n"; done');
  await logs.lines('line 300').waitFor();
  await logs.log.focus();
  await page.keyboard.press('Home');
  await logs.frame
    .locator('.row')
    .filter({ hasText: /line 1$/ })
    .waitFor();
  await engine.cli(['exec', 'peace', 'sh', '-c', 'echo one more > /proc/1/fd/1']);
  await logs.button(/1 new/).waitFor();
  await logs.frame
    .locator('.row')
    .filter({ hasText: /line 1$/ })
    .waitFor();
  await logs.button(/1 new/).click();
  await logs.lines('one more').waitFor();
  await logs.log.focus();
  await page.keyboard.press('Control+l');
  await logs.frame.getByText('301 earlier lines are hidden').waitFor();
  await engine.cli(['exec', 'peace', 'sh', '-c', 'echo after it > /proc/1/fd/1']);
  await logs.lines('after it').waitFor();
  await logs.frame.getByText('Show them').click();
  await eventually(() => logs.status.innerText()).toMatch(/^302 lines/);
});
