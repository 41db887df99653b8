import { spawn } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DockerEngine } from '../../../src/engine/docker/dockerEngine.ts';
import { ShellFiles } from '../../../src/files/shellFiles.ts';
import { download, upload } from '../../../src/files/transferFiles.ts';
import { runFolder } from '../../bed/bed.ts';
import type { Figure, Measurement } from '../figure.ts';
import { pssMb } from '../memory.ts';
import { median } from '../statistics.ts';
import type { Stage } from '../stage.ts';

const never = new AbortController().signal;

const NAME = 'bench-files';
const MB = 1000;
const ENTRIES = 10_000;

const LISTED_MS = 500;
/** Of `docker cp`. */
const LEAST_RATE = 0.8;
const MEMORY_MB = 100;

/** Files of a running container, listed, brought down and up beside `docker cp`. */
export const files: Figure = {
  name: 'files',
  at: 'smallest',
  isLeftOut: 'of quick runs',
  run: async ({ stage, runs }) => {
    const { engine: bed } = stage;
    await bed.cli(['run', '-d', `--name=${NAME}`, `--label=${bed.label}`, 'quay/tools:1']);
    const fill = `mkdir /big /many && cd /many && seq ${String(ENTRIES)} | xargs touch && head -c ${String(MB)}000000 /dev/urandom > /big/noise`;
    await bed.cli(['exec', NAME, 'sh', '-c', fill], { timeoutMs: 240_000 });
    const engine = new DockerEngine({ kind: 'socket', path: bed.socket });
    const folder = runFolder('bench', 'files');
    mkdirSync(folder, { recursive: true });
    try {
      await engine.connect(never);
      const listed: number[] = [];
      for (let run = 0; run < runs(5, 1); run++)
        listed.push(await timed(() => new ShellFiles(engine, NAME).list('/many', never)));
      return [
        {
          figure: `files: a folder of ${ENTRIES.toLocaleString('en')} entries, listed by a shell`,
          unit: 'ms',
          samples: listed,
          target: { limit: LISTED_MS, of: 'median' },
        },
        ...(await compare(stage, engine, folder, runs(3, 1))),
      ];
    } finally {
      engine.dispose();
      rmSync(folder, { recursive: true, force: true });
      await bed.cli(['rm', '-fv', NAME]);
    }
  },
};

/** By turns, so that both meet the same machine. */
async function compare(
  stage: Stage,
  engine: DockerEngine,
  folder: string,
  runs: number,
): Promise<readonly Measurement[]> {
  const located = { engine, containerId: NAME };
  const [ours, theirs] = [join(folder, 'ours'), join(folder, 'theirs')];
  const down = { ours: [] as number[], cli: [] as number[] };
  const up = { ours: [] as number[], cli: [] as number[] };
  let peakMb = 0;
  const before = pssMb([process.pid]);
  const meter = async function* (pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    let sinceLook = 0;
    for await (const piece of pieces) {
      sinceLook += piece.length;
      if (sinceLook > 100_000_000) {
        sinceLook = 0;
        peakMb = Math.max(peakMb, pssMb([process.pid]) - before);
      }
      yield piece;
    }
  };
  const cp = (from: string, to: string): Promise<number> =>
    timed(() => quietly('docker', ['-H', stage.engine.host, 'cp', '-q', from, to]));
  await cp(`${NAME}:/big`, theirs);
  for (let run = 0; run < runs; run++) {
    rmSync(theirs, { recursive: true, force: true });
    down.cli.push(await cp(`${NAME}:/big`, theirs));
    rmSync(ours, { recursive: true, force: true });
    down.ours.push(await timed(() => download(located, '/big', ours, meter, never)));
    up.cli.push(await cp(theirs, `${NAME}:/`));
    up.ours.push(await timed(() => upload(located, '/', [ours], meter, never)));
  }
  const measured = (what: string, { ours: samples, cli }: typeof down): Measurement => ({
    figure: `files: 1 GB ${what}`,
    unit: 'ms',
    samples,
    daemonMs: median(cli),
    target: { limit: median(cli) / LEAST_RATE, of: 'median' },
    note: `docker cp takes ${cli.map((ms) => ms.toFixed(0)).join(', ')} ms`,
  });
  return [
    measured('downloaded', down),
    measured('uploaded', up),
    {
      figure: 'files: memory while 1 GB goes down or up',
      unit: 'MB',
      samples: [peakMb],
      target: { limit: MEMORY_MB, of: 'every' },
    },
  ];
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begin = performance.now();
  await work();
  return performance.now() - begin;
}

function quietly(program: string, args: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: 'ignore' });
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`${program} ${args.join(' ')} ended with ${String(code)}`));
    });
  });
}
