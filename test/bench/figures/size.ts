import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Figure } from '../figure.ts';

/** What is downloaded, and what the extension host reads before it can call activate(). */
export const size: Figure = {
  name: 'size',
  at: 'smallest',
  run: async ({ stage }) => {
    const folder = join(await stage.extensionFolder(), 'dist');
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
        samples: [bytesAtStart(folder) / 1000],
        target: { limit: 400, of: 'every' },
      },
    ];
  },
};

/** The entry with the chunks that it shares with parts that are read later; those have names of their own. */
function bytesAtStart(folder: string): number {
  const read = new Set(['extension.cjs']);
  let bytes = 0;
  for (const name of read) {
    const code = readFileSync(join(folder, name));
    bytes += code.length;
    for (const [, chunk = ''] of code.toString('utf8').matchAll(/require\("\.\/(chunk-[^"]+)"\)/g))
      read.add(chunk);
  }
  return bytes;
}
