import type { Figure, Measurement } from '../figure.ts';
import { bigLog, LINES } from '../bigLog.ts';
import { closePanel, logFrame, openLog, rowSeen, watchForRow } from '../logPage.ts';
import { pssMb } from '../memory.ts';
import type { Stage, WorkbenchKind } from '../stage.ts';

/** The log panel in the workbench: how soon it shows the end, and how it scrolls. */
export const logPanel: Figure = {
  name: 'log-panel',
  at: 'smallest',
  isLeftOut: 'of quick runs',
  run: async ({ stage, runs }) => {
    const { name } = await bigLog(stage);
    const ours = await openings(stage, 'direct', name, `id=${LINES}`, runs(7, 1));
    const floor = await openings(stage, 'floor', 'row 0', 'last line', runs(7, 1));
    const early = await justStarted(stage, 'direct', name, `id=${LINES}`, runs(3, 1));
    const earlyFloor = await justStarted(stage, 'floor', 'row 0', 'last line', runs(3, 1));
    const target = { limit: 250, of: 'median' } as const;
    return [
      { figure: 'click on View Logs → last line, again', unit: 'ms', samples: ours.again, target },
      {
        figure: 'click on View Logs → last line, the first panel of a new profile',
        unit: 'ms',
        samples: ours.first,
        target,
      },
      {
        figure: 'floor: click on a row’s button → a panel of two words, again',
        unit: 'ms',
        samples: floor.again,
      },
      { figure: 'floor: the first panel of a new profile', unit: 'ms', samples: floor.first },
      { figure: 'a log in a workbench that still starts', unit: 'ms', samples: early },
      { figure: 'floor: a panel in a workbench that still starts', unit: 'ms', samples: earlyFloor },
      ...(await scrolling(stage, name)),
    ];
  },
};

interface Openings {
  /** In a workbench that had no panel yet, nor its profile. */
  readonly first: readonly number[];
  readonly again: readonly number[];
}

/** From a click on a row's button until a text is on screen. */
async function openings(
  stage: Stage,
  kind: WorkbenchKind,
  name: string,
  text: string,
  runs: number,
): Promise<Openings> {
  const samples: { readonly first: number[]; readonly again: number[] } = { first: [], again: [] };
  for (let run = 0; run < runs; run += 1) {
    const session = await stage.openSettled(kind);
    await session.showView();
    await watchForRow(session, text);
    for (const into of [samples.first, samples.again]) {
      const begin = await openLog(session, name);
      into.push((await rowSeen(await logFrame(session), text)) - begin);
      await closePanel(session);
      await session.settled();
    }
    await session.close();
  }
  return samples;
}

/** As soon as there is a row to click on: the editor still starts, and has never made a panel. */
async function justStarted(
  stage: Stage,
  kind: WorkbenchKind,
  name: string,
  text: string,
  runs: number,
): Promise<readonly number[]> {
  const samples: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    const session = await stage.open(kind);
    await watchForRow(session, text);
    await session.clickIcon();
    const begin = await openLog(session, name);
    samples.push((await rowSeen(await logFrame(session), text)) - begin);
    await session.close();
  }
  return samples;
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
        const view = list.getBoundingClientRect();
        const onScreen = () => [...document.querySelectorAll('.rows > .row')].filter((row) => {
          const box = row.getBoundingClientRect();
          return box.bottom > view.top && box.top < view.bottom;
        });
        const before = onScreen()[0].textContent;
        const observer = new MutationObserver(() => {
          const rows = onScreen();
          const isDrawn = rows.length > 5 && rows.every((row) => !row.classList.contains('blank'));
          if (!isDrawn || rows[0].textContent === before) return;
          observer.disconnect();
          resolve(performance.now() - begin);
        });
        observer.observe(document.querySelector('.rows'), { childList: true, subtree: true });
        const begin = performance.now();
        list.scrollTop = list.scrollHeight * ${share};
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
