import { untilAborted } from '../../base/async.ts';
import { CancelledError } from '../../base/cancellation.ts';
import type { Engine } from '../../engine/engine.ts';
import type { KnownEngine } from '../../engine/engineSet.ts';
import { shortId } from '../../model/container.ts';
import { asEngineError, hasReason } from '../../model/engineError.ts';
import { parseImageReference } from '../../model/imageReference.ts';
import { RunError } from '../../model/runError.ts';
import type { RunOptions } from '../../model/runOptions.ts';
import { CommandFailure } from '../commandFailure.ts';
import type { Deps } from '../deps.ts';
import { explain } from '../explain.ts';
import { transferAll } from '../transfer/transferAll.ts';

/** Of what must be done to the end, whoever gives up. */
export const untouchable = (): AbortSignal => new AbortController().signal;

/** Makes a container, of an image that is pulled first where the engine has none for it. Does not start it. */
export async function makeContainer(
  deps: Deps,
  engine: KnownEngine,
  options: RunOptions,
  signal: AbortSignal,
  kept?: unknown,
): Promise<string> {
  const port = engine.store.engine;
  try {
    return await createWhole(port, options, signal, kept);
  } catch (error) {
    const isMissing = error instanceof RunError && ['noImage', 'badPlatform'].includes(error.problem);
    if (!isMissing) throw error;
  }
  await pullFor(deps, engine, options, signal);
  return createWhole(port, options, signal, kept);
}

/** Makes and starts one; it does not stay when it can't be started. */
export async function runContainer(
  deps: Deps,
  engine: KnownEngine,
  options: RunOptions,
  signal: AbortSignal,
): Promise<string> {
  const port = engine.store.engine;
  const id = await makeContainer(deps, engine, options, signal);
  try {
    await port.startContainer(id, signal);
  } catch (error) {
    if (await discard(port, id)) throw error;
    throw leftBehind(deps, error, options.name || shortId(id));
  }
  return id;
}

/** The image as the engine has it, pulled where it has none. */
export async function ensureImage(
  deps: Deps,
  engine: KnownEngine,
  image: string,
  signal: AbortSignal,
): Promise<void> {
  try {
    await engine.store.engine.read('image', image, signal);
  } catch (error) {
    if (!hasReason(error, 'notFound')) throw error;
    await pullFor(deps, engine, { image, platform: '' }, signal);
  }
}

/** Removes a container that nobody wants, with what was made for it alone; false when it may still be there. */
export async function discard(port: Engine, id: string): Promise<boolean> {
  try {
    await port.removeContainer(id, untouchable(), { force: true, volumes: true });
    return true;
  } catch (error) {
    // It is being removed already: its name is free once it is gone.
    if (hasReason(error, 'conflict'))
      await port.waitContainer(id, untouchable(), 'removed').catch(() => undefined);
    return hasReason(error, 'conflict') || hasReason(error, 'notFound');
  }
}

/** The engine went in between: what there is of it must be known. */
function leftBehind({ t }: Deps, error: unknown, name: string): CommandFailure {
  const cause = asEngineError(error);
  return new CommandFailure(
    cause.reason,
    t('{why} The container {name} was made and does not run: remove it when the engine is back.', {
      why: explain(cause, t),
      name,
    }),
    { cause },
  );
}

/** One that is made while somebody gives up is removed again: the engine does not take back what it was asked. */
async function createWhole(
  port: Engine,
  options: RunOptions,
  signal: AbortSignal,
  kept: unknown,
): Promise<string> {
  const making = port.createContainer(options, untouchable(), kept);
  try {
    return await untilAborted(making, signal);
  } catch (error) {
    if (signal.aborted)
      void making.then(
        (id) => discard(port, id),
        () => undefined,
      );
    throw error;
  }
}

async function pullFor(
  deps: Deps,
  engine: KnownEngine,
  { image, platform }: Pick<RunOptions, 'image' | 'platform'>,
  signal: AbortSignal,
): Promise<void> {
  const { t } = deps;
  const reference = parseImageReference(image);
  if (reference === undefined)
    throw new CommandFailure('notFound', t('There is no image “{name}”.', { name: image }));
  const done = await transferAll(
    deps,
    [
      {
        reference,
        engine,
        start: (auth, pullSignal) =>
          engine.store.engine.pullImage(
            reference,
            { auth, platform: platform === '' ? undefined : platform },
            pullSignal,
          ),
      },
    ],
    {
      title: (name) => t('Pulling {name}', { name }),
      failed: (name) => t('Could not pull {name}', { name }),
    },
    signal,
  );
  if (done.length === 0) throw new CancelledError();
}
