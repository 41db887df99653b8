import { waitFor } from '../../bed/bed.ts';
import type { Figure } from '../figure.ts';
import { linesHeld, logFrame, rowSeen, watchForRow } from '../logPage.ts';
import { MERGED_LOG_KEY, MERGED_PROJECT, type Stage } from '../stage.ts';

const CONTAINERS = 20;
const LINES_EACH = 10_000;
const TOTAL = CONTAINERS * LINES_EACH;

/** One log of twenty containers: how soon it shows, and whether all of it is there and in order. */
export const logMerged: Figure = {
  name: 'log-merged',
  at: 'smallest',
  isLeftOut: 'of quick runs',
  run: async ({ stage, runs }) => {
    const names = await writers(stage);
    const painted: number[] = [];
    let lines = 0;
    let unordered = 0;
    for (let run = 0; run < runs(5, 1); run += 1) {
      const session = await stage.openSettled('direct');
      await session.showView();
      await watchForRow(session, 'merged line');
      const begin = Date.now();
      await session.page.keyboard.press(MERGED_LOG_KEY);
      const frame = await logFrame(session);
      painted.push((await rowSeen(frame, 'merged line')) - begin);
      await session.page.keyboard.press('Home');
      await waitFor({ what: 'all lines', deadlineMs: 60_000, everyMs: 200 }, async () => {
        lines = await linesHeld(frame);
        return lines >= TOTAL;
      });
      unordered += await frame.evaluate<number>(`(() => {
        const times = [...document.querySelectorAll('.rows > .row:not(.event) .time')].map((time) => time.title);
        return times.filter((time, n) => n > 0 && time < times[n - 1]).length;
      })()`);
      await session.close();
    }
    for (const name of names) await stage.daemon.remove(name);
    return [
      {
        figure: `log of ${CONTAINERS} containers, ${TOTAL.toLocaleString('en')} lines: key → first lines`,
        unit: 'ms',
        samples: painted,
        target: { limit: 400, of: 'median' },
      },
      {
        figure: 'log of several containers: lines missing, and rows out of order on screen',
        unit: 'rows',
        samples: [TOTAL - lines, unordered],
        target: { limit: 0, of: 'every' },
      },
    ];
  },
};

/** They write at the same time, so that their lines lie between each other. */
async function writers(stage: Stage): Promise<readonly string[]> {
  const names = Array.from({ length: CONTAINERS }, (_, n) => `${MERGED_PROJECT}-${n}`);
  const script = `for n in $(seq 1 100); do seq $((n * 100 - 99)) $((n * 100)) | sed 's/^/merged line /'; sleep 0.02; done; sleep 1000000`;
  for (const name of names)
    await stage.daemon.createWriter(name, script, {
      'com.docker.compose.project': MERGED_PROJECT,
      'com.docker.compose.service': name,
    });
  await Promise.all(names.map((name) => stage.daemon.start(name)));
  for (const name of names)
    await waitFor({ what: `the lines of ${name}`, deadlineMs: 120_000, everyMs: 500 }, async () =>
      (await stage.daemon.lastLine(name)).includes(`merged line ${LINES_EACH}`),
    );
  return names;
}
