import type { Figure } from '../figure.ts';
import type { Session } from '../session.ts';
import { median } from '../statistics.ts';
import type { Stage } from '../stage.ts';

const IMAGES = 1_000;
const VIEW = 'Images';

/** Opening the view of many images until the first one is painted, beside the daemon's own list of them. */
export const imagesView: Figure = {
  name: 'images-view',
  at: 'smallest',
  run: async ({ stage, runs }) => {
    await stage.daemon.growImages(IMAGES);
    const opened: number[] = [];
    const clicked: number[] = [];
    const listed: number[] = [];
    // In turns, so that what else the machine does falls on both.
    for (let run = 0; run < runs(7, 2); run += 1) {
      const session = await stage.openSettled('direct');
      listed.push(await listMs(stage));
      clicked.push(await click(session));
      listed.push(await listMs(stage));
      opened.push(await open(session));
      await session.close();
    }
    const daemonMs = median(listed);
    const shared = { size: IMAGES, unit: 'ms', daemonMs } as const;
    return [
      {
        ...shared,
        figure: 'images view opened → first row',
        samples: opened,
        target: { limit: daemonMs * 1.2 + 100, of: 'median' },
        note: 'closed when the window was loaded; the limit is 1.2 times the daemon’s list and 100 ms',
      },
      {
        ...shared,
        figure: 'click on the icon → first row of the images view',
        samples: clicked,
        note: 'with the start of the extension and of the sidebar',
      },
    ];
  },
};

/** The median of some lists on a connection of their own. */
async function listMs({ daemon }: Stage): Promise<number> {
  const times: number[] = [];
  for (let n = 0; n < 3; n += 1) times.push(await daemon.imageListMs());
  return median(times);
}

async function click(session: Session): Promise<number> {
  const seen = session.rows({ kind: 'any', view: VIEW });
  await session.clickIcon();
  const { inputAt, paintedAt } = await seen;
  await session.settled();
  return paintedAt - inputAt;
}

/** Nothing of the images is known to a window that was loaded with their view closed. */
async function open(session: Session): Promise<number> {
  await session.heading(VIEW).click();
  await session.settled();
  await session.reload();
  const seen = session.rows({ kind: 'any', view: VIEW });
  await session.heading(VIEW).click();
  const { inputAt, paintedAt } = await seen;
  return paintedAt - inputAt;
}
