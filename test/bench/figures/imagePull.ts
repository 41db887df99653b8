import { DockerEngine } from '../../../src/engine/docker/dockerEngine.ts';
import { parseImageReference } from '../../../src/model/imageReference.ts';
import { emptyTransfer, reduceTransfer, summarizeTransfer } from '../../../src/model/transfer.ts';
import { pushImage, type Registry, startRegistry } from '../../bed/bed.ts';
import type { Figure } from '../figure.ts';
import { median } from '../statistics.ts';
import type { Stage } from '../stage.ts';

const LAYERS = 5;
const LAYER_MB = 100;

/** A pull as the extension does it, every step of it summed up, beside the docker CLI's own. */
export const imagePull: Figure = {
  name: 'image-pull',
  at: 'smallest',
  isLeftOut: 'of quick runs',
  run: async ({ stage, runs }) => {
    const registry = await startRegistry({ name: 'bench', id: 'registry' });
    try {
      const reference = await makeImage(stage, registry);
      const ours: number[] = [];
      const cli: number[] = [];
      // In turns, so that what else the machine does falls on both; the first of each fills the caches.
      for (let run = 0; run <= runs(5, 1); run += 1) {
        const pulls = [
          { took: cli, pull: () => stage.engine.cli(['pull', reference], { timeoutMs: 240_000 }) },
          { took: ours, pull: () => ownPull(stage, reference) },
        ];
        for (const { took, pull } of run % 2 === 0 ? pulls : pulls.reverse()) {
          const begin = performance.now();
          await pull();
          if (run > 0) took.push(performance.now() - begin);
          await stage.engine.cli(['rmi', reference]);
        }
      }
      const docker = median(cli);
      return [
        {
          figure: `pull of ${LAYERS * LAYER_MB} MB from a registry on loopback`,
          unit: 'ms',
          samples: ours,
          target: { limit: docker * 1.05, of: 'median' },
          daemonMs: docker,
          note: `docker pull takes ${cli.map((ms) => ms.toFixed(0)).join(', ')} ms`,
        },
      ];
    } finally {
      await registry.stop();
    }
  },
};

/** Of noise, which no compression makes smaller; the engine keeps nothing of it. */
async function makeImage({ engine }: Stage, registry: Registry): Promise<string> {
  const maker = 'bench-maker';
  let base = 'busybox';
  for (let layer = 0; layer < LAYERS; layer += 1) {
    const write = ['dd', 'if=/dev/urandom', `of=/noise-${layer}`, 'bs=1M', `count=${LAYER_MB}`];
    await engine.cli(['run', `--name=${maker}`, `--label=${engine.label}`, base, ...write]);
    base = `bench-big:${layer}`;
    await engine.cli(['commit', maker, base]);
    await engine.cli(['rm', maker]);
  }
  const reference = await pushImage(engine, base, registry, 'bench/big:1');
  await engine.cli(['rmi', ...Array.from({ length: LAYERS }, (_, layer) => `bench-big:${layer}`)]);
  return reference;
}

async function ownPull({ engine: { socket } }: Stage, name: string): Promise<void> {
  const reference = parseImageReference(name);
  if (reference === undefined) throw new Error(`${name} is no name`);
  const { signal } = new AbortController();
  const engine = new DockerEngine({ kind: 'socket', path: socket });
  try {
    await engine.connect(signal);
    let transfer = emptyTransfer;
    for await (const step of engine.pullImage(reference, {}, signal)) {
      transfer = reduceTransfer(transfer, step, Date.now());
      summarizeTransfer(transfer);
    }
  } finally {
    engine.dispose();
  }
}
