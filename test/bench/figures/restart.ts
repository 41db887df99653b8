import { setTimeout as pause } from 'node:timers/promises';
import type { Figure } from '../figure.ts';

const LATER_EVENTS = 3;

/** The daemon goes and comes back while the view is open: from its first answer on, rows are live again. */
export const restart: Figure = {
  name: 'restart',
  at: 'each',
  run: async ({ stage, size, runs }) => {
    const { daemon, engine } = stage;
    const { listMs } = await daemon.times();
    const session = await stage.openSettled('direct');
    await session.showView();
    const next: number[] = [];
    const later: number[] = [];
    for (let run = 0; run < runs(3, 1); run += 1) {
      // Resolves with the daemon's first answer.
      await engine.restart();
      for (let n = 0; n <= LATER_EVENTS; n += 1) {
        const name = `0-again-${run}-${n}`;
        const seen = session.rows({ kind: 'begins', text: `${name}, ` }, 70_000);
        await daemon.create(name);
        const stamp = await daemon.stampOf('create', name);
        const { paintedAt } = await seen;
        (n === 0 ? next : later).push(paintedAt - stamp);
        await pause(300);
      }
      await session.settled();
    }
    await session.close();
    for (const { name } of await daemon.containers())
      if (name.startsWith('0-again-')) await daemon.remove(name);
    await daemon.grow(size);
    const shared = { size, unit: 'ms', target: { limit: 150, of: 'every' }, daemonMs: listMs } as const;
    return [
      { ...shared, figure: 'daemon restarted: next event → its row', samples: next },
      { ...shared, figure: 'daemon restarted: the events after it', samples: later },
    ];
  },
};
