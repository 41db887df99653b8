import { delay } from '../../base/async.ts';
import type { Engine } from '../../engine/engine.ts';
import type { KnownEngine } from '../../engine/engineSet.ts';
import { allowsVerb, type Container, isUp, shortId } from '../../model/container.ts';
import { asEngineError, hasReason } from '../../model/engineError.ts';
import type { RunOptions } from '../../model/runOptions.ts';
import { CommandFailure } from '../commandFailure.ts';
import type { Deps } from '../deps.ts';
import { explain } from '../explain.ts';
import { discard, makeContainer, untouchable } from './makeContainer.ts';

/** Who ends with a failure within this time has not come up. */
const settleMs = 1500;

export interface Replaced {
  readonly engine: KnownEngine;
  readonly id: string;
  /** As it is called now. */
  readonly name: string;
}

/**
 * Puts a container in the place of another. The new one is made first, beside the old one; the old one is then renamed,
 * stopped, and kept until the new one runs. Whatever fails, the old one is put back as it was, and the new one removed.
 * Volumes are not: nothing that was in one is lost. Resolves with the id of the new one.
 */
export async function replaceContainer(
  deps: Deps,
  { engine, id, name: oldName }: Replaced,
  options: RunOptions,
  signal: AbortSignal,
): Promise<string> {
  const port = engine.store.engine;
  const before = await readOld(port, id, oldName, signal);
  const oldId = before.id;
  const { options: oldOptions, kept } = await port.containerRecipe(oldId, signal);
  const name = options.name === '' ? oldName : options.name;
  const suffix = shortId(oldId).slice(0, 6);
  const keptName = `${oldName}-old-${suffix}`;
  const undo: (() => Promise<unknown>)[] = [];
  let newId: string;
  try {
    newId = await makeContainer(deps, engine, { ...options, name: `${name}-new-${suffix}` }, signal, kept);
    undo.push(() => removeNew(deps, port, newId));
    undo.push(() => rename(port, oldId, oldName));
    await port.renameContainer(oldId, keptName, signal);
    await port.renameContainer(newId, name, signal);
    if (isUp(before)) {
      undo.push(() => startAgain(port, oldId, oldOptions, kept));
      await port.stopContainer(oldId, signal, deps.settings.stopTimeoutSeconds());
    }
    await port.startContainer(newId, signal);
    await hasComeUp(deps, port, newId, signal);
  } catch (error) {
    await putBack(deps, undo, { error, oldName, keptName });
    throw error;
  }
  await removeOld(port, oldId);
  return newId;
}

/** One that was to be removed at its end, and was put back, is another by the same name. */
async function readOld(port: Engine, id: string, name: string, signal: AbortSignal): Promise<Container> {
  try {
    return await port.read('container', id, signal);
  } catch (error) {
    if (hasReason(error, 'notFound')) return port.read('container', name, signal);
    throw error;
  }
}

async function removeNew({ t }: Deps, port: Engine, id: string): Promise<void> {
  if (!(await discard(port, id)))
    throw new CommandFailure(
      'unreachable',
      t('The new container {name} is still there.', { name: shortId(id) }),
    );
}

/** Engines refuse to give a container the name that it has. */
async function rename(port: Engine, id: string, name: string): Promise<void> {
  if ((await port.read('container', id, untouchable())).name !== name)
    await port.renameContainer(id, name, untouchable());
}

/** One that was to be removed at its end is gone by now: it is made again as it was. */
async function startAgain(port: Engine, id: string, options: RunOptions, kept: unknown): Promise<void> {
  if (options.isRemovedAtEnd) {
    await port.waitContainer(id, untouchable(), 'removed').catch(() => undefined);
    const again = await port.createContainer(options, untouchable(), kept);
    await port.startContainer(again, untouchable());
  } else {
    await port.startContainer(id, untouchable());
  }
}

/** An end with code 0 is one that was to be. */
async function hasComeUp(deps: Deps, port: Engine, id: string, signal: AbortSignal): Promise<void> {
  const enough = new AbortController();
  const either = AbortSignal.any([signal, enough.signal]);
  const ended = port.waitContainer(id, either);
  const settled = delay(deps.clock, settleMs, either).then(() => undefined);
  try {
    const exitCode = await Promise.race([ended, settled]);
    if (exitCode !== undefined && exitCode !== 0)
      throw new CommandFailure(
        'unexpected',
        deps.t('It ended at once, with exit code {code}. Check the command and the environment.', {
          code: exitCode,
        }),
      );
  } catch (error) {
    // With one that is removed at its end there is nothing left to ask.
    if (!hasReason(error, 'notFound')) throw error;
  } finally {
    enough.abort();
    await Promise.allSettled([ended, settled]);
  }
}

/** Every step is tried, whatever becomes of the one before it. */
async function putBack(
  { t, log }: Deps,
  undo: readonly (() => Promise<unknown>)[],
  {
    error,
    oldName,
    keptName,
  }: { readonly error: unknown; readonly oldName: string; readonly keptName: string },
): Promise<void> {
  const failures: unknown[] = [];
  for (const step of undo)
    await step().catch((failure: unknown) => {
      if (!hasReason(failure, 'notFound')) failures.push(failure);
    });
  const [failure] = failures;
  if (failure === undefined) return;
  log.error(`${oldName} could not be put back`, failure);
  throw new CommandFailure(
    asEngineError(error).reason,
    t(
      '{why} Not all could be put back: {failure} The old container is called {name}, or {keptName}, and nothing of it is lost.',
      {
        why: explain(asEngineError(error), t),
        failure: [...new Set(failures.map((each) => explain(asEngineError(each), t)))].join(' '),
        name: oldName,
        keptName,
      },
    ),
    { cause: failure },
  );
}

/** The work is done: that the old one can't be removed is no failure of it, its row shows. */
async function removeOld(port: Engine, id: string): Promise<void> {
  const state = await port.read('container', id, untouchable()).catch(() => undefined);
  if (state !== undefined && allowsVerb(state, 'remove'))
    await port.removeContainer(id, untouchable(), { force: true }).catch(() => undefined);
}
