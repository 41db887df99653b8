import type { KnownEngine } from '../../engine/engineSet.ts';
import { parseImageReference } from '../../model/imageReference.ts';
import { CommandFailure } from '../commandFailure.ts';
import type { Deps } from '../deps.ts';
import { chooseEngine } from '../engine/chooseEngine.ts';
import { expandName, targetsOf } from '../targets.ts';
import { whenLoaded } from '../whenLoaded.ts';
import { notAReference } from './imageNames.ts';

/** An image of an engine, which may not have it yet. */
export interface ChosenImage {
  readonly engine: KnownEngine;
  readonly image: string;
}

/** Those that a command was called for; without any, one of an engine's, or any name that the user types. */
export async function chooseImages(
  deps: Deps,
  names: readonly string[] | undefined,
  question: string,
  signal: AbortSignal,
): Promise<readonly ChosenImage[]> {
  if (names === undefined) {
    const engine = await chooseConnected(deps);
    const image = engine === undefined ? undefined : await askImage(deps, engine, question, signal);
    return engine === undefined || image === undefined ? [] : [{ engine, image }];
  }
  const refs = names.flatMap((name) => expandName(deps, name));
  const ofRows = refs.flatMap((ref): readonly ChosenImage[] => {
    const engine =
      typeof ref === 'string' || ref.kind !== 'image' ? undefined : deps.engines.get(ref.engineId);
    return engine === undefined || typeof ref === 'string' ? [] : [{ engine, image: ref.id }];
  });
  const others = refs.filter((ref) => typeof ref === 'string');
  for (const name of others)
    if (!isImage(name)) throw new CommandFailure('conflict', notAReference(name, deps.t));
  const engine = others.length === 0 ? undefined : await chooseConnected(deps);
  return [...ofRows, ...(engine === undefined ? [] : others.map((image) => ({ engine, image })))];
}

export function chooseConnected(deps: Deps): Promise<KnownEngine | undefined> {
  return chooseEngine(
    deps,
    [],
    deps.t('Run on which engine?'),
    ({ store }) => store.state.connection.phase === 'connected',
  );
}

async function askImage(
  deps: Deps,
  engine: KnownEngine,
  question: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  const { t, prompts } = deps;
  await whenLoaded([engine], 'image', signal);
  const own = targetsOf(engine, 'image').map(({ ref, name }) => ({ value: ref.id, label: name }));
  const other = { value: '', label: t('Another Image…'), description: t('pulled when it is not there') };
  const chosen = await prompts.pickOne(question, [...own, other]);
  if (chosen !== '') return chosen;
  const typed = await prompts.input({
    title: question,
    value: '',
    placeholder: t('nginx:1.27, ghcr.io/owner/app, localhost:5000/app …'),
    problem: (text) => (text === '' || isImage(text) ? undefined : notAReference(text, t)),
  });
  return typed === '' ? undefined : typed;
}

/** A name, or an id. */
function isImage(text: string): boolean {
  return parseImageReference(text) !== undefined || /^(?:sha256:)?[0-9a-f]{4,64}$/.test(text);
}
