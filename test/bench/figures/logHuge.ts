import { waitFor } from '../../bed/bed.ts';
import type { Figure } from '../figure.ts';
import { openReader } from '../logReading.ts';
import { pssMb } from '../memory.ts';

const NAME = '0-huge-log';
const LINES = 10_000_000;

/** Ten million lines in one log, and a search that finds something in each: what the reader holds in memory. */
export const logHuge: Figure = {
  name: 'log-huge',
  at: 'smallest',
  isLeftOut: 'always',
  run: async ({ stage }) => {
    const id = await stage.daemon.createWriter(NAME, `seq 1 ${LINES}; sleep 1000000`);
    await stage.daemon.start(NAME);
    await waitFor({ what: `${LINES} lines`, deadlineMs: 240_000, everyMs: 1000 }, async () =>
      (await stage.daemon.lastLine(NAME)).includes(String(LINES)),
    );
    const before = pssMb([process.pid]);
    const reader = await openReader(stage, id);
    try {
      const begin = performance.now();
      reader.worker.more(true);
      const { extent } = await reader.until(({ history }) => history.phase === 'complete');
      const readMs = performance.now() - begin;
      const held = pssMb([process.pid]) - before;
      reader.forget();
      await reader.worker.ask('find', {
        findId: 1,
        query: { pattern: '\\d', isRegex: true, matchCase: true },
      });
      const { find } = await reader.until(({ find: { isComplete } }) => isComplete);
      const searched = pssMb([process.pid]) - before;
      return [
        {
          figure: `log of ${LINES.toLocaleString('en')} lines: lines missing`,
          unit: 'rows',
          samples: [LINES - extent.lines],
          target: { limit: 0, of: 'every' },
          note: `read in ${(readMs / 1000).toFixed(0)} s`,
        },
        {
          figure: `log of ${LINES.toLocaleString('en')} lines: memory of the reader`,
          unit: 'MB',
          samples: [held, searched],
          target: { limit: 64, of: 'every' },
          note: `all read, and with ${find.total.toLocaleString('en')} matches in all of them`,
        },
      ];
    } finally {
      reader.worker.dispose();
      await stage.daemon.remove(NAME);
    }
  },
};
