import { setTimeout as pause } from 'node:timers/promises';
import { cpuMs } from '../cpu.ts';
import type { Figure } from '../figure.ts';
import type { Session } from '../session.ts';
import type { Stage } from '../stage.ts';
import { clicks } from './firstRow.ts';
import { addedByView } from './memory.ts';

/** Long enough for the kernel's count, which is in hundredths of a second. */
const SAMPLE_S = 15;

/** The same for an extension that shows one fixed row and does nothing: below this nobody can get. */
export const floor: Figure = {
  name: 'floor',
  at: 'smallest',
  isLeftOut: 'of quick runs',
  run: async ({ stage, runs }) => {
    const { atRest, atOnce } = await clicks(stage, 'floor', runs(3, 1));
    const memory = await addedByView(stage, 'floor', runs(2, 1));
    return [
      { figure: 'floor (one fixed row): click → row, at rest', unit: 'ms', samples: atRest },
      { figure: 'floor: click → row, as soon as the icon is there', unit: 'ms', samples: atOnce },
      { figure: 'floor: memory added by opening the view', unit: 'MB', samples: memory },
      {
        figure: 'floor: CPU of the extension host to draw 1,000 bare rows anew',
        unit: 'ms',
        samples: await redrawCpu(stage, runs(3, 1)),
        note: 'a row that comes or goes at the top level makes the editor ask for all of them',
      },
    ];
  },
};

/** What one redraw a second costs above the same workbench without any. */
async function redrawCpu(stage: Stage, runs: number): Promise<readonly number[]> {
  const msPerSecond = async (session: Session): Promise<number> => {
    const pid = await session.hostPid();
    const before = cpuMs(pid);
    await pause(SAMPLE_S * 1000);
    return (cpuMs(pid) - before) / SAMPLE_S;
  };
  const bare = await stage.openSettled('bare');
  const idle = await msPerSecond(bare);
  await bare.close();
  const drawing = await stage.open('floorRows');
  await drawing.clickIcon();
  await pause(SAMPLE_S * 1000);
  const samples: number[] = [];
  for (let n = 0; n < runs; n += 1) samples.push((await msPerSecond(drawing)) - idle);
  await drawing.close();
  return samples;
}
