import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { type Engine, startComposeProject } from '../bed/bed.ts';
import { useBench } from './bench.ts';
import { eventually } from './eventually.ts';
import { run } from './objects.ts';
import { root } from './paths.ts';

/* The README's pictures. Every run takes them, so that they can be taken; QUAYSIDE_SCREENSHOTS=1 keeps them. */

const maxBytes = 150_000;

const isKept = process.env['QUAYSIDE_SCREENSHOTS'] === '1';

/** What containers do for a picture, for as long as that takes. */
const workloads: Readonly<Record<string, string>> = {
  'shop-web-1': 'for n in $(seq 400); do wget -q -O- 127.0.0.1:8080 >/dev/null; sleep 0.2; done',
  'shop-api-1': 'for n in $(seq 9); do seq 900000 >/dev/null; sleep 8; done',
  'shop-worker-1': 'for n in $(seq 30); do head -c 400000 /dev/urandom | md5sum >/dev/null; sleep 2; done',
};

const bench = useBench(
  {
    id: 'screenshots',
    withCaller: true,
    width: 1060,
    height: 560,
    settings: {
      'workbench.colorTheme': 'Default Dark Modern',
      'workbench.layoutControl.enabled': false,
      'window.commandCenter': false,
      'editor.fontSize': 12,
      'editor.minimap.enabled': false,
      'editor.occurrencesHighlight': 'off',
      'editor.wordWrap': 'on',
    },
  },
  async (engine) => {
    await startComposeProject(engine);
    await run(engine, 'redis', 'quay/tools:1', ['--volume=redis-data:/data/redis']);
    await run(engine, 'importer', 'quay/crash:1', ['--env=AFTER_SECONDS=0', '--env=EXIT_CODE=1']);
    await engine.cli(['tag', 'quay/hello:1', 'hello-world:latest']);
    await buildShop(engine);
  },
);

/** An image with something to find in its layers. */
async function buildShop(engine: Engine): Promise<void> {
  const steps = [
    'FROM busybox:latest',
    'ENV NODE_ENV=production',
    'RUN mkdir -p /var/cache/apk /usr/lib/node && head -c 9000000 /dev/urandom > /var/cache/apk/index.tar && head -c 14000000 /dev/urandom > /usr/lib/node/libnode.so',
    'RUN mkdir -p /srv/shop/src /srv/shop/assets && cd /srv/shop && echo "{}" > package.json && for f in cart items orders users; do seq 900 > src/$f.js; head -c 60000 /dev/urandom > assets/$f.webp; done',
    'RUN chown -R 1000:1000 /srv/shop/assets && rm -rf /var/cache/apk && echo shop > /etc/hostname.shop && sed -i 1d /srv/shop/src/cart.js',
    'CMD ["node", "/srv/shop"]',
    '',
  ];
  const args = ['buildx', 'build', '--load', '--provenance=false', '--label', engine.label];
  await engine.cli([...args, '--tag', 'shop/web:2.4', '-'], { input: steps.join('\n') });
}

async function take(
  name: string,
  clip?: NonNullable<Parameters<Page['screenshot']>[0]>['clip'],
): Promise<void> {
  const picture = await bench().page.screenshot({
    animations: 'disabled',
    caret: 'hide',
    ...(clip === undefined ? {} : { clip }),
    ...(isKept ? { path: join(root, 'media', 'screenshots', `${name}.png`) } : {}),
  });
  expect(picture.length).toBeLessThan(maxBytes);
}

/** Makes the sidebar as wide as people who use it a lot have it. */
async function widenSidebar(): Promise<void> {
  const { page } = bench();
  const sidebar = await page.locator('.part.sidebar').boundingBox();
  const right = (sidebar?.x ?? 0) + (sidebar?.width ?? 0) + 2;
  await page.mouse.move(right, 300);
  await page.mouse.down();
  await page.mouse.move(right + 130, 300, { steps: 4 });
  await page.mouse.up();
  await page.mouse.move(900, 500);
  await eventually(async () => (await page.locator('.part.sidebar').boundingBox())?.width).toBeGreaterThan(
    350,
  );
}

test('the sidebar, dark and light', async () => {
  const { containers, caller, page } = bench();
  await containers.row('importer').appears();
  await widenSidebar();
  await eventually(() => containers.row('shop').label()).toBe('shop, compose · 4/5 running');
  const clip = { x: 0, y: 32, width: 480, height: 500 };
  const background = (): Promise<string> =>
    page.locator('.part.sidebar').evaluate((sidebar) => getComputedStyle(sidebar).backgroundColor);
  const dark = await background();
  await take('sidebar-dark', clip);
  await caller.setSetting('workbench.colorTheme', 'Default Light Modern');
  await eventually(background).not.toBe(dark);
  await take('sidebar-light', clip);
  await caller.setSetting('workbench.colorTheme', 'Default Dark Modern');
  await eventually(background).toBe(dark);
});

test('the log panel', async () => {
  const { containers, logs, editor, page } = bench();
  await containers.row('worker').pressButton('View Logs');
  await logs.isOpen('shop-worker-1');
  await logs.searchbox.fill('order');
  await logs.lines('payment refused').first().waitFor();
  await page.mouse.move(900, 600);
  await take('logs-dark', (await page.locator('.part.editor').boundingBox()) ?? undefined);
  await editor.closeAll();
});

test('the panel of layers', async () => {
  const { quickInput, layers, editor, page } = bench();
  await quickInput.runCommand('Images: Show Layers');
  await quickInput.asks('Show the layers of which images?');
  await quickInput.chooseAll(['shop/web:2.4']);
  await layers.isOpen('shop/web:2.4');
  await layers.path('cart.js').waitFor();
  await layers.path('index.tar').waitFor();
  await page.mouse.move(900, 600);
  await take('layers-dark', (await page.locator('.part.editor').boundingBox()) ?? undefined);
  await editor.closeAll();
});

test('the panel of stats', async () => {
  const { quickInput, stats, editor, engine, page } = bench();
  // A picture that is kept shows a minute of something.
  if (isKept)
    for (const [name, script] of Object.entries(workloads))
      await engine.cli(['exec', '-d', name, 'sh', '-c', script]);
  await quickInput.runCommand('Stats: Show Stats of All Running');
  await eventually(() => stats.numbers('redis')).toContainEqual(expect.stringMatching(/^[\d.]+ [KM]iB \//));
  if (isKept) await expect.poll(() => stats.moments('redis'), { timeout: 90_000 }).toBeGreaterThan(57);
  await page.mouse.move(900, 600);
  await take('stats-dark', (await page.locator('.part.editor').boundingBox()) ?? undefined);
  await editor.closeAll();
});

test('the hello-world document', async () => {
  const { containers, quickInput, editor, notifications } = bench();
  await quickInput.runCommand('Engines: Run hello-world');
  await eventually(() => editor.text()).toContain('Client, engine and registry work together.');
  await eventually(() => notifications.texts()).toEqual([]);
  await eventually(() => containers.labels()).toContainEqual(expect.stringMatching(/, exited, hello-world$/));
  await take('hello-world');
  await editor.closeAll();
});

test('the version document', async () => {
  const { quickInput, editor } = bench();
  await quickInput.runCommand('Engines: Show Version and Information');
  await eventually(() => editor.text()).toContain('Version:');
  await take('engine-version');
});
