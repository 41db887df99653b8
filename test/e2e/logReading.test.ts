import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
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

async function open(name: string, script: string, options: readonly string[] = []): Promise<void> {
  const { engine, containers, logs } = bench();
  await clear(engine);
  await write(name, `${script}; sleep 1000`, options);
  await containers.row(name).pressButton('View Logs');
  await logs.isOpen(name);
}

/** What is in the clipboard; to be granted first. */
function clipboard(): Promise<string> {
  return bench().page.evaluate(() => navigator.clipboard.readText());
}

async function useClipboard(): Promise<void> {
  await bench().page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
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

test('a place in a trace opens the file of the workspace that is mounted there', async () => {
  const { logs, page, editor, folder } = bench();
  const server = join(folder, 'packages', 'server');
  mkdirSync(server, { recursive: true });
  writeFileSync(join(server, 'till.ts'), 'first\nsecond line of the workspace\n');
  const line = String.raw`printf 'Error: no change\n    at pay (/mnt/app/till.ts:2:8)\nready\n'`;
  await open('mounted', line, [`--volume=${server}:/mnt/app:ro`]);
  await logs.lines('ready').waitFor();
  await logs.frame.getByRole('button', { name: /1 line/ }).click();
  await logs.frame.getByRole('link', { name: '/mnt/app/till.ts:2:8' }).click();
  await editor.isActive('till.ts');
  await eventually(() => editor.text()).toContain('second line of the workspace');
  await page.locator('.statusbar').getByText('Ln 2, Col 8').waitFor();
  // The container's own copy would stand below `mnt`.
  await page.locator('.monaco-breadcrumb-item').getByText('server', { exact: true }).waitFor();
});

test('a compose project has one log, in the order of time; a service that is scaled up joins it; each has its file', async () => {
  const { engine, containers, logs, page, quickInput, folder } = bench();
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
  await logs.button(/^Save the log/).click();
  await quickInput.choose('Plain text');
  await quickInput.asks('Save to');
  await quickInput.choose('One file for each container');
  await quickInput.asks('Save the log of shop');
  await page.locator('.quick-input-widget .monaco-list-row').first().waitFor();
  await page.keyboard.press('Enter');
  await page.getByText('40 lines saved to 2 files in').first().waitFor();
  for (const number of [1, 2]) {
    const saved = readFileSync(join(folder, `shop-web-${String(number)}.log`), 'utf8')
      .trim()
      .split('\n');
    expect(saved).toHaveLength(20);
    expect(saved.at(-1)).toContain(`web ${String(number)} says 20`);
  }
});

test('two selected containers open one log', async () => {
  const { engine, containers, logs, page } = bench();
  await clear(engine);
  await write('left', 'echo from the left; sleep 1000');
  await write('right', 'echo from the right; sleep 1000');
  // A row that comes between two clicks has the view drawn anew.
  await eventually(() => containers.labels()).toEqual(['left, running, busybox', 'right, running, busybox']);
  await containers.row('left').click();
  await containers.row('right').click(['Control']);
  await page.keyboard.press('Control+Alt+l');
  await logs.lines('from the left').waitFor();
  await logs.lines('from the right').waitFor();
});

test('rows are selected over any distance and copied as they are shown; the menu copies one as it was written', async () => {
  const { logs, page } = bench();
  await useClipboard();
  await open(
    'copier',
    String.raw`for n in $(seq 1 500); do echo "copy $n"; done; printf '\033[31mred\033[0m\n'`,
  );
  await logs.lines('red').waitFor();
  // Without times, which are not known here.
  await logs.log.focus();
  for (let n = 0; n < 3; n++) await page.keyboard.press('t');
  await logs.lines('red').click();
  await page.keyboard.press('Shift+Home');
  await page.keyboard.press('Control+c');
  await eventually(() => logs.frame.getByRole('status').allInnerTexts()).toContain('501 lines copied');
  const all = [...Array.from({ length: 500 }, (_, at) => `copy ${String(at + 1)}`), 'red'];
  await eventually(clipboard).toBe(all.join('\n'));
  await page.keyboard.press('Escape');
  await page.keyboard.press('End');
  const menu = await logs.openMenu('red');
  expect(await menu.titles()).toEqual([
    'Copy',
    'Copy Line as Written',
    'Copy Link to Line',
    'Save…',
    'Open as Document',
  ]);
  await menu.choose('Copy Line as Written');
  await eventually(clipboard).toBe('\u001b[31mred\u001b[0m');
  await (await logs.openMenu('copy 499')).choose('Copy');
  await eventually(clipboard).toBe('copy 499');
});

test('a link leads back to its line, in a panel of its own, however far back; or says why it does not', async () => {
  const { logs, page, dialog, notifications, quickInput, engine } = bench();
  await useClipboard();
  await open('linked', 'for n in $(seq 1 9000); do echo "entry $n"; done; echo ready');
  await logs.lines('ready').waitFor();
  await logs.log.focus();
  await page.keyboard.press('Home');
  await logs.lines(/entry 20$/).waitFor();
  await (await logs.openMenu(/entry 20$/)).choose('Copy Link to Line');
  await eventually(clipboard).toMatch(/:\/\/quayside\.quayside\/log\?/);
  const link = await clipboard();
  const follow = async (): Promise<void> => {
    await quickInput.runCommand('Developer: Open URL');
    await quickInput.enter(link);
    await dialog.press('Open');
  };
  await quickInput.runCommand('View: Close All Editors');
  await follow();
  await logs.isOpen('linked');
  await eventually(() => logs.pointed.allInnerTexts()).toEqual([expect.stringMatching(/entry 20$/)]);
  await quickInput.runCommand('View: Close All Editors');
  await clear(engine);
  await bench().containers.row('linked').disappears();
  await follow();
  expect(await notifications.with('This link leads to')).toContain('a container that is not there any more');
});

test('a container that is removed while its log is open leaves its lines, and the log says so', async () => {
  const { engine, logs, page } = bench();
  await useClipboard();
  await open('fleeting', 'for n in 1 2 3; do echo "stay $n"; done');
  await logs.lines('stay 3').waitFor();
  await engine.cli(['rm', '--force', 'fleeting']);
  await logs.events('fleeting was removed').waitFor();
  await eventually(() => logs.status.innerText()).toContain('3 lines · the container is gone');
  await logs.lines('stay 3').click();
  for (let n = 0; n < 3; n++) await page.keyboard.press('t');
  await page.keyboard.press('Control+c');
  await eventually(clipboard).toBe('stay 3');
});

// The last one: it leaves a document that nobody has saved.
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
  // What it suggests is in the workspace's folder; Enter counts once that was looked into.
  await page.locator('.quick-input-widget .monaco-list-row').first().waitFor();
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
