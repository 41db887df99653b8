import { oneLine } from '../../base/format.ts';
import type { KnownEngine } from '../../engine/engineSet.ts';
import { isCancelled } from '../../base/cancellation.ts';
import { shortId } from '../../model/container.ts';
import { asEngineError, hasReason } from '../../model/engineError.ts';
import { formOf } from '../../model/runForm.ts';
import { type PortMapping, plainRun, type RunOptions } from '../../model/runOptions.ts';
import type { Deps, PromptAction } from '../deps.ts';
import { ensureImage, runContainer } from '../container/makeContainer.ts';
import { holderOf } from '../container/portUse.ts';
import { readInvocation } from '../targets.ts';
import { type Failure, summarizeFailures, VerbFailure } from '../verbFailure.ts';
import { action } from '../verb.ts';
import { type ChosenImage, chooseImages } from './chosenImages.ts';

/**
 * One click, one running container: in the background, under a name of the engine's choice, with every port that the
 * image exposes published.
 */
export const runImages = action(async (deps, signal, args) => {
  const { t } = deps;
  const { names, origin } = await readInvocation(args, deps.views);
  const chosen = await chooseImages(deps, names, t('Run which image?'), signal);
  const failures: Failure[] = [];
  for (const each of chosen) {
    try {
      const id = await runOne(deps, each, signal);
      if (origin === 'person') await tellStarted(deps, each.engine, id, signal);
    } catch (error) {
      if (!isCancelled(error) && !hasReason(error, 'cancelled'))
        failures.push({ name: nameOf(each), error: asEngineError(error) });
    }
  }
  const [only] = chosen;
  if (failures.length === 0 || only === undefined) return;
  throw new VerbFailure(
    summarizeFailures(t, failures, chosen.length, (name) => t('Could not run {name}', { name })),
    failures,
    chosen.length > 1
      ? []
      : [
          {
            label: t('Run with Options…'),
            run: () => {
              const form = formOf({ ...plainRun, image: only.image });
              deps.panels.openRunForm({ engineId: only.engine.description.id, form });
              return Promise.resolve();
            },
          },
        ],
  );
});

async function runOne(deps: Deps, { engine, image }: ChosenImage, signal: AbortSignal): Promise<string> {
  await ensureImage(deps, engine, image, signal);
  const options: RunOptions = { ...plainRun, image, ports: await exposedPorts(deps, engine, image, signal) };
  const title = deps.t('Running {name}', { name: nameOf({ engine, image }) });
  return deps.prompts.progress(title, (progressSignal) =>
    runContainer(deps, engine, options, AbortSignal.any([signal, progressSignal])),
  );
}

/**
 * Each at the same number where that is free, else at one that the engine finds: of this machine alone when the engine
 * is here, so that nobody else in the network gets in by a click.
 */
async function exposedPorts(
  deps: Deps,
  engine: KnownEngine,
  image: string,
  signal: AbortSignal,
): Promise<readonly PortMapping[]> {
  const { ports } = await engine.store.engine.imageDefaults(image, signal);
  const hostIp = engine.description.isLocal ? '127.0.0.1' : '';
  return Promise.all(
    ports.map(async ({ containerPort, protocol }) => {
      const wanted = { hostIp, hostPort: String(containerPort), containerPort, protocol };
      const isTaken = (await holderOf(deps, engine, wanted)) !== undefined;
      return isTaken ? { ...wanted, hostPort: '' } : wanted;
    }),
  );
}

async function tellStarted(
  { t, prompts, panels }: Deps,
  { description, store }: KnownEngine,
  id: string,
  signal: AbortSignal,
): Promise<void> {
  const { name, image } = await store.engine.read('container', id, signal);
  const ref = { engineId: description.id, kind: 'container', id } as const;
  const openLogs: PromptAction = {
    label: t('View Logs'),
    run: () => {
      panels.openLogs({ kind: 'containers', refs: [ref] }, name);
    },
  };
  prompts.tell(t('{image} runs as {name}.', { image: oneLine(image, 80), name }), [openLogs]);
}

function nameOf({ image }: ChosenImage): string {
  return image.startsWith('sha256:') ? shortId(image) : oneLine(image, 80);
}
