import { setTimeout as pause } from 'node:timers/promises';
import type { Frame } from 'playwright-core';
import { waitFor } from '../../bed/bed.ts';
import { cpuMs, cpuMsOfThread } from '../cpu.ts';
import type { Figure } from '../figure.ts';
import { linesHeld, logFrame, matchesFound, openLog, rowSeen } from '../logPage.ts';
import type { Stage } from '../stage.ts';

const NAME = '0-burst';
const SECONDS = 60;
const RATE = 50_000;
const TOTAL = RATE * SECONDS;
/** A count that has not grown for so long is all there is. */
const STILL_MS = 10_000;

/** Writes so many lines each second, once a file says so. */
const SCRIPT = `while [ ! -e /tmp/go ]; do sleep 0.1; done
for s in $(seq 1 ${SECONDS}); do
  seq $((s * ${RATE} - ${RATE - 1})) $((s * ${RATE})) | sed 's/.*/burst line & of the storm with some text behind it/' &
  sleep 1
  wait
done
sleep 1000000`;

/** So many lines a second for a while: none may be lost, and the page goes on drawing. */
export const logBurst: Figure = {
  name: 'log-burst',
  at: 'smallest',
  isLeftOut: 'of quick runs',
  run: async ({ stage }) => {
    const { rate, wroteMs, behindMs, threadBusy, processBusy, lines, found } = await burst(stage);
    const what = `burst of ${RATE.toLocaleString('en')} lines/s for ${SECONDS} s`;
    return [
      {
        figure: `${what}: lines lost`,
        unit: 'rows',
        samples: [TOTAL - lines, TOTAL - found],
        target: { limit: 0, of: 'every' },
        note: `held, and found afterwards; the container wrote them in ${seconds(wroteMs)} s, and the last one was held ${seconds(behindMs)} s after it was written`,
      },
      {
        figure: `${what}: a frame of the page takes`,
        unit: 'ms',
        samples: [1000 / rate],
        target: { limit: 1000 / 30, of: 'every' },
        note: `${rate.toFixed(0)} frames/s`,
      },
      {
        figure: `${what}: the extension host’s thread is busy`,
        unit: '%',
        samples: [threadBusy],
        target: { limit: 5, of: 'every' },
        note: `its whole process, the log’s thread in it, ${processBusy.toFixed(0)} %`,
      },
    ];
  },
};

interface Burst {
  readonly rate: number;
  readonly wroteMs: number;
  /** From the last line in the engine's log to the last in the page's. */
  readonly behindMs: number;
  readonly threadBusy: number;
  readonly processBusy: number;
  readonly lines: number;
  readonly found: number;
}

async function burst(stage: Stage): Promise<Burst> {
  await stage.daemon.createWriter(NAME, SCRIPT);
  await stage.daemon.start(NAME);
  const session = await stage.openSettled('direct');
  await session.showView();
  await openLog(session, NAME);
  const frame = await logFrame(session);
  const hostPid = await session.hostPid();
  await stage.engine.cli(['exec', NAME, 'touch', '/tmp/go']);
  await rowSeen(frame, 'burst line');
  const before = { thread: cpuMsOfThread(hostPid), process: cpuMs(hostPid), at: Date.now() };
  const rate = await framesPerSecond(frame, SECONDS - 5);
  const share = (used: number): number => (used / (Date.now() - before.at)) * 100;
  const threadBusy = share(cpuMsOfThread(hostPid) - before.thread);
  const processBusy = share(cpuMs(hostPid) - before.process);
  await waitFor({ what: 'the end of the writer', deadlineMs: 240_000, everyMs: 250 }, async () =>
    (await stage.daemon.lastLine(NAME)).includes(`burst line ${TOTAL} `),
  );
  const wroteAt = Date.now();
  const lines = await grown(() => linesHeld(frame));
  const behindMs = Date.now() - wroteAt;
  await session.page.keyboard.press('Control+f');
  await session.page.keyboard.type('burst line');
  const found = await grown(() => matchesFound(frame));
  await session.close();
  await stage.daemon.remove(NAME);
  return { rate, wroteMs: wroteAt - before.at, behindMs, threadBusy, processBusy, lines, found };
}

/** Reads a count until it is as high as it should be, or has stopped growing. */
async function grown(read: () => Promise<number>): Promise<number> {
  let last = { count: 0, at: Date.now() };
  while (last.count < TOTAL && Date.now() - last.at < STILL_MS) {
    const count = await read();
    if (count > last.count) last = { count, at: Date.now() };
    else await pause(100);
  }
  return last.count;
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(1);
}

function framesPerSecond(frame: Frame, seconds: number): Promise<number> {
  return frame.evaluate<number>(`new Promise((resolve) => {
    let count = 0;
    const end = performance.now() + ${seconds * 1000};
    const next = () => {
      count++;
      if (performance.now() < end) requestAnimationFrame(next);
      else resolve(count / ${seconds});
    };
    next();
  })`);
}
