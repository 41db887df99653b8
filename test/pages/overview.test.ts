import type { Locator, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import type { WatchedContainer } from '../../src/engine/containerWatch.ts';
import type { Container } from '../../src/model/container.ts';
import type { ContainerDetails } from '../../src/model/containerDetails.ts';
import { noExtras } from '../../src/model/runExtras.ts';
import { plainRun } from '../../src/model/runOptions.ts';
import { composeLabels, container, stopped } from '../support/builders.ts';
import { detailsFor, stateFor } from '../support/details.ts';
import { poll } from './logsLook.ts';
import { openOverview, type OverviewBed, type OverviewBedOptions } from './overviewBed.ts';
import { useBeds } from './useBeds.ts';

const useBed = useBeds<OverviewBed>();

const minute = 60_000;

const web = container('web', {
  image: 'shop/web:1.4',
  ports: [
    { containerPort: 80, protocol: 'tcp', host: { ip: '0.0.0.0', port: 8080 } },
    { containerPort: 9000, protocol: 'tcp' },
  ],
  labels: { ...composeLabels('shop', 'web'), 'org.opencontainers.image.version': '1.4', team: 'shop' },
});

const webDetails: Partial<ContainerDetails> = {
  state: stateFor({
    state: 'running',
    startedAt: Date.now() - 65 * minute,
    pid: 4711,
    restartPolicy: { name: 'unless-stopped', maxRetries: 0 },
  }),
  image: {
    reference: 'shop/web:1.4',
    id: `sha256:${'1f'.repeat(32)}`,
    digests: [`shop/web@sha256:${'2e'.repeat(32)}`],
    platform: 'linux/amd64',
    isGone: false,
  },
  health: {
    check: {
      test: ['CMD-SHELL', 'curl -f localhost'],
      intervalMs: 10_000,
      timeoutMs: 2000,
      startPeriodMs: undefined,
      retries: 3,
    },
    status: 'unhealthy',
    failingStreak: 4,
    probes: [
      {
        startedAt: Date.now() - 5000,
        endedAt: Date.now() - 4900,
        exitCode: 7,
        output: 'curl: (7) Failed to connect\n',
      },
      { startedAt: Date.now() - 15_000, endedAt: Date.now() - 14_900, exitCode: 0, output: 'ok' },
    ],
  },
  mounts: [
    {
      type: 'volume',
      name: 'pages',
      source: '/var/lib/docker/volumes/pages/_data',
      target: '/pages',
      driver: 'local',
      mode: 'z',
      isReadOnly: false,
    },
    {
      type: 'bind',
      name: '',
      source: '/srv/conf',
      target: '/etc/conf',
      driver: '',
      mode: '',
      isReadOnly: true,
    },
    {
      type: 'bind',
      name: '',
      source: '/var/run/docker.sock',
      target: '/var/run/docker.sock',
      driver: '',
      mode: '',
      isReadOnly: false,
    },
  ],
  networks: [
    {
      name: 'shop_default',
      networkId: 'n1',
      ipAddress: '172.18.0.3',
      ipv6Address: '',
      gateway: '172.18.0.1',
      macAddress: '02:42:ac:12:00:03',
      aliases: ['web'],
    },
  ],
  env: [
    ['PATH', '/usr/bin:/bin'],
    ['DB_PASSWORD', 'hunter2'],
    ['API_TOKEN', 'abc'],
  ],
  command: ['run-web', '--port', '80'],
  workingDir: '/app',
  limits: { memoryBytes: 64 * 1024 * 1024, cpus: 0.5, pids: undefined },
  extras: { ...noExtras, isPrivileged: true, capAdd: ['SYS_ADMIN'], pidMode: 'host', logDriver: 'json-file' },
};

function watched(record: Container, parts: Partial<ContainerDetails> = {}): WatchedContainer {
  return {
    phase: 'connected',
    details: detailsFor(record, parts),
    recipe: {
      options: { ...plainRun, name: record.name, image: record.image, env: { DB_PASSWORD: 'hunter2' } },
      kept: undefined,
      keptNames: [],
      extras: noExtras,
      unsaidNames: ['DeviceRequests'],
    },
    container: record,
    isGone: false,
    successor: undefined,
    error: undefined,
  };
}

async function show(options: Partial<OverviewBedOptions> = {}): Promise<OverviewBed> {
  const bed = await useBed((browser) =>
    openOverview(browser, { watched: watched(web, webDetails), ...options }),
  );
  bed.processes = {
    processes: [
      { pid: '4711', user: 'root', command: 'run-web --port 80' },
      { pid: '4720', user: 'www', command: 'worker' },
    ],
    problem: '',
  };
  await bed.load();
  await bed.page.getByRole('heading', { level: 1 }).waitFor();
  return bed;
}

const crashed = (state: Parameters<typeof stateFor>[0]): WatchedContainer => {
  const record = stopped('web', { exitCode: state?.exitCode });
  return watched(record, { state: stateFor(state) });
};

const section = (page: Page, id: string): Locator => page.locator(`#section-${id}`);
const rowOf = (page: Page, id: string, label: string): Locator =>
  section(page, id)
    .locator('.row')
    .filter({ has: page.locator('dt').getByText(label, { exact: true }) });
const press = (page: Page, name: string): Promise<void> =>
  page.getByRole('button', { name, exact: true }).first().click();

describe('the page of a running container', () => {
  test('says what the engine says of it', async () => {
    const { page } = await show();
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('web');
    expect(await page.locator('.badge').allInnerTexts()).toEqual(['running', 'unhealthy']);
    expect(await rowOf(page, 'state', 'Up for').locator('dd').innerText()).toContain('1 hour 5 minutes');
    expect(await rowOf(page, 'health', 'Last probe').locator('pre').innerText()).toBe(
      'curl: (7) Failed to connect',
    );
    expect(await rowOf(page, 'limits', 'Memory').innerText()).toContain('64 MiB');
    expect(await rowOf(page, 'isolation', 'Privileged').innerText()).toContain('what root may');
    expect(await rowOf(page, 'isolation', 'Engine’s socket').innerText()).toContain('/var/run/docker.sock');
    expect(await rowOf(page, 'recipe', 'docker run').innerText()).toContain('DeviceRequests');
    const titles = await page.getByRole('heading', { level: 2 }).allInnerTexts();
    expect(titles.slice(0, 5)).toEqual([
      'Its health check has failed 4 times in a row.',
      'State',
      'Health check',
      'Ports',
      'Mounts',
    ]);
  });

  test('copies and opens what stands there', async () => {
    const { page, asked } = await show();
    await rowOf(page, 'ports', '80/tcp').getByRole('button', { name: '0.0.0.0:8080' }).click();
    await poll(() => asked).toEqual(['open url http://localhost:8080']);
    await rowOf(page, 'mounts', '/pages').getByRole('button', { name: 'pages', exact: true }).click();
    await rowOf(page, 'mounts', '/etc/conf').getByRole('button', { name: '/srv/conf', exact: true }).click();
    await rowOf(page, 'networks', 'shop_default').getByRole('button', { name: 'Copy shop_default' }).click();
    await rowOf(page, 'image', 'Digest').getByRole('button', { name: 'Copy Digest' }).click();
    await poll(() => asked.slice(1)).toEqual([
      'open volume pages',
      'open path /srv/conf',
      'copy 172.18.0.3',
      `copy shop/web@sha256:${'2e'.repeat(32)}`,
    ]);
    await page.getByText('Copied.').waitFor();
  });

  test('masks secrets until asked, one by one and all; a copy has them', async () => {
    const { page, asked } = await show();
    const environment = section(page, 'environment');
    const line = section(page, 'recipe').locator('pre').first();
    expect(await environment.innerText()).not.toContain('hunter2');
    expect(await page.content()).not.toContain('hunter2');
    expect(await line.innerText()).toContain('DB_PASSWORD=••••');
    await press(page, 'Show the value of DB_PASSWORD');
    await environment.getByText('hunter2').waitFor();
    expect(await environment.innerText()).not.toContain('abc');
    await press(page, 'Show All Values');
    await environment.getByText('abc', { exact: true }).waitFor();
    await press(page, 'Hide the value of DB_PASSWORD');
    await environment.getByText('hunter2').waitFor({ state: 'detached' });
    await press(page, 'Show All Values');
    await press(page, 'Hide All Values');
    await environment.getByText('abc', { exact: true }).waitFor({ state: 'detached' });
    await press(page, 'Copy docker run');
    await press(page, 'Copy API_TOKEN');
    await poll(() => asked).toEqual([
      'copy docker run -d --name web -e DB_PASSWORD=hunter2 shop/web:1.4',
      'copy abc',
    ]);
  });

  test('groups labels by who wrote them, folded at first; what is folded stays so', async () => {
    const bed = await show();
    const { page } = bed;
    const labels = section(page, 'labels');
    expect(await labels.getAttribute('open')).toBeNull();
    await labels.locator('summary').click();
    await poll(() => labels.getByRole('heading', { level: 3 }).allInnerTexts()).toEqual([
      'Compose',
      'Image',
      'Others',
    ]);
    await section(page, 'mounts').locator('summary').click();
    await poll(() => bed.keptState()).toMatchObject({
      target: { engineId: 'e', id: 'c' },
      closed: ['mounts'],
    });
    await bed.load();
    await page.getByRole('heading', { level: 1 }).waitFor();
    expect(await section(page, 'mounts').getAttribute('open')).toBeNull();
    expect(await labels.getAttribute('open')).toBe('');
  });

  test('lists its processes anew while it is seen, and sends one a signal', async () => {
    const bed = await show();
    const { page } = bed;
    const table = page.getByRole('table', { name: 'Processes' });
    await poll(() => table.getByRole('row').count()).toBe(3);
    await press(page, 'Send a signal to process 4720');
    await poll(() => bed.asked).toEqual(['signal 4720 worker']);
    bed.processes = { processes: [{ pid: '4711', user: 'root', command: 'run-web' }], problem: '' };
    await poll(() => table.getByRole('row').count()).toBe(2);
    bed.processes = { processes: [], problem: 'no ps.' };
    await page.getByText('No process could be read: no ps.').waitFor();
    const gone = stopped('web', { exitCode: 0 });
    bed.change({ container: gone, details: detailsFor(gone) });
    await section(page, 'processes').waitFor({ state: 'hidden' });
  });

  test('is drawn anew only where something changed, and keeps the focus', async () => {
    const bed = await show();
    const { page } = bed;
    await page.getByRole('button', { name: 'Copy Memory' }).waitFor({ state: 'detached' });
    const stop = page.getByRole('button', { name: 'Stop', exact: true });
    await stop.focus();
    await page.evaluate(`document.querySelector('#section-mounts dl').dataset.mark = '1'`);
    bed.change({ details: detailsFor({ ...web, name: 'shop-web' }, { ...webDetails, health: undefined }) });
    await poll(() => page.getByRole('heading', { level: 1 }).innerText()).toBe('shop-web');
    expect(await page.evaluate(`document.querySelector('#section-mounts dl').dataset.mark`)).toBe('1');
    expect(await stop.evaluate((each) => each === document.activeElement)).toBe(true);
    await section(page, 'health').waitFor({ state: 'detached' });
    expect(await page.locator('.badge').allInnerTexts()).toEqual(['running']);
  });
});

describe('the page says why', () => {
  test.each([
    [{ exitCode: 137, isOomKilled: true }, 'Killed for lack of memory, exit code 137'],
    [{ exitCode: 127 }, 'A program was not found, exit code 127'],
    [{ exitCode: 139 }, 'Crashed (SIGSEGV), exit code 139'],
  ])('%o', async (state, title) => {
    const { page, asked } = await show({ watched: crashed(state) });
    const verdict = page.getByRole('region', { name: title });
    expect(await verdict.innerText()).toContain('Next:');
    await verdict.getByRole('button', { name: 'Logs' }).click();
    await page.getByRole('toolbar').getByRole('button', { name: 'Start', exact: true }).click();
    await poll(() => asked).toEqual(['logs', 'start']);
  });

  test('and what the engine said when it could not start it', async () => {
    const error = 'driver failed: <b>port</b> is already allocated';
    const { page } = await show({ watched: crashed({ state: 'created', exitCode: 128, error }) });
    const verdict = page.getByRole('region', { name: 'It could not be started' });
    expect(await verdict.innerText()).toContain(`The engine said: ${error}`);
  });

  test('it restarts without end', async () => {
    const state = { state: 'restarting', exitCode: 1, restartCount: 7 } as const;
    const { page } = await show({ watched: crashed(state) });
    expect(await page.locator('.verdict').innerText()).toContain('has started it 7 times so far');
  });
});

describe('the page lives on', () => {
  test('when the container is gone: the last facts stay, and its successor is offered', async () => {
    const bed = await show();
    const { page } = bed;
    bed.change({ isGone: true });
    await page.getByText('It was removed. This is what was last known of it.').waitFor();
    expect(await page.getByRole('toolbar').count()).toBe(0);
    expect(await rowOf(page, 'limits', 'Memory').innerText()).toContain('64 MiB');
    bed.change({ successor: container('web') });
    await press(page, 'Show the New Container');
    await poll(() => bed.asked).toEqual(['successor']);
  });

  test('when the engine is gone, and when it is back', async () => {
    const bed = await show();
    const { page } = bed;
    bed.change({ phase: 'unreachable' });
    await page.getByText('this is the last known state').waitFor();
    expect(await page.getByRole('toolbar').count()).toBe(0);
    bed.change({ phase: 'connected' });
    await page.getByRole('toolbar').waitFor();
    expect(await page.locator('.notice').count()).toBe(0);
  });

  test('before anything is known', async () => {
    const nothing = { ...watched(web), details: undefined, recipe: undefined, container: undefined };
    const bed = await show({ watched: { ...nothing, phase: 'connecting' } });
    expect(await bed.page.locator('.notice').innerText()).toBe('Connecting to the engine…');
    bed.change({ phase: 'connected', isGone: true });
    await bed.page.getByText('There is no container “web”.').waitFor();
    bed.change(watched(web));
    await section(bed.page, 'state').waitFor();
  });

  test('with its history, the newest first', async () => {
    const at = Date.now();
    const entries = [
      { at: at - 3000, action: 'start', detail: '' },
      { at: at - 2000, action: 'die', detail: '1' },
    ] as const;
    const { page } = await show({ history: { entries, since: at - 10_000 } });
    const rows = section(page, 'history').locator('.row');
    expect(await rows.locator('dd').allInnerTexts()).toEqual([
      'ended with exit code 1',
      'started',
      expect.stringContaining('10 seconds ago'),
    ]);
  });
});

test('fits into 300 pixels', async () => {
  const { page } = await show({ width: 300 });
  expect(await page.evaluate('document.querySelector(".page").scrollWidth')).toBeLessThanOrEqual(300);
});
