import { setTimeout as pause } from 'node:timers/promises';
import type { Figure, Measurement } from '../figure.ts';
import type { Stage } from '../stage.ts';

const STORM_MS = 20_000;
/** The second storm, quicker than the editor is ready to draw. */
const GALE_EVERY_MS = 100;
const CONTAINERS = 12;
const EDITOR_REST =
  'for 200 ms after each change the editor does not ask a tree again: the worst case is that and a drawing';

/** One container is paused and unpaused all the time; new ones must not wait for its end. */
export const storm: Figure = {
  name: 'storm',
  at: 'each',
  run: async ({ stage, size, runs }) => {
    const { eventMs, inspectMs } = await stage.daemon.times();
    const shared = { size, unit: 'ms', daemonMs: eventMs + inspectMs } as const;
    const measurements: Measurement[] = [
      {
        ...shared,
        figure: 'an event every 300 ms: new container → its row',
        samples: await newRowsInStorm(stage, 300),
        target: { limit: 150, of: 'median' },
        note: EDITOR_REST,
      },
    ];
    if (runs(1, 0) > 0)
      measurements.push({
        ...shared,
        figure: `an event every ${GALE_EVERY_MS} ms: new container → its row`,
        samples: await newRowsInStorm(stage, GALE_EVERY_MS),
        note: EDITOR_REST,
      });
    return measurements;
  },
};

async function newRowsInStorm(stage: Stage, everyMs: number): Promise<readonly number[]> {
  const { daemon } = stage;
  const session = await stage.openSettled('direct');
  await session.showView();
  const end = Date.now() + STORM_MS;
  const blow = async (): Promise<void> => {
    for (let isPaused = false; Date.now() < end || isPaused; isPaused = !isPaused) {
      const next = Date.now() + everyMs;
      await (isPaused ? daemon.unpause('load-0001') : daemon.pause('load-0001'));
      await pause(Math.max(0, next - Date.now()));
    }
  };
  const names = Array.from({ length: CONTAINERS }, (_, n) => `0-storm-${everyMs}-${n}`);
  const makeContainers = async (): Promise<readonly number[]> => {
    const delays: Promise<number>[] = [];
    for (const name of names) {
      // Not in step with the storm.
      await pause((STORM_MS / CONTAINERS) * (0.5 + Math.random() / 2));
      const seen = session.rows({ kind: 'begins', text: `${name}, ` }, 3 * STORM_MS);
      await daemon.create(name);
      const stamp = await daemon.stampOf('create', name);
      // One that is late must not hold up the next.
      delays.push(seen.then(({ paintedAt }) => paintedAt - stamp));
    }
    return await Promise.all(delays);
  };
  const [samples] = await Promise.all([makeContainers(), blow()]);
  await session.close();
  for (const name of names) await daemon.remove(name);
  return samples;
}
