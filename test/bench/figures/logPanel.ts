import { setTimeout as pause } from 'node:timers/promises';
import type { Frame } from 'playwright-core';
import { cpuMs } from '../cpu.ts';
import type { Figure, Measurement } from '../figure.ts';
import { bigLog, LINES } from '../bigLog.ts';
import { pssMb } from '../memory.ts';
import type { Session } from '../session.ts';
import type { Stage } from '../stage.ts';

const BURST_SECONDS = 20;
const BURST_RATE = 50_000;

/** The log panel in the workbench: how soon it shows the end, how it scrolls, what a burst does to it. */
export const logPanel: Figure = {
  name: 'log-panel',
  at: 'smallest',
  isLeftOut: 'of quick runs',
  run: async ({ stage, runs }) => {
    const { name } = await bigLog(stage);
    const opened: number[] = [];
    for (let run = 0; run < runs(5, 1); run += 1) {
      const session = await stage.openSettled('direct');
      await session.showView();
      const begin = await openLog(session, name);
      const frame = await logFrame(session);
      opened.push((await rowSeen(frame, `id=${LINES}`)) - begin);
      await session.close();
    }
    return [
      {
        figure: 'click on View Logs → last line',
        unit: 'ms',
        samples: opened,
        target: { limit: 250, of: 'median' },
      },
      ...(await scrolling(stage, name)),
      ...(await burst(stage)),
    ];
  },
};

/** Presses the row's own button; gives back the time of the click. */
async function openLog(session: Session, name: string): Promise<number> {
  const row = session.page.locator(`.part.sidebar .monaco-list-row[aria-label^="${name},"]`).first();
  await row.hover();
  const box = await row.getByRole('button', { name: 'View Logs' }).boundingBox();
  if (box === null) throw new Error('the row has no button for its log');
  await session.page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  const begin = Date.now();
  await session.page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  return begin;
}

async function logFrame(session: Session): Promise<Frame> {
  for (;;) {
    for (const frame of session.page.frames()) {
      const isLog = await frame
        .evaluate<boolean>(`document.querySelector('[role=log]') !== null`)
        .catch(() => false);
      if (isLog) return frame;
    }
    await pause(5);
  }
}

/** When the page had a row with this text for the first time since it was asked, drawn. */
async function rowSeen(frame: Frame, text: string): Promise<number> {
  return await frame.evaluate<number>(`new Promise((resolve) => {
    const isThere = () => [...document.querySelectorAll('.rows > .row')].some((row) => row.textContent.includes(${JSON.stringify(text)}));
    const look = () => isThere() ? resolve(Date.now()) : requestAnimationFrame(look);
    look();
  })`);
}

async function scrolling(stage: Stage, name: string): Promise<readonly Measurement[]> {
  const session = await stage.openSettled('direct');
  await session.showView();
  await openLog(session, name);
  const frame = await logFrame(session);
  await rowSeen(frame, `id=${LINES}`);
  await frame.evaluate(`document.querySelector('[role=log]').focus()`);
  const before = pssMb(session.processes());
  await session.page.keyboard.press('Home');
  await rowSeen(frame, 'id=0000001 ');
  await session.settled();
  const samples: number[] = [];
  for (let n = 0; n < 20; n += 1) {
    const share = ((n * 37 + 11) % 100) / 100;
    samples.push(
      await frame.evaluate<number>(`new Promise((resolve) => {
        const list = document.querySelector('[role=log]');
        const begin = performance.now();
        list.scrollTop = list.scrollHeight * ${share};
        const view = list.getBoundingClientRect();
        const isDrawn = () => {
          const rows = [...document.querySelectorAll('.rows > .row')].filter((row) => {
            const box = row.getBoundingClientRect();
            return box.bottom > view.top && box.top < view.bottom;
          });
          return rows.length > 5 && rows.every((row) => !row.classList.contains('blank'));
        };
        const look = () => isDrawn() && Math.abs(performance.now() - begin) > 0 ? resolve(performance.now() - begin) : requestAnimationFrame(look);
        requestAnimationFrame(() => requestAnimationFrame(look));
      })`),
    );
  }
  const grown = pssMb(session.processes()) - before;
  await session.close();
  return [
    {
      figure: 'scroll bar to any place → its rows',
      unit: 'ms',
      samples,
      target: { limit: 50, of: 'median' },
    },
    {
      figure: `memory of all processes for ${LINES.toLocaleString('en')} lines read`,
      unit: 'MB',
      samples: [grown],
      target: { limit: 144, of: 'every' },
    },
  ];
}

/** So many lines a second for a while: none may be lost, and the page goes on drawing. */
async function burst(stage: Stage): Promise<readonly Measurement[]> {
  const name = '0-burst';
  const total = BURST_RATE * BURST_SECONDS;
  const script = `read go < /tmp/go 2>/dev/null; while [ ! -e /tmp/go ]; do sleep 0.1; done; for s in $(seq 1 ${BURST_SECONDS}); do seq -f "burst line %.0f of the storm with some text behind it" $((s*${BURST_RATE}-${BURST_RATE - 1})) $((s*${BURST_RATE})) & sleep 1; wait; done; sleep 1000000`;
  await stage.daemon.createWriter(
    name,
    script.replace(
      /seq -f "([^"]*)%\.0f([^"]*)" (\S+) (\S+)/,
      (_all, a: string, b: string, from: string, to: string) => `seq ${from} ${to} | sed "s/.*/${a}&${b}/"`,
    ),
  );
  await stage.daemon.start(name);
  const session = await stage.openSettled('direct');
  await session.showView();
  await openLog(session, name);
  const frame = await logFrame(session);
  await stage.engine.cli(['exec', name, 'touch', '/tmp/go']);
  await rowSeen(frame, 'burst line');
  const hostPid = await session.hostPid();
  const cpuBefore = cpuMs(hostPid);
  const begin = Date.now();
  const frames = frame.evaluate<number>(`new Promise((resolve) => {
    let count = 0;
    const end = performance.now() + ${(BURST_SECONDS - 2) * 1000};
    const next = () => { count++; performance.now() < end ? requestAnimationFrame(next) : resolve(count / ${BURST_SECONDS - 2}); };
    next();
  })`);
  const rate = await frames;
  const busy = ((cpuMs(hostPid) - cpuBefore) / (Date.now() - begin)) * 100;
  await rowSeen(frame, `burst line ${total} `);
  const status = await frame.evaluate<string>(`document.querySelector('.status').textContent`);
  const lines = Number(/[\d,]+/.exec(status)?.[0].replaceAll(',', ''));
  await session.close();
  await stage.daemon.remove(name);
  return [
    {
      figure: `burst of ${BURST_RATE.toLocaleString('en')} lines/s for ${BURST_SECONDS} s: lines lost`,
      unit: 'rows',
      samples: [total - lines],
      target: { limit: 0, of: 'every' },
    },
    {
      figure: 'burst: a frame of the page takes',
      unit: 'ms',
      samples: [1000 / rate],
      target: { limit: 1000 / 30, of: 'every' },
      note: `${rate.toFixed(0)} frames/s`,
    },
    { figure: 'burst: the extension host’s whole process, its log thread too', unit: '%', samples: [busy] },
  ];
}
