import type { Browser, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { Emitter } from '../../src/base/event.ts';
import { english } from '../../src/base/localize.ts';
import { nullLogger } from '../../src/base/logger.ts';
import { formOf } from '../../src/model/runForm.ts';
import { plainRun, type PortMapping, type RunOptions } from '../../src/model/runOptions.ts';
import type { Choice, RunKnown, RunPageTarget, RunResult, TakenPort } from '../../src/protocol/run.ts';
import { type RunActions, RunHost } from '../../src/ui/panels/runHost.ts';
import { runStrings } from '../../src/ui/panels/runStrings.ts';
import { poll } from './logsLook.ts';
import { openPage, type PageBed } from './pageBed.ts';
import { useBeds } from './useBeds.ts';

/* The form in a real browser, with its real host; only the engine is a stand-in that remembers what it was asked. */

class Actions implements RunActions {
  known: RunKnown = { containers: ['taken'], networks: ['bridge', 'back'], isConnected: true };
  readonly changed = new Emitter<void>();
  readonly onDidChangeKnown = this.changed.event;
  readonly ran: RunOptions[] = [];
  readonly asked: Choice[] = [];
  readonly copied: string[] = [];
  chosen: string | undefined = undefined;
  takenPort = '';
  results: (RunResult | Promise<RunResult>)[] = [];
  isDone = false;
  aborted = false;

  takenPorts(ports: readonly PortMapping[]): Promise<readonly TakenPort[]> {
    return Promise.resolve(
      ports.flatMap(({ hostPort }, index) =>
        hostPort === this.takenPort && hostPort !== '' ? [{ index, holder: 'holder' }] : [],
      ),
    );
  }

  imageHints(name: string): ReturnType<RunActions['imageHints']> {
    if (name !== 'web:1') return Promise.resolve(undefined);
    const ports = [{ containerPort: 8080, protocol: 'tcp' as const }];
    return Promise.resolve({ ports, entrypoint: '', command: 'run-web --all', user: 'www', workingDir: '' });
  }

  choose(what: Choice): Promise<string | undefined> {
    this.asked.push(what);
    return Promise.resolve(this.chosen);
  }

  run(options: RunOptions, signal: AbortSignal): Promise<RunResult> {
    this.ran.push(options);
    signal.addEventListener('abort', () => {
      this.aborted = true;
    });
    return Promise.resolve(this.results.shift() ?? { kind: 'done' });
  }

  done(): void {
    this.isDone = true;
  }

  copy(text: string): Promise<void> {
    this.copied.push(text);
    return Promise.resolve();
  }
}

interface Bed extends PageBed {
  readonly actions: Actions;
  readonly complaints: readonly string[];
}

const useBed = useBeds<Bed>();

interface BedOptions {
  readonly theme?: 'dark' | 'light';
  readonly width?: number;
  readonly options?: Partial<RunOptions>;
  readonly replaces?: RunPageTarget['replaces'];
  readonly height?: number;
}

async function show(options: BedOptions = {}): Promise<Bed> {
  const bed = await useBed((browser) => openForm(browser, options));
  await bed.load();
  await bed.page.getByRole('heading', { level: 1 }).waitFor();
  return bed;
}

async function openForm(browser: Browser, options: BedOptions): Promise<Bed> {
  const size = { width: options.width ?? 900, height: options.height ?? 900 };
  const bed = await openPage(browser, 'run', options.theme ?? 'dark', size);
  const actions = new Actions();
  const complaints: string[] = [];
  bed.page.on('console', (message) => complaints.push(message.text()));
  bed.page.on('pageerror', (error) => complaints.push(String(error)));
  const host = new RunHost({
    port: bed.port,
    target: { engineId: 'default', engineName: 'default', replaces: options.replaces },
    form: formOf({ ...plainRun, ...options.options }),
    folder: '/work/app',
    strings: runStrings(english),
    actions,
    log: { ...nullLogger, warn: (message) => complaints.push(message) },
  });
  return {
    ...bed,
    actions,
    complaints,
    close: async () => {
      host.dispose();
      await bed.close();
    },
  };
}

const field = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true });
const list = (page: Page, name: string) => page.getByRole('group', { name, exact: true });
const line = (page: Page): Promise<string> => page.locator('.lineText').innerText();
const press = (page: Page, name: string): Promise<void> =>
  page.getByRole('button', { name, exact: true }).click();
const problemOf = async (page: Page, name: string): Promise<string> => {
  const id = await field(page, name).first().getAttribute('aria-describedby');
  return id === null ? '' : page.locator(`[id="${id}"]`).innerText();
};

/** Puts it in as a paste does. */
async function paste(page: Page, text: string): Promise<void> {
  await page.evaluate((value) => navigator.clipboard.writeText(value), text);
  await field(page, 'Fill in from a docker run line').focus();
  await page.keyboard.press('ControlOrMeta+v');
}

describe('the form', () => {
  test('begins at the image, writes the line while it is typed, and copies it', async () => {
    const { page, actions } = await show();
    await poll(() => page.evaluate('document.activeElement.labels?.[0]?.textContent')).toBe('Image');
    await page.keyboard.type('nginx:1.27');
    await field(page, 'Name').fill('web');
    await page.getByRole('checkbox', { name: 'Remove the container when it ends' }).check();
    await poll(() => line(page)).toBe('docker run -d --name web --rm nginx:1.27');
    await press(page, 'Copy');
    await poll(() => actions.copied).toEqual(['docker run -d --name web --rm nginx:1.27']);
  });

  test('is filled in by a pasted line, and says what has no place in it', async () => {
    const { page, actions } = await show();
    await paste(
      page,
      `docker run -d --name shop -p 8080:80 -v ./data:/data:ro -v cache:/cache -e 'A=1 2' --gpus all \\
        --network back --network-alias www --memory 512m --restart on-failure:3 -e B=$HOME nginx:1.27 nginx -g 'daemon off;'`,
    );
    await poll(() => field(page, 'Image').inputValue()).toBe('nginx:1.27');
    expect(await field(page, 'Name').first().inputValue()).toBe('shop');
    expect(await field(page, 'Command').inputValue()).toBe(`nginx -g 'daemon off;'`);
    expect(await field(page, 'Attempts at most').inputValue()).toBe('3');
    const remarks = await page.locator('.remarks').innerText();
    expect(remarks).toContain('The form has no field for --gpus.');
    expect(remarks).toContain('A shell would put something else in place of $HOME');
    await poll(() => line(page)).toBe(
      `docker run -d --name shop --restart on-failure:3 -p 8080:80 -v /work/app/data:/data:ro -v cache:/cache -e 'A=1 2' -e 'B=$HOME' --network back --network-alias www --memory 512m nginx:1.27 nginx -g 'daemon off;'`,
    );
    await press(page, 'Run');
    await poll(() => actions.isDone).toBe(true);
    expect(actions.ran[0]).toMatchObject({ name: 'shop', memoryBytes: 512 * 1024 * 1024 });
  });

  test('says of what is no line that it is none', async () => {
    const { page } = await show();
    await field(page, 'Fill in from a docker run line').fill('ls -la');
    await page.keyboard.press('Enter');
    await poll(() => problemOf(page, 'Fill in from a docker run line')).toBe('This is no docker run line.');
  });

  test('says beside the field what is wrong, and goes to the first when it is to run', async () => {
    const { page, actions } = await show();
    actions.takenPort = '8080';
    await field(page, 'Image').fill('Not An Image');
    await poll(() => problemOf(page, 'Image')).toContain('This cannot be an image’s name');
    await field(page, 'Image').fill('web:1');
    await poll(() => problemOf(page, 'Image')).toBe('');
    await field(page, 'Name').first().fill('taken');
    await poll(() => problemOf(page, 'Name')).toBe('Another container is called taken.');
    await press(page, 'Add Port');
    const host = list(page, 'Ports').getByRole('textbox', { name: 'Port of the host' });
    await poll(() => host.evaluate((each) => each === document.activeElement)).toBe(true);
    await host.fill('8080');
    await list(page, 'Ports').getByRole('textbox', { name: 'Port of the container' }).fill('80');
    await poll(() => problemOf(page, 'Port of the host')).toBe('holder has this port of the host.');
    await press(page, 'Run');
    await poll(() => page.locator('.footer [role=status]').innerText()).toBe('2 fields need a look.');
    expect(
      await field(page, 'Name')
        .first()
        .evaluate((each) => each === document.activeElement),
    ).toBe(true);
    expect(actions.ran).toEqual([]);
    await field(page, 'Name').first().fill('free');
    await host.fill('8081');
    await poll(() => problemOf(page, 'Port of the host')).toBe('');
    await page.keyboard.press('ControlOrMeta+Enter');
    await poll(() => actions.ran.length).toBe(1);
  });

  test('shows what the image would do, and publishes what it exposes', async () => {
    const { page } = await show({ options: { image: 'web:1' } });
    await poll(() => field(page, 'Command').getAttribute('placeholder')).toBe('run-web --all');
    expect(await field(page, 'User').getAttribute('placeholder')).toBe('www');
    await press(page, 'Publish the exposed ports: 8080');
    await poll(() => line(page)).toBe('docker run -d -p 8080:8080 web:1');
    await field(page, 'Image').fill('other:1');
    await poll(() => page.locator('.imageNote').innerText()).toBe('Not on the engine: it is pulled first.');
  });

  test('has rows that come, go and keep the focus; the editor is asked for folders and volumes', async () => {
    const { page, actions } = await show({ options: { image: 'web:1' } });
    await press(page, 'Add Volume or Folder');
    await press(page, 'Add Volume or Folder');
    const rows = list(page, 'Volumes and folders').getByRole('group');
    await poll(() => rows.count()).toBe(2);
    actions.chosen = '/srv/data';
    await rows.nth(0).getByRole('button', { name: 'Choose…' }).click();
    await poll(() => rows.nth(0).getByRole('textbox').first().inputValue()).toBe('/srv/data');
    await rows.nth(1).getByRole('combobox').selectOption('volume');
    actions.chosen = 'cache';
    await rows.nth(1).getByRole('button', { name: 'Choose…' }).click();
    await poll(() => actions.asked).toEqual(['folder', 'volume']);
    await rows.nth(0).getByRole('textbox', { name: 'Path in the container' }).fill('/data');
    await rows.nth(1).getByRole('textbox', { name: 'Path in the container' }).fill('/cache');
    await rows.nth(1).getByRole('checkbox', { name: 'Read only' }).check();
    await poll(() => line(page)).toBe('docker run -d -v /srv/data:/data -v cache:/cache:ro web:1');
    await rows.nth(0).getByRole('button', { name: 'Remove' }).click();
    await poll(() => rows.count()).toBe(1);
    expect(
      await rows
        .nth(0)
        .getByRole('combobox')
        .evaluate((each) => each === document.activeElement),
    ).toBe(true);
    await rows.nth(0).getByRole('button', { name: 'Remove' }).click();
    await poll(() => page.locator(':focus').innerText()).toBe('Add Volume or Folder');
  });

  test('says a failure at its field, or at the top with Retry', async () => {
    const { page, actions } = await show({ options: { image: 'web:1', user: 'me' } });
    actions.results = [
      { kind: 'failed', message: 'The image has no user “me”.', at: 'user' },
      { kind: 'failed', message: 'The engine is full.', at: '' },
    ];
    await press(page, 'Run');
    await poll(() => problemOf(page, 'User')).toBe('The image has no user “me”.');
    expect(await field(page, 'User').evaluate((each) => each === document.activeElement)).toBe(true);
    await field(page, 'User').fill('you');
    await poll(() => problemOf(page, 'User')).toBe('');
    await press(page, 'Run');
    await poll(() => page.getByRole('alert').innerText()).toContain('The engine is full.');
    await press(page, 'Retry');
    await poll(() => actions.isDone).toBe(true);
    expect(actions.ran).toHaveLength(3);
  });

  test('leaves the focus where somebody is by the time it has failed', async () => {
    const { page, actions } = await show({ options: { image: 'web:1' } });
    const { promise, resolve } = Promise.withResolvers<RunResult>();
    actions.results = [promise];
    await press(page, 'Run');
    await poll(() => page.locator('.footer [role=status]').innerText()).toBe('Running web:1 …');
    // As when the palette was opened meanwhile: a browser without a window thinks that it always has the focus.
    await page.evaluate(() => {
      document.hasFocus = () => false;
    });
    resolve({ kind: 'failed', message: 'The engine is full.', at: '' });
    const retry = page.getByRole('button', { name: 'Retry' });
    await retry.waitFor();
    expect(await retry.evaluate((each) => each === document.activeElement)).toBe(false);
  });

  test('can be given up while it works', async () => {
    const { page, actions } = await show({ options: { image: 'web:1' } });
    actions.results = [new Promise(() => undefined)];
    await press(page, 'Run');
    await poll(() => page.locator('.footer [role=status]').innerText()).toBe('Running web:1 …');
    await press(page, 'Cancel');
    await poll(() => page.locator('.footer [role=status]').innerText()).toBe(
      'Cancelled. Nothing was left behind.',
    );
    await poll(() => actions.aborted).toBe(true);
  });

  test('is there again after a reload, and waits while the engine is away', async () => {
    const bed = await show();
    const { page, actions } = bed;
    await paste(page, `docker run --name kept -p 1:2 -e A=1 busybox sh -c 'a\nb'`);
    await poll(() => line(page)).toContain('--name kept');
    const before = await line(page);
    await bed.load();
    await poll(() => line(page)).toBe(before);
    actions.known = { ...actions.known, isConnected: false };
    actions.changed.fire();
    await poll(() => page.getByRole('button', { name: 'Run', exact: true }).isDisabled()).toBe(true);
    actions.known = { ...actions.known, isConnected: true };
    actions.changed.fire();
    await poll(() => page.getByRole('button', { name: 'Run', exact: true }).isDisabled()).toBe(false);
  });

  test('of a container that is replaced says what happens to it and what is kept', async () => {
    const replaces = { id: 'c', name: 'web', keptNames: ['CapAdd', 'Healthcheck'] };
    const { page, actions } = await show({ options: { image: 'web:1', name: 'web' }, replaces });
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Edit and Recreate web');
    expect(await page.getByRole('main').innerText()).toContain('CapAdd, Healthcheck');
    await press(page, 'Recreate and Start');
    await poll(() => actions.isDone).toBe(true);
  });

  test.each([
    ['dark', 900],
    ['light', 900],
    ['dark', 400],
  ] as const)('has every field with a name, and fits: %s, %d pixels wide', async (theme, width) => {
    const { page, actions } = await show({
      theme,
      width,
      height: 2400,
      options: {
        image: 'web:1',
        name: 'taken',
        ports: [
          { hostIp: '127.0.0.1', hostPort: '8080', containerPort: 8080, protocol: 'tcp' },
          { hostIp: '', hostPort: '', containerPort: 53, protocol: 'udp' },
        ],
        mounts: [
          {
            type: 'bind',
            source: '/srv/a/very/long/path/of/data',
            target: '/data',
            isReadOnly: true,
            extra: 'z',
          },
          { type: 'volume', source: 'cache', target: '/cache', isReadOnly: false, extra: '' },
        ],
        env: { NODE_ENV: 'production', GREETING: 'hello' },
        networks: [{ name: 'back', aliases: ['db'], ipAddress: '' }],
        labels: { team: 'a' },
        restart: { name: 'on-failure', maxRetries: 3 },
      },
    });
    await poll(() => problemOf(page, 'Name')).toBe('Another container is called taken.');
    expect(actions.ran).toEqual([]);
    const nameless = await page.evaluate(
      `[...document.querySelectorAll('input, select, textarea')].filter((each) => (each.labels?.length ?? 0) === 0).length`,
    );
    expect(nameless).toBe(0);
    const overflow = await page.evaluate(
      `[...document.querySelectorAll('*')].filter((each) => each.getBoundingClientRect().right > innerWidth + 1).length`,
    );
    expect(overflow).toBe(0);
    const folder = process.env['QUAYSIDE_PICTURES'];
    if (folder !== undefined) await page.screenshot({ path: `${folder}/run-${theme}-${String(width)}.png` });
  });
});
