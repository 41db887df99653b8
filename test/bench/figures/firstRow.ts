import type { Figure } from '../figure.ts';
import type { Stage, WorkbenchKind } from '../stage.ts';

/** A click on the icon in the activity bar until the first container is painted. */
export const firstRow: Figure = {
  name: 'first-row',
  at: 'each',
  run: async ({ stage, size, runs }) => {
    const { listMs } = await stage.daemon.times();
    const { atRest, atOnce, sinceActivation } = await clicks(stage, 'direct', runs(5, 1));
    const target = { limit: 450, of: 'median' } as const;
    const shared = { size, unit: 'ms', daemonMs: listMs } as const;
    return [
      { ...shared, target, figure: 'click → first row, workbench at rest', samples: atRest },
      {
        ...shared,
        figure: 'click → first row, as soon as the icon is there',
        samples: atOnce,
        note: 'the editor is still starting: stands beside the floor of one fixed row, which takes as long',
      },
      {
        ...shared,
        target,
        figure: '… counted from when the extension host turned to us',
        samples: sinceActivation,
      },
    ];
  },
};

interface Clicks {
  readonly atRest: readonly number[];
  /** The icon is there as soon as the editor has read the manifests, which is before the extension host runs. */
  readonly atOnce: readonly number[];
  /** The same without the time in which there was no extension host, or it was starting other extensions. */
  readonly sinceActivation: readonly number[];
}

export async function clicks(stage: Stage, kind: WorkbenchKind, runs: number): Promise<Clicks> {
  const atRest: number[] = [];
  const atOnce: number[] = [];
  const sinceActivation: number[] = [];
  for (let n = 0; n < runs; n += 1) {
    const settled = await stage.openSettled(kind);
    const calm = await settled.clickIcon();
    atRest.push(calm.paintedAt - calm.inputAt);
    await settled.close();
    const fresh = await stage.open(kind);
    const hasty = await fresh.clickIcon();
    atOnce.push(hasty.paintedAt - hasty.inputAt);
    sinceActivation.push(hasty.paintedAt - Math.max(hasty.inputAt, fresh.activatedAt()));
    await fresh.close();
  }
  return { atRest, atOnce, sinceActivation };
}
