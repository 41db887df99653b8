import { setTimeout as pause } from 'node:timers/promises';
import type { Figure } from '../figure.ts';
import type { RowTest } from '../probe.ts';
import { FILTER_KEYS, type FilterKey } from '../stage.ts';

/** More containers than anybody has: it stays usable. */
export const huge: Figure = {
  name: 'huge',
  at: { size: 5_000 },
  isLeftOut: 'of quick runs',
  run: async ({ stage, size, runs }) => {
    const { listMs } = await stage.daemon.times();
    const first: number[] = [];
    const one: number[] = [];
    const hundred: number[] = [];
    const cleared: number[] = [];
    for (let n = 0; n < runs(3, 1); n += 1) {
      const session = await stage.openSettled('direct');
      const seen = await session.clickIcon();
      first.push(seen.paintedAt - seen.inputAt);
      await session.settled();
      const filter = async (key: FilterKey, test: RowTest): Promise<number> => {
        const answer = session.rows(test);
        await session.page.keyboard.press(key);
        const { paintedAt, inputAt } = await answer;
        await session.settled();
        return paintedAt - inputAt;
      };
      const only = (key: FilterKey): RowTest => ({ kind: 'only', text: FILTER_KEYS[key] });
      one.push(await filter('Control+Alt+1', only('Control+Alt+1')));
      hundred.push(await filter('Control+Alt+2', { kind: 'first', text: 'load-4300' }));
      cleared.push(await filter('Control+Alt+3', { kind: 'first', text: 'load-0000' }));
      await pause(500);
      hundred.push(await filter('Control+Alt+2', only('Control+Alt+2')));
      one.push(await filter('Control+Alt+1', only('Control+Alt+1')));
      await session.close();
    }
    const target = { limit: 100, of: 'median' } as const;
    return [
      {
        figure: 'click → first row',
        size,
        unit: 'ms',
        samples: first,
        target: { limit: 2 * listMs + 500, of: 'median' },
        daemonMs: listMs,
      },
      { figure: 'filter → the one row that is left', size, unit: 'ms', samples: one, target },
      { figure: 'filter → the 100 rows that are left', size, unit: 'ms', samples: hundred, target },
      { figure: 'filter cleared → all rows again', size, unit: 'ms', samples: cleared },
    ];
  },
};
