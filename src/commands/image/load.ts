import { oneLine } from '../../base/format.ts';
import { chooseEngine } from '../engine/chooseEngine.ts';
import { readInvocation } from '../targets.ts';
import { carryFile } from '../transfer/carryFile.ts';
import { action } from '../verb.ts';
import { baseName } from './imageNames.ts';

/** As many as a sentence can name. */
const maxNames = 5;

/** Brings the images of an archive that was saved; a caller gives its path, or several. */
export const loadImages = action(async (deps, signal, args) => {
  const { t, prompts, desktop } = deps;
  const { names, origin } = await readInvocation(args, deps.views);
  const engine = await chooseEngine(
    deps,
    [],
    t('Load onto which engine?'),
    ({ store }) => store.state.connection.phase === 'connected',
  );
  if (engine === undefined) return;
  const chosen = names ?? [await prompts.chooseExistingFile(t('Load images from an archive'))];
  const loaded: string[] = [];
  for (const path of chosen) {
    if (path === undefined) return;
    const file = baseName(path);
    const words = {
      title: t('Loading {file}', { file }),
      name: file,
      failed: (failed: string) => t('Could not load {file}', { file: failed }),
    };
    const came = await carryFile(deps, words, signal, async (either, meter) => {
      const { sizeBytes, pieces } = await desktop.openFile(path);
      return engine.store.engine.loadImages(meter(pieces, sizeBytes), either);
    });
    if (came === undefined) return;
    loaded.push(...came);
  }
  if (origin === 'caller') return;
  const shown = loaded.slice(0, maxNames).map((name) => oneLine(name, 100));
  prompts.tell(
    loaded.length > maxNames
      ? t('Loaded {names} and {count} more.', { names: shown.join(', '), count: loaded.length - maxNames })
      : t('Loaded {names}.', { names: shown.join(', ') }),
  );
});
