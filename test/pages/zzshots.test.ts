import { test } from 'vitest';
import { launchBrowser } from '/work/wt/build/test/pages/pageBed.ts';
import { openBuilds, output, step } from '/work/wt/build/test/pages/buildBed.ts';
test('shots', async () => {
  const browser = await launchBrowser();
  for (const [theme, w, h] of [
    ['dark', 1000, 560],
    ['light', 1000, 560],
    ['dark', 420, 600],
    ['highContrast', 900, 500],
  ] as const) {
    const bed = await openBuilds(browser, { theme: theme as any, width: w, height: h });
    const a = await bed.made.start(bed.builds, { tags: ['shop-api:dev'] });
    const ab = bed.builds.get(a.id);
    a.say(
      step(ab, '0', 'load build context', [0, 0.4], { label: '' }),
      step(ab, '1', 'FROM docker.io/library/node:22', [0.4, 1.2], { label: 'builder 1/4' }),
      step(ab, '2', 'COPY package.json package-lock.json ./', [1.2, 1.3], { label: 'builder 2/4' }),
      step(ab, '3', 'RUN npm ci --omit=dev', [1.3, 6], { label: 'builder 3/4' }),
      step(ab, '4', 'RUN npm run build', [6, 9], { label: 'builder 4/4' }),
      { kind: 'ended', outcome: 'succeeded', at: (ab?.startedAt ?? 0) + 9500, problem: undefined },
    );
    const b = await bed.made.start(bed.builds, { tags: ['shop-api:dev'] });
    const bb = bed.builds.get(b.id);
    b.say(
      step(bb, '0', 'load build context', [0, 0.3], { label: '' }),
      step(bb, '1', 'FROM docker.io/library/node:22', [0.4, 0.4], { label: 'builder 1/4', isCached: true }),
      step(bb, '2', 'COPY package.json package-lock.json ./', [0.4, 0.4], {
        label: 'builder 2/4',
        isCached: true,
      }),
      step(bb, '3', 'RUN npm ci --omit=dev', [0.5, 9], { label: 'builder 3/4' }),
      step(bb, '4', 'RUN npm run build', [9, 12], {
        label: 'builder 4/4',
        error: 'process "/bin/sh -c npm run build" did not complete successfully: exit code: 1',
        line: 3,
      }),
      output(
        '4',
        '> shop-api@1.0.0 build',
        '> tsc -p .',
        '',
        "\u001b[96msrc/server.ts\u001b[0m:\u001b[93m12\u001b[0m:\u001b[93m5\u001b[0m - \u001b[91merror\u001b[0m\u001b[90m TS2304: \u001b[0mCannot find name 'foo'.",
        '',
        'Found 1 error in src/server.ts:12',
      ),
      {
        kind: 'ended',
        outcome: 'failed',
        at: (bb?.startedAt ?? 0) + 12100,
        problem: { kind: 'step', what: 'RUN npm run build', line: 3, said: '', exitCode: 1 },
      },
    );
    const c = await bed.made.start(bed.builds, { tags: ['web:latest'] });
    await bed.load();
    await bed.page.getByRole('heading').waitFor();
    bed.host.show(b.id);
    await bed.page.getByRole('alert').waitFor();
    await bed.page.getByRole('log').waitFor();
    await bed.page.screenshot({ path: `/tmp/shot-${theme}-${w}.png` });
    await bed.close();
  }
  await browser.close();
});
