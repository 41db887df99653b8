import { familiarReference, type ImageReference, parseImageReference } from '../../model/imageReference.ts';
import { textOption } from '../callerOptions.ts';
import type { Deps } from '../deps.ts';
import { chooseEngine } from '../engine/chooseEngine.ts';
import { readInvocation } from '../targets.ts';
import { carryFile } from '../transfer/carryFile.ts';
import { action } from '../verb.ts';
import { baseName, imageNameProblem, readImageName } from './imageNames.ts';

/** Makes an image of a file system in a tar; a caller gives its path, and `{ name }` behind it. */
export const importImage = action(async (deps, signal, args) => {
  const { t, prompts, desktop } = deps;
  const { names, origin } = await readInvocation(args, deps.views);
  const engine = await chooseEngine(
    deps,
    [],
    t('Import onto which engine?'),
    ({ store }) => store.state.connection.phase === 'connected',
  );
  if (engine === undefined) return;
  const path = names?.[0] ?? (await prompts.chooseExistingFile(t('Import a file system as an image')));
  if (path === undefined) return;
  const reference = givenName(deps, args) ?? (await askName(deps, path));
  if (reference === undefined) return;
  const name = familiarReference(reference);
  const words = {
    title: t('Importing {name}', { name }),
    name: baseName(path),
    failed: (file: string) => t('Could not import {file}', { file }),
  };
  const done = await carryFile(deps, words, signal, async (either, meter) => {
    const { sizeBytes, pieces } = await desktop.openFile(path);
    await engine.store.engine.importImage(meter(pieces, sizeBytes), reference, either);
    return true;
  });
  if (done === true && origin === 'person') prompts.tell(t('Imported {name}.', { name }));
});

function givenName({ t }: Deps, args: readonly unknown[]): ImageReference | undefined {
  const given = textOption(args, 'name');
  return given === undefined ? undefined : readImageName(given, t);
}

async function askName({ t, prompts }: Deps, path: string): Promise<ImageReference | undefined> {
  const text = await prompts.input({
    title: t('Name of the image that is made of {file}', { file: baseName(path) }),
    value: '',
    placeholder: t('account/app:1.2, localhost:5000/app:1.2 …'),
    problem: (typed) => (typed === '' ? undefined : imageNameProblem(typed, t)),
  });
  return text === undefined ? undefined : parseImageReference(text);
}
