import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { Figure } from '../figure.ts';

/** What is downloaded, and what the extension host reads before it can call activate(). */
export const size: Figure = {
  name: 'size',
  at: 'smallest',
  run: async ({ stage }) => {
    const main = join(await stage.extensionFolder(), 'dist', 'extension.cjs');
    return [
      {
        figure: 'VSIX',
        unit: 'kB',
        samples: [stage.vsixBytes / 1000],
        target: { limit: 2000, of: 'every' },
      },
      {
        figure: 'host bundle on the activation path',
        unit: 'kB',
        samples: [statSync(main).size / 1000],
        target: { limit: 400, of: 'every' },
      },
    ];
  },
};
