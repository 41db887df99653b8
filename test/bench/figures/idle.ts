import { setTimeout as pause } from 'node:timers/promises';
import { cpuMs } from '../cpu.ts';
import type { Figure } from '../figure.ts';
import { listCalls } from '../requests.ts';
import { watchSpawns } from '../spawned.ts';

/**
 * Nothing happens, and the tree is in sight. The same workbench without Quayside idles at the same time beside it: on
 * two cores neither is in the other's way, and what disturbs the machine disturbs both.
 */
export const idle: Figure = {
  name: 'idle',
  at: 'largest',
  run: async ({ stage, size, runs }) => {
    const seconds = runs(60, 20);
    const bare = await stage.openSettled('bare');
    const ours = await stage.openSettled('counted');
    await ours.showView();
    const spawns = await watchSpawns(await ours.hostPid());
    await ours.settled();
    // The caches of a tree just drawn are cleared, and garbage collected, in the seconds after.
    await pause(10_000);
    const pids = { ours: await ours.hostPid(), bare: await bare.hostPid() };
    stage.proxy.reset();
    const before = { ours: cpuMs(pids.ours), bare: cpuMs(pids.bare) };
    await pause(seconds * 1000);
    const used = { ours: cpuMs(pids.ours) - before.ours, bare: cpuMs(pids.bare) - before.bare };
    const requests = stage.proxy.requests();
    const { byUs } = await spawns.end();
    await ours.close();
    await bare.close();
    const shared = { size, target: { limit: 0, of: 'every' } } as const;
    return [
      {
        ...shared,
        figure: `${seconds} s idle, view shown: CPU of the extension host above that without us`,
        unit: '%',
        samples: [((used.ours - used.bare) / (seconds * 1000)) * 100],
        target: { limit: 0.1, of: 'every' },
        note: `${used.ours.toFixed(0)} ms with us, ${used.bare.toFixed(0)} ms without`,
      },
      {
        ...shared,
        figure: `${seconds} s idle: list calls`,
        unit: 'calls',
        samples: [listCalls(requests).length],
        note: `${requests.length} requests of any kind`,
      },
      {
        ...shared,
        figure: `${seconds} s idle: processes spawned by us`,
        unit: 'processes',
        samples: [byUs.length],
      },
    ];
  },
};
