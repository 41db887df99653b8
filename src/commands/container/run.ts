import { parseDockerRunLine } from '../../model/dockerRunLineParser.ts';
import { formOf } from '../../model/runForm.ts';
import { plainRun } from '../../model/runOptions.ts';
import { chooseConnected, chooseImages } from '../image/chosenImages.ts';
import { readInvocation } from '../targets.ts';
import { action } from '../verb.ts';

/** The form: empty, for the image of a row, or for a `docker run` line that somebody calls with. */
export const runContainerForm = action(async (deps, signal, args) => {
  const [given] = args;
  const line = typeof given === 'string' ? parseDockerRunLine(given) : undefined;
  const { names } = await readInvocation(args, deps.views);
  if (names === undefined || names.length === 0 || line !== undefined) {
    const engine = await chooseConnected(deps);
    if (engine === undefined) return;
    const form = formOf(line?.options ?? plainRun);
    deps.panels.openRunForm({ engineId: engine.description.id, form });
    return;
  }
  const [chosen] = await chooseImages(deps, names, deps.t('Run which image?'), signal);
  if (chosen === undefined) return;
  const form = formOf({ ...plainRun, image: chosen.image });
  deps.panels.openRunForm({ engineId: chosen.engine.description.id, form });
});
