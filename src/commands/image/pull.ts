import type { KnownEngine } from '../../engine/engineSet.ts';
import { isRecord } from '../../base/record.ts';
import { type ImageReference, parseImageReference, printImageReference } from '../../model/imageReference.ts';
import { CommandFailure } from '../commandFailure.ts';
import type { Deps } from '../deps.ts';
import { chooseEngine } from '../engine/chooseEngine.ts';
import { expandName, readInvocation } from '../targets.ts';
import { type ImageTransfer, transferAll } from '../transfer/transferAll.ts';
import { action } from '../verb.ts';
import { choosePlatform } from './choosePlatform.ts';
import { notAReference, referenceOfTag } from './imageNames.ts';
import { imageSearch } from './searchImages.ts';

interface Wanted {
  readonly reference: ImageReference;
  readonly engine: KnownEngine;
}

/** Rows are pulled again; names, also several, are asked for or given. `{ platform }` behind them chooses one. */
export const pullImages = action((deps, signal, args) => pull(deps, signal, args, platformOf(args)));

export const pullImagesForPlatform = action((deps, signal, args) =>
  pull(deps, signal, args, platformOf(args) ?? 'ask'),
);

async function pull(
  deps: Deps,
  signal: AbortSignal,
  args: readonly unknown[],
  given: string | undefined,
): Promise<void> {
  const { t, prompts } = deps;
  const { names, origin } = await readInvocation(args, deps.views);
  const wanted = unique(names === undefined ? await askNames(deps) : await readNames(deps, names));
  if (wanted.length === 0) return;
  const platform = given === 'ask' ? await choosePlatform(deps) : given;
  if (given === 'ask' && platform === undefined) return;
  const words = {
    title: (name: string) => t('Pulling {name}', { name }),
    failed: (name: string) => t('Could not pull {name}', { name }),
  };
  const done = await transferAll(
    deps,
    wanted.map((each) => toTransfer(each, platform)),
    words,
    signal,
  );
  const [first] = done;
  if (origin === 'caller' || first === undefined) return;
  if (done.length > 1) prompts.tell(t('Pulled {count} images.', { count: done.length }));
  else if (first.isUpToDate) prompts.tell(t('{name} is up to date.', { name: first.name }));
  else prompts.tell(t('Pulled {name}.', { name: first.name }));
}

function toTransfer({ reference, engine }: Wanted, platform: string | undefined): ImageTransfer {
  return {
    reference,
    engine,
    start: (auth, signal) => engine.store.engine.pullImage(reference, { platform, auth }, signal),
  };
}

async function askNames(deps: Deps): Promise<readonly Wanted[]> {
  const { t, prompts } = deps;
  const engine = await chooseConnected(deps);
  if (engine === undefined) return [];
  const text = await prompts.pickTyped({
    title: t('Pull which images?'),
    placeholder: t('nginx:1.27, ghcr.io/owner/app, localhost:5000/app …'),
    problem: (typed) => {
      const wrong = split(typed).find((name) => parseImageReference(name) === undefined);
      return wrong === undefined ? undefined : notAReference(wrong, t);
    },
    search: imageSearch(deps, engine),
  });
  return split(text ?? '').map((name) => ({ engine, reference: readReference(name, deps) }));
}

/** A name that no row has is one of a registry, to be pulled onto an engine that the user chooses. */
async function readNames(deps: Deps, names: readonly string[]): Promise<readonly Wanted[]> {
  const refs = names.flatMap((name) => expandName(deps, name));
  const ofRows = refs.flatMap((ref): readonly Wanted[] => {
    if (typeof ref === 'string') return [];
    const engine = deps.engines.get(ref.engineId);
    const reference = ref.kind === 'image' ? referenceOfTag(ref.id) : undefined;
    return engine === undefined || reference === undefined ? [] : [{ engine, reference }];
  });
  const others = refs.filter((ref) => typeof ref === 'string').map((name) => readReference(name, deps));
  if (ofRows.length + others.length === 0)
    throw new CommandFailure('conflict', deps.t('None of these images has a tag to pull it by.'));
  if (others.length === 0) return ofRows;
  const engine = await chooseConnected(deps);
  return engine === undefined ? [] : [...ofRows, ...others.map((reference) => ({ engine, reference }))];
}

function readReference(name: string, { t }: Deps): ImageReference {
  const reference = parseImageReference(name);
  if (reference === undefined) throw new CommandFailure('conflict', notAReference(name, t));
  return reference;
}

/** Each image of an engine once, by whatever name it was called. */
function unique(wanted: readonly Wanted[]): readonly Wanted[] {
  const byPlace = new Map(
    wanted.map((each) => [`${each.engine.description.id}/${printImageReference(each.reference)}`, each]),
  );
  return [...byPlace.values()];
}

function chooseConnected(deps: Deps): Promise<KnownEngine | undefined> {
  return chooseEngine(
    deps,
    [],
    deps.t('Pull onto which engine?'),
    ({ store }) => store.state.connection.phase === 'connected',
  );
}

function split(text: string): readonly string[] {
  return text.split(/[\s,]+/).filter((name) => name !== '');
}

function platformOf(args: readonly unknown[]): string | undefined {
  const platform = args.find((arg) => isRecord(arg) && 'platform' in arg);
  const given = isRecord(platform) ? platform['platform'] : undefined;
  return typeof given === 'string' && given !== '' ? given : undefined;
}
