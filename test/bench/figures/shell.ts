import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { runFolder } from '../../bed/bed.ts';
import { makeFolder } from '../../bed/folders.ts';
import { WorkbenchPage } from '../../e2e/workbench/workbenchPage.ts';
import type { Figure, Measurement } from '../figure.ts';
import type { Session } from '../session.ts';
import type { Stage } from '../stage.ts';
import { median } from '../statistics.ts';

const NAME = 'bench-shell';
const BIG_BYTES = 100 * 1024 * 1024;
const PROMPT = '/data #';

/** A shell from its click to its prompt, from a key to its echo, and a hundred megabytes through it. */
export const shell: Figure = {
  name: 'shell',
  at: 'smallest',
  run: async ({ stage, runs }) => {
    const { engine } = stage;
    await engine.cli(['run', '-d', '--name', NAME, '--label', engine.label, 'quay/tools:1']);
    const fill = `yes "0123456789 abcdefghij klmnopqrst uvwxyz 0123456789" | head -c ${BIG_BYTES} > /tmp/big`;
    await engine.cli(['exec', NAME, 'sh', '-c', fill]);
    const session = await stage.openSettled('direct');
    try {
      await session.showView();
      await watch(session.page);
      return [
        await toPrompt(stage, session, runs(9, 3)),
        await toEcho(session, runs(40, 10)),
        ...(await through(stage, session, runs(5, 1))),
      ];
    } finally {
      await session.close();
      await engine.cli(['rm', '-f', NAME]);
    }
  },
};

/** In the page: when the mouse and the keys were pressed, and the longest time in which it drew nothing. */
interface Watched {
  pressedAt: number;
  longestGapMs: number;
}

async function watch(page: Page): Promise<void> {
  await page.evaluate(() => {
    const watched: Watched = { pressedAt: 0, longestGapMs: 0 };
    Object.assign(window, { watched });
    for (const kind of ['mousedown', 'keydown'] as const)
      window.addEventListener(kind, () => (watched.pressedAt = performance.now()), true);
    let last = performance.now();
    const frame = (now: number): void => {
      watched.longestGapMs = Math.max(watched.longestGapMs, now - last);
      last = now;
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
}

/** Milliseconds from the last press until the terminal in front shows the text, looked at in each frame. */
async function untilShown(page: Page, text: string): Promise<number> {
  const shown = page.waitForFunction((wanted) => {
    const rows = document.querySelector('.terminal-wrapper.active .xterm-rows')?.textContent ?? '';
    const { watched } = window as unknown as { watched: Watched };
    return rows.replaceAll('\u00a0', ' ').includes(wanted)
      ? performance.now() - watched.pressedAt
      : undefined;
  }, text);
  const found = await shown.catch(async () => {
    const rows = await page.locator('.terminal-wrapper.active .xterm-rows').allTextContents();
    throw new Error(`the terminal never showed “${text}” but ${JSON.stringify(rows)}`);
  });
  return Number(await found.jsonValue());
}

async function toPrompt(stage: Stage, session: Session, runs: number): Promise<Measurement> {
  const workbench = new WorkbenchPage(session.page);
  const ours: number[] = [];
  const cli: number[] = [];
  // The first one loads the editor's terminal.
  for (let run = 0; run <= runs; run += 1) {
    const docker = await cliToPrompt(stage);
    await workbench.containers.row(NAME).pressButton('Open Shell');
    const took = await untilShown(session.page, PROMPT);
    if (run > 0) {
      cli.push(docker);
      ours.push(took);
    }
    if (run === runs) break;
    await workbench.runCommand('Terminal: Kill All Terminals');
    await session.settled();
  }
  const docker = median(cli);
  return {
    figure: 'click on Open Shell to prompt',
    unit: 'ms',
    samples: ours,
    target: { limit: docker * 1.3, of: 'median' },
    daemonMs: docker,
    note: 'the daemon’s column is docker exec -it … sh until its prompt',
  };
}

/** With or without a terminal, as a shell has one: that alone makes an engine many times slower. */
function cliIntoFile({ engine }: Stage, hasTerminal: boolean): Promise<void> {
  const file = openSync(join(makeFolder(runFolder('bench', 'shell')), 'out'), 'w');
  const [program = '', ...args] = hasTerminal
    ? ['script', '-qec', `docker exec -t ${NAME} cat /tmp/big`, '/dev/null']
    : ['docker', 'exec', NAME, 'cat', '/tmp/big'];
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      env: { ...process.env, ...engine.environment },
      stdio: ['ignore', file, 'inherit'],
    });
    child.once('error', reject);
    child.once('exit', () => {
      closeSync(file);
      resolve();
    });
  });
}

/** `script` gives the docker CLI the terminal that it wants. */
function cliToPrompt({ engine }: Stage): Promise<number> {
  return new Promise((resolve, reject) => {
    const begin = performance.now();
    const child = spawn('script', ['-qec', `docker exec -it ${NAME} sh`, '/dev/null'], {
      env: { ...process.env, ...engine.environment },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    let said = '';
    child.stdout.on('data', (data: Buffer) => {
      said += data.toString();
      if (!said.includes(PROMPT)) return;
      resolve(performance.now() - begin);
      child.stdin.end('exit\n');
    });
    child.once('error', reject);
    child.once('exit', () => {
      reject(new Error(`docker exec ended: ${said}`));
    });
  });
}

/** Beside the editor's own terminal, whose way from a key to the screen is the same. */
async function toEcho({ page }: Session, runs: number): Promise<Measurement> {
  const ours = await echoes(page, runs);
  const palette = page.locator('.quick-input-widget');
  await page.keyboard.press('F1');
  await palette.locator('input[type=text]').fill('>Terminal: Create New Terminal');
  // There is more than one that begins so.
  await palette.getByRole('option', { name: 'Terminal: Create New Terminal' }).first().click();
  await page.locator('.terminal-tabs-entry').nth(1).waitFor();
  await untilShown(page, '#');
  const editor = median(await echoes(page, runs));
  await page.locator('.terminal-tabs-entry').first().click();
  await untilShown(page, PROMPT);
  return {
    figure: 'key to its echo in a shell',
    unit: 'ms',
    samples: ours,
    target: { limit: 20, of: 'median' },
    daemonMs: editor,
    note: 'the daemon’s column is the editor’s own terminal, with a shell of this machine',
  };
}

async function echoes(page: Page, runs: number): Promise<readonly number[]> {
  await page.locator('.terminal-wrapper.active .xterm-helper-textarea').focus();
  const samples: number[] = [];
  for (let run = 1; run <= runs; run += 1) {
    await page.keyboard.press('q');
    samples.push(await untilShown(page, 'q'.repeat(run)));
  }
  await page.keyboard.press('Control+C');
  return samples;
}

async function through(stage: Stage, { page }: Session, runs: number): Promise<readonly Measurement[]> {
  const ours: number[] = [];
  const cli: number[] = [];
  const cliWithTerminal: number[] = [];
  const gaps: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    for (const [hasTerminal, times] of [
      [false, cli],
      [true, cliWithTerminal],
    ] as const) {
      const begin = performance.now();
      await cliIntoFile(stage, hasTerminal);
      times.push(performance.now() - begin);
    }
    await page.locator('.terminal-wrapper.active .xterm-helper-textarea').focus();
    await page.keyboard.type(`cat /tmp/big; echo do""ne-${run}`);
    await page.evaluate(() => {
      (window as unknown as { watched: Watched }).watched.longestGapMs = 0;
    });
    await page.keyboard.press('Enter');
    ours.push(await untilShown(page, `done-${run}`));
    gaps.push(await page.evaluate(() => (window as unknown as { watched: Watched }).watched.longestGapMs));
  }
  const docker = median(cli);
  return [
    {
      figure: '100 MB through a shell by cat',
      unit: 'ms',
      samples: ours,
      target: { limit: docker * 2, of: 'median' },
      daemonMs: docker,
      note: `the daemon’s column is docker exec … cat into a file; with a terminal, as a shell has one, it takes ${median(cliWithTerminal).toFixed(0)} ms`,
    },
    {
      figure: 'longest time without a frame meanwhile',
      unit: 'ms',
      samples: gaps,
      target: { limit: 250, of: 'median' },
    },
  ];
}
