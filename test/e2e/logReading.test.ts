import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { useBench } from './bench.ts';
import { eventually } from './eventually.ts';
import { clear } from './objects.ts';

/* Reading a log: its whole length, filters, traces, several containers, and what can be done with it. */

const bench = useBench({ id: 'log-reading' });

/** Runs a shell script as a container of this name. */
async function write(name: string, script: string, options: readonly string[] = []): Promise<void> {
  const { engine } = bench();
  const labels = ['--label', engine.label, ...options];
  await engine.cli(['run', '--detach', '--name', name, ...labels, 'busybox', 'sh', '-c', script]);
}

async function open(name: string, script: string): Promise<void> {
  const { engine, containers, logs } = bench();
  await clear(engine);
  await write(name, `${script}; sleep 1000`);
  await containers.row(name).pressButton('View Logs');
  await logs.isOpen(name);
}

const trace = String.raw`printf 'Error: connect refused\n    at connect (/app/src/db.ts:2:11)\n    at main (/app/src/index.ts:12:3)\nready\n'`;

test('a long log is there from its first line to its last', async () => {
  const { logs, page } = bench();
  await open(
    'long',
    'seq -f "entry %.0f" 1 30000 2>/dev/null || for n in $(seq 1 30000); do echo entry $n; done',
  );
  await logs.lines('entry 30000').waitFor();
  await logs.log.focus();
  await page.keyboard.press('Home');
  await logs.frame
    .locator('.row:not(.probe)')
    .filter({ hasText: /entry 1$/ })
    .waitFor();
  await eventually(() => logs.status.innerText()).toContain('30,000 lines');
  await page.keyboard.press('End');
  await logs.lines('entry 30000').waitFor();
});

test('a filter shows what is asked for while it is typed, and all again when it is gone', async () => {
  const { logs, page } = bench();
  await open('picky', 'for n in $(seq 1 300); do echo "INFO item $n"; done; echo "ERROR the last"');
  await logs.lines('ERROR the last').waitFor();
  await logs.log.focus();
  await page.keyboard.press('Alt+f');
  await page.keyboard.type('item 29');
  await eventually(() => logs.status.innerText()).toContain('11 of 301 lines');
  await page.keyboard.press('Enter');
  await page.keyboard.type('5');
  await eventually(() => logs.status.innerText()).toContain('1 of 301 lines');
  await logs.frame.getByRole('button', { name: 'Clear all' }).click();
  await eventually(() => logs.status.innerText()).toMatch(/^301 lines/);
  await logs.frame.getByRole('combobox', { name: /level/i }).selectOption('5');
  await eventually(() => logs.status.innerText()).toContain('1 of 301 lines');
  await logs.lines('ERROR the last').waitFor();
});

test('a stack trace is one row until it is unfolded, and its places lead to the source', async () => {
  const { logs, page, editor } = bench();
  const source = String.raw`mkdir -p /app/src; printf 'first\nsecond line here\nthird\n' > /app/src/db.ts`;
  await open('thrower', `${source}; ${trace}`);
  await logs.lines('ready').waitFor();
  await logs.lines('at connect').waitFor({ state: 'detached' });
  await logs.frame.getByRole('button', { name: /2 lines/ }).click();
  await logs.lines('at connect').waitFor();
  await logs.frame.getByRole('link', { name: '/app/src/db.ts:2:11' }).click();
  await editor.isActive('db.ts');
  await eventually(() => editor.text()).toContain('second line here');
  await page.locator('.statusbar').getByText('Ln 2, Col 11').waitFor();
});

test('a compose project has one log, in the order of time; a service that is scaled up joins it', async () => {
  const { engine, containers, logs } = bench();
  await clear(engine);
  const member = (service: string, number: number): Promise<void> =>
    write(
      `shop-${service}-${String(number)}`,
      `for n in $(seq 1 20); do echo ${service} ${number} says $n; sleep 0.05; done; sleep 1000`,
      [
        '--label=com.docker.compose.project=shop',
        `--label=com.docker.compose.service=${service}`,
        `--label=com.docker.compose.container-number=${String(number)}`,
      ],
    );
  await member('web', 1);
  await member('api', 1);
  await containers.row('shop').pressButton('View Logs');
  await logs.isOpen('shop');
  await logs.lines('web 1 says 20').waitFor();
  await logs.lines('api 1 says 20').waitFor();
  await member('web', 2);
  await logs.lines('web 2 says 20').waitFor();
  const legend = logs.frame.getByRole('group', { name: 'Containers of this log' }).getByRole('button');
  await eventually(() => legend.count()).toBe(3);
  await legend.filter({ hasText: 'shop-api-1' }).click();
  await logs.lines('api 1 says').first().waitFor({ state: 'detached' });
  await logs.lines('web 2 says 20').waitFor();
});

test('two selected containers open one log', async () => {
  const { engine, containers, logs, page } = bench();
  await clear(engine);
  await write('left', 'echo from the left; sleep 1000');
  await write('right', 'echo from the right; sleep 1000');
  await containers.row('left').click();
  await containers.row('right').click(['Control']);
  await page.keyboard.press('Control+Alt+l');
  await logs.lines('from the left').waitFor();
  await logs.lines('from the right').waitFor();
});

test('the lines that show are saved to a file, or open as a document', async () => {
  const { logs, page, quickInput, editor, folder } = bench();
  await open('keeper', 'for n in 1 2 3; do echo "keep $n"; done; echo "drop this"');
  await logs.lines('drop this').waitFor();
  await logs.log.focus();
  await page.keyboard.press('Alt+f');
  await page.keyboard.type('keep');
  await eventually(() => logs.status.innerText()).toContain('3 of 4 lines');
  await logs.button(/^Save the log/).click();
  await quickInput.asks('Save the lines that show as');
  await quickInput.choose('JSON lines');
  await quickInput.asks('Save the log of keeper');
  // What it suggests is in the workspace's folder.
  await page.keyboard.press('Enter');
  await page.getByText('3 lines saved.').first().waitFor();
  const saved = readFileSync(join(folder, 'keeper.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);
  expect(saved).toMatchObject([
    { message: 'keep 1', stream: 'stdout' },
    { message: 'keep 2' },
    { message: 'keep 3' },
  ]);
  await logs.button(/^Open the log as a text document/).click();
  await eventually(() => editor.text()).toMatch(/keep 1[^]*keep 3/);
});
