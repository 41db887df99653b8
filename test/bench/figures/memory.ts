import { setTimeout as pause } from 'node:timers/promises';
import type { Figure } from '../figure.ts';
import { withInspector } from '../inspector.ts';
import { pssMb } from '../memory.ts';
import type { Session } from '../session.ts';
import type { Stage, WorkbenchKind } from '../stage.ts';

const WAIT_MS = 4_000;

/**
 * What the view adds to server, extension host and browser together. Once as it is, garbage included, which is what a
 * task manager shows; once with the garbage collected before each look, which is what is kept.
 */
export const memory: Figure = {
  name: 'memory',
  at: 'largest',
  run: async ({ stage, size, runs }) => [
    {
      figure: 'memory added by opening the view (PSS, all processes)',
      size,
      unit: 'MB',
      samples: await addedByView(stage, 'direct', runs(4, 1)),
      target: { limit: 30, of: 'median' },
    },
    {
      figure: '… with the garbage collected before each look',
      size,
      unit: 'MB',
      samples: await addedByView(stage, 'direct', runs(2, 1), { isCollected: true }),
    },
  ],
};

export async function addedByView(
  stage: Stage,
  kind: WorkbenchKind,
  runs: number,
  { isCollected }: { readonly isCollected: boolean } = { isCollected: false },
): Promise<readonly number[]> {
  const samples: number[] = [];
  for (let n = 0; n < runs; n += 1) {
    const session = await stage.openSettled(kind);
    await pause(WAIT_MS);
    if (isCollected) await collectGarbage(session);
    const before = pssMb(session.processes());
    await session.showView();
    await pause(WAIT_MS);
    if (isCollected) await collectGarbage(session);
    samples.push(pssMb(session.processes()) - before);
    await session.close();
  }
  return samples;
}

async function collectGarbage(session: Session): Promise<void> {
  const page = await session.page.context().newCDPSession(session.page);
  await page.send('HeapProfiler.collectGarbage');
  await page.detach();
  await withInspector(await session.hostPid(), ({ send }) => send('HeapProfiler.collectGarbage'));
  await pause(1_000);
}
