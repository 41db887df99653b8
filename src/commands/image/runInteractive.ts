import { oneLine } from '../../base/format.ts';
import { plainRun } from '../../model/runOptions.ts';
import { shortId } from '../../model/container.ts';
import { ensureImage, makeContainer } from '../container/makeContainer.ts';
import { readInvocation } from '../targets.ts';
import { action } from '../verb.ts';
import { chooseImages } from './chosenImages.ts';

/** A terminal at a new container's own process; the container goes when that ends, or when the terminal is closed. */
export const runImageInteractive = action(async (deps, signal, args) => {
  const { t, panels } = deps;
  const { names } = await readInvocation(args, deps.views);
  const [chosen] = await chooseImages(deps, names, t('Run which image?'), signal);
  if (chosen === undefined) return;
  const { engine, image } = chosen;
  await ensureImage(deps, engine, image, signal);
  const options = { ...plainRun, image, hasTerminal: true, isInteractive: true, isRemovedAtEnd: true };
  const id = await makeContainer(deps, engine, options, signal);
  const name = image.startsWith('sha256:') ? shortId(image) : oneLine(image, 80);
  panels.openOwn({ engineId: engine.description.id, kind: 'container', id }, name);
});
