import { setTimeout as pause } from 'node:timers/promises';
import type { Frame } from 'playwright-core';
import { waitFor } from '../../bed/bed.ts';
import { cpuMs, cpuMsOfThread } from '../cpu.ts';
import type { Figure } from '../figure.ts';
import { pssMb } from '../memory.ts';
import type { Session } from '../session.ts';
import { STATS_KEY, type Stage } from '../stage.ts';

const RUNNING = 100;
const usualMinutes = 1;
const quickMinutes = 0.3;

/** A hundred containers run, and the panel of stats of all is in sight: what the extension host has to do for it. */
export const stats: Figure = {
  name: 'stats',
  at: { size: RUNNING },
  isLeftOut: 'of quick runs',
  run: async ({ stage, runs, minutes = runs(usualMinutes, quickMinutes) }) => {
    const names = await runAll(stage);
    const session = await stage.openSettled('direct');
    await session.showView();
    const hostPid = await session.hostPid();
    const idle = await watch(hostPid, 10_000);
    await session.page.keyboard.press(STATS_KEY);
    const frame = await statsFrame(session);
    await allMeasured(frame);
    // What a page that is new costs is over by then, and the heap has its size.
    await pause(10_000);
    const memoryBefore = pssMb([hostPid]);
    const daemonBefore = cpuMs(stage.engine.pid() ?? 0);
    const pages = session.processes().filter((pid) => pid !== hostPid);
    const pagesBefore = cpuOf(pages);
    const used = await watch(hostPid, minutes * 60_000);
    const [pagesUsed, daemonUsed] = [
      share(cpuOf(pages) - pagesBefore, used.ms),
      share(cpuMs(stage.engine.pid() ?? 0) - daemonBefore, used.ms),
    ];
    const memoryAfter = pssMb([hostPid]);
    await session.close();
    for (const name of names) await stage.daemon.stop(name);
    const what = `stats of ${RUNNING} running containers, ${minutes} min`;
    return [
      {
        figure: `${what}: CPU of the extension host`,
        unit: '%',
        samples: [used.process],
        target: { limit: 3, of: 'every' },
        note: `its first thread ${used.thread.toFixed(1)} %; before the panel ${idle.process.toFixed(1)} %; workbench and browser ${pagesUsed.toFixed(0)} %, engine ${daemonUsed.toFixed(0)} %`,
      },
      {
        figure: `${what}: growth of the extension host’s memory`,
        unit: 'MB',
        samples: [memoryAfter - memoryBefore],
        target: { limit: 10, of: 'every' },
        note: `${memoryBefore.toFixed(0)} MB at first`,
      },
    ];
  },
};

async function runAll(stage: Stage): Promise<readonly string[]> {
  const known = await stage.daemon.containers();
  const names = known.map(({ name }) => name).slice(0, RUNNING);
  for (const name of names) await stage.daemon.start(name);
  return names;
}

interface Used {
  /** Shares of a core, in per cent: of the whole process, and of the thread that all extensions share. */
  readonly process: number;
  readonly thread: number;
  readonly ms: number;
}

async function watch(pid: number, ms: number): Promise<Used> {
  const before = { process: cpuMs(pid), thread: cpuMsOfThread(pid), at: performance.now() };
  await pause(ms);
  const passed = performance.now() - before.at;
  return {
    process: share(cpuMs(pid) - before.process, passed),
    thread: share(cpuMsOfThread(pid) - before.thread, passed),
    ms: passed,
  };
}

function cpuOf(pids: readonly number[]): number {
  return pids.reduce((total, pid) => total + cpuMs(pid), 0);
}

function share(used: number, ms: number): number {
  return (used / ms) * 100;
}

async function statsFrame(session: Session): Promise<Frame> {
  return await waitFor({ what: 'the page of stats', deadlineMs: 30_000 }, async () => {
    for (const frame of session.page.frames()) {
      const isStats = await frame
        .evaluate<boolean>(`document.querySelector('.tableBody') !== null`)
        .catch(() => false);
      if (isStats) return frame;
    }
    return undefined;
  });
}

async function allMeasured(frame: Frame): Promise<void> {
  const count = `document.querySelectorAll('.tableBody .row:not(.quiet)').length`;
  await waitFor(
    { what: 'numbers of all containers', deadlineMs: 60_000, everyMs: 500 },
    async () => (await frame.evaluate<number>(count)) >= RUNNING,
  );
}
