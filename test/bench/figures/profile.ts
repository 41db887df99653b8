import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type HotFunction, summarize } from '../cpuProfile.ts';
import type { Figure } from '../figure.ts';
import { field, withInspector } from '../inspector.ts';
import { LIVES, playLives } from '../lives.ts';

const REPEATS = 4;
const SHOWN = 14;
const RESULTS = join(import.meta.dirname, '..', '..', '..', 'test-results');

/**
 * No figure, but where the extension host's time goes while containers come and go in sight. Give it a package that
 * is not minified (`node scripts/build.ts && node scripts/package.ts`), or the names say nothing.
 */
export const profile: Figure = {
  name: 'profile',
  at: 'largest',
  isLeftOut: 'always',
  run: async ({ stage, size }) => {
    const session = await stage.openSettled('direct');
    await session.showView();
    await playLives(stage.daemon);
    const recorded = await withInspector(await session.hostPid(), async ({ send }) => {
      await send('Profiler.enable');
      await send('Profiler.setSamplingInterval', { interval: 200 });
      await send('Profiler.start');
      for (let n = 0; n < REPEATS; n += 1) await playLives(stage.daemon);
      await pause(500);
      return field(await send('Profiler.stop'), 'profile');
    });
    await session.close();
    mkdirSync(RESULTS, { recursive: true });
    const file = join(RESULTS, `events-${size}.cpuprofile`);
    writeFileSync(file, JSON.stringify(recorded));

    const { functions, busyMs } = summarize(recorded);
    const bundle = readFileSync(join(await stage.extensionFolder(), 'dist', 'extension.cjs'), 'utf8');
    const lines = bundle.split('\n');
    const isOurs = ({ url }: HotFunction): boolean => url.includes('quayside.quayside');
    const changes = REPEATS * LIVES * 4;
    const print = (title: string, chosen: readonly HotFunction[]): void => {
      process.stdout.write(`\n${title}\n`);
      for (const hot of chosen.slice(0, SHOWN)) {
        const place = isOurs(hot) ? sourceOf(lines, hot.line) : hot.url.split('/').at(-1);
        const [self, total] = [hot.selfMs / changes, hot.totalMs / changes];
        process.stdout.write(
          `  ${self.toFixed(3)} self  ${total.toFixed(3)} total  ${hot.name}  ${place}:${hot.line}\n`,
        );
      }
    };
    const bySelf = [...functions].sort((a, b) => b.selfMs - a.selfMs);
    const byTotal = [...functions].sort((a, b) => b.totalMs - a.totalMs);
    process.stdout.write(`\n${(busyMs / changes).toFixed(2)} ms for each change of a row; ${file}\n`);
    print('ours, by own time', bySelf.filter(isOurs));
    print('ours, with what they call', byTotal.filter(isOurs));
    print('everything, by own time', bySelf);
    return [
      {
        figure: 'busy time of the extension host’s main thread, profiled',
        size,
        unit: 'ms',
        samples: [busyMs / changes],
      },
    ];
  },
};

/** The bundler writes each source's name above it. */
function sourceOf(lines: readonly string[], line: number): string {
  const name = lines.slice(0, line).findLast((text) => /^\/\/ (src|node_modules)\//.test(text));
  return name?.slice(3) ?? 'extension.cjs';
}
