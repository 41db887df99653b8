import { setTimeout as pause } from 'node:timers/promises';
import type { Figure, Measurement } from '../figure.ts';
import { LIVES, playLives } from '../lives.ts';
import { watchSpawns } from '../spawned.ts';

/** With the sidebar out of sight there is the event stream and nothing else, however much happens. */
export const hidden: Figure = {
  name: 'hidden',
  at: 'smallest',
  run: async ({ stage, size }) => {
    const session = await stage.openSettled('counted');
    const requestsWhileHidden = async (): Promise<readonly string[]> => {
      stage.proxy.reset();
      await playLives(stage.daemon);
      await pause(2_000);
      return stage.proxy.requests().map(({ method, path }) => `${method} ${path}`);
    };
    const hostPid = await session.hostPid();
    const spawns = await watchSpawns(hostPid);
    const never = await requestsWhileHidden();
    const streams = stage.proxy.openConnections();
    await session.showView();
    await session.showExplorer();
    const again = await requestsWhileHidden();
    const { byUs } = await spawns.end();
    await session.close();
    const calls = (figure: string, requests: readonly string[]): Measurement => ({
      figure: `${figure}: requests during ${LIVES} lives of a container`,
      size,
      unit: 'calls',
      samples: [requests.length],
      target: { limit: 0, of: 'every' },
      note:
        requests.length > 0
          ? requests.slice(0, 3).join(', ')
          : `${streams} connection(s) open: the event stream`,
    });
    return [
      calls('sidebar never shown', never),
      calls('sidebar hidden again', again),
      {
        figure: 'events, view shown and hidden: processes spawned by us',
        size,
        unit: 'processes',
        samples: [byUs.length],
        target: { limit: 0, of: 'every' },
        ...(byUs.length > 0 ? { note: byUs.slice(0, 3).join(', ') } : {}),
      },
    ];
  },
};
