import type { Figure } from '../figure.ts';
import { clicks } from './firstRow.ts';
import { addedByView } from './memory.ts';

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
    ];
  },
};
