import { join } from 'node:path';
import { LayerWorker } from '../../../src/layers/layerWorker.ts';
import type { OpenImage } from '../../../src/model/layerQuestions.ts';
import { runFolder } from '../../bed/bed.ts';
import { cpuMsOfThread } from '../cpu.ts';
import type { Figure } from '../figure.ts';
import { pssMb } from '../memory.ts';
import type { Stage } from '../stage.ts';
import { median } from '../statistics.ts';
import { timed } from '../timed.ts';

const never = new AbortController().signal;

const LAYERS = 20;
const FILES_PER_LAYER = 10_000;
const FILE_BYTES = 5_000;
const TAG = 'bench-layers:1';

/** After the bytes are here there is a second for the rest: see the issue. */
const REST_MS = 1_000;
/** Of `docker save`. */
const LEAST_RATE = 0.8;
const MEMORY_MB = 150;
const MOST_BUSY = 0.05;

/** The panel's own thread, as packaged, on a large image, beside `docker save > /dev/null`. */
export const layers: Figure = {
  name: 'layers',
  at: 'smallest',
  isLeftOut: 'of quick runs',
  run: async ({ stage, runs }) => {
    await buildImage(stage);
    const saves: number[] = [];
    const rounds: Opened[] = [];
    try {
      // By turns, so that both meet the same machine; the first one of all warms the engine's files up for both.
      await save(stage);
      for (let round = 0; round < runs(3, 1); round++) {
        saves.push(await save(stage));
        rounds.push(await open(stage));
      }
    } finally {
      await stage.engine.cli(['rmi', TAG]);
    }
    const saveMs = median(saves);
    const samples = (of: (opened: Opened) => number): number[] => rounds.map(of);
    const size = `${String(LAYERS)} layers, ${(LAYERS * FILES_PER_LAYER).toLocaleString('en')} files`;
    return [
      {
        figure: `layers of an image of ${size}: read and analysed`,
        unit: 'ms',
        samples: samples(({ allMs }) => allMs),
        daemonMs: saveMs,
        target: { limit: saveMs / LEAST_RATE, of: 'median' },
        note: `docker save > /dev/null took ${saves.map((ms) => ms.toFixed(0)).join(', ')} ms in between`,
      },
      {
        figure: 'layers: from the last bytes to the answer',
        unit: 'ms',
        samples: samples(({ restMs }) => restMs),
        target: { limit: REST_MS, of: 'every' },
      },
      {
        figure: 'layers: all files of the image as an open tree, the rows in its middle',
        unit: 'ms',
        samples: samples(({ treeMs }) => treeMs),
        target: { limit: REST_MS, of: 'every' },
      },
      {
        figure: 'layers: memory of the reader with that tree above the process without a reader',
        unit: 'MB',
        samples: samples(({ memoryMb }) => memoryMb),
        target: { limit: MEMORY_MB, of: 'median' },
      },
      {
        figure: 'layers: the host’s first thread meanwhile',
        unit: 'ms',
        samples: samples(({ firstThreadMs }) => firstThreadMs),
        target: { limit: saveMs * MOST_BUSY, of: 'every' },
      },
    ];
  },
};

/** The last step removes a hundred files: each is a whiteout. */
async function buildImage({ engine }: Stage): Promise<void> {
  const fill = (layer: number): string => {
    const write = `for(i=0;i<${String(FILES_PER_LAYER)};i++){f="f" i; printf "%010d%s",i,s > f; close(f)}`;
    const awk = `BEGIN{s=sprintf("%${String(FILE_BYTES - 10)}s","${String(layer)}"); ${write}}`;
    return `RUN mkdir /d${String(layer)} && cd /d${String(layer)} && awk '${awk}'`;
  };
  const steps = Array.from({ length: LAYERS - 1 }, (_, layer) => fill(layer));
  const removal = `RUN cd /d0 && rm $(ls | head -n 100)`;
  await engine.cli(['buildx', 'build', '--load', '--provenance=false', '--tag', TAG, '-'], {
    input: ['FROM busybox:latest', ...steps, removal, ''].join('\n'),
    timeoutMs: 600_000,
  });
}

function save({ engine }: Stage): Promise<number> {
  return timed('docker', ['-H', engine.host, 'save', TAG]);
}

interface Opened {
  readonly allMs: number;
  /** Known to a tenth of a second: so often the reader tells how far it is. */
  readonly restMs: number;
  readonly treeMs: number;
  readonly memoryMb: number;
  readonly firstThreadMs: number;
}

async function open(stage: Stage): Promise<Opened> {
  const memoryBefore = pssMb([process.pid]);
  const busyBefore = cpuMsOfThread(process.pid);
  const begin = performance.now();
  let lastBytes = begin;
  const worker = new LayerWorker({
    path: join(await stage.extensionFolder(), 'dist', 'layersWorker.cjs'),
    start: {
      endpoint: { kind: 'socket', path: stage.engine.socket },
      copyFolder: runFolder('bench', 'copies'),
    },
    onProgress: () => {
      lastBytes = performance.now();
    },
    onBroken: (error) => {
      throw error;
    },
  });
  try {
    const image = await worker.ask('open', { image: TAG }, never);
    const end = performance.now();
    const firstThreadMs = cpuMsOfThread(process.pid) - busyBefore;
    const treeMs = await openTree(worker, image);
    const [allMs, restMs] = [end - begin, end - lastBytes];
    return { allMs, restMs, treeMs, firstThreadMs, memoryMb: pssMb([process.pid]) - memoryBefore };
  } finally {
    worker.dispose();
  }
}

async function openTree(worker: LayerWorker, { imageId, layers: { layers } }: OpenImage): Promise<number> {
  const after = { imageId, layer: layers.length - 1 };
  const begin = performance.now();
  const { rows } = await worker.ask(
    'tree',
    {
      before: { imageId, layer: -1 },
      after,
      filter: { text: '', changes: undefined },
      sort: 'name',
      folding: { isOpen: true, except: [] },
      first: (LAYERS * FILES_PER_LAYER) / 2,
      count: 100,
    },
    never,
  );
  if (rows.length !== 100) throw new Error(`the tree has ${String(rows.length)} rows there`);
  return performance.now() - begin;
}
