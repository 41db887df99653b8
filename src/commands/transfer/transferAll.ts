import { mapLimited, throttle } from '../../base/async.ts';
import { isCancelled } from '../../base/cancellation.ts';
import { oneLine } from '../../base/format.ts';
import type { KnownEngine } from '../../engine/engineSet.ts';
import { asEngineError, type EngineError, hasReason } from '../../model/engineError.ts';
import { familiarReference, type ImageReference } from '../../model/imageReference.ts';
import type { RegistryAuth } from '../../model/registryAuth.ts';
import {
  emptyTransfer,
  reduceTransfer,
  summarizeTransfer,
  type Transfer,
  type TransferStep,
} from '../../model/transfer.ts';
import { TransferError } from '../../model/transferError.ts';
import type { NextStep } from '../commandFailure.ts';
import type { Deps } from '../deps.ts';
import { summarizeFailures, VerbFailure } from '../verbFailure.ts';
import { Logins } from './logins.ts';
import { transferLine } from './transferLine.ts';

/** One image on its way from or to a registry. */
export interface ImageTransfer {
  readonly reference: ImageReference;
  readonly engine: KnownEngine;
  start(auth: RegistryAuth | undefined, signal: AbortSignal): AsyncIterable<TransferStep>;
}

/** What a kind of transfer is called. */
export interface TransferWords {
  /** For the progress: `Pulling nginx:1.27`. */
  title(name: string): string;
  /** The start of the sentence about one that failed. */
  failed(name: string): string;
}

export interface DoneTransfer {
  readonly name: string;
  readonly isUpToDate: boolean;
}

/** The engine has its own bound for what it moves at a time; this one is for what it is asked. */
const parallelTransfers = 16;

/** As often as a person can read. */
const everyMs = 100;

/**
 * Moves images in parallel, each with a progress and a cancel button of its own. Resolves with those that arrived; what
 * was cancelled is left out. Rejects with one sentence about what failed, and a way to try that again.
 */
export async function transferAll(
  deps: Deps,
  transfers: readonly ImageTransfer[],
  words: TransferWords,
  signal: AbortSignal,
  asksFirst = false,
): Promise<readonly DoneTransfer[]> {
  const logins = new Logins(deps);
  const done: DoneTransfer[] = [];
  const failed: { readonly transfer: ImageTransfer; readonly error: EngineError }[] = [];
  await mapLimited(transfers, parallelTransfers, async (transfer) => {
    try {
      const { isUpToDate } = await carry(deps, logins, transfer, words, signal, asksFirst);
      done.push({ name: nameOf(transfer), isUpToDate });
    } catch (error) {
      if (!isCancelled(error) && !hasReason(error, 'cancelled'))
        failed.push({ transfer, error: asEngineError(error) });
    }
  });
  if (failed.length === 0) return done;
  const failures = failed.map(({ transfer, error }) => ({ name: nameOf(transfer), error }));
  const total = done.length + failed.length;
  const again = (asks: boolean) => async (stepSignal: AbortSignal) => {
    await transferAll(
      deps,
      failed.map(({ transfer }) => transfer),
      words,
      stepSignal,
      asks,
    );
  };
  const isUnsure = failed.some(({ error }) => maySignIn(error));
  const nextSteps: readonly NextStep[] = [
    { label: deps.t('Retry'), run: again(false) },
    ...(isUnsure ? [{ label: deps.t('Sign In…'), run: again(true) }] : []),
  ];
  throw new VerbFailure(summarizeFailures(deps.t, failures, total, words.failed), failures, nextSteps);
}

function nameOf({ reference }: ImageTransfer): string {
  return oneLine(familiarReference(reference), 120);
}

async function carry(
  deps: Deps,
  logins: Logins,
  transfer: ImageTransfer,
  words: TransferWords,
  signal: AbortSignal,
  asksFirst: boolean,
): Promise<Transfer> {
  return deps.prompts.progress(words.title(nameOf(transfer)), (progressSignal, report) => {
    const either = AbortSignal.any([signal, progressSignal]);
    return logins.use(
      transfer.reference.registry,
      either,
      (auth) => follow(deps, transfer.start(auth, either), report),
      asksFirst,
    );
  });
}

async function follow(
  deps: Deps,
  steps: AsyncIterable<TransferStep>,
  report: (line: string, fraction: number) => void,
): Promise<Transfer> {
  let transfer = emptyTransfer;
  const show = throttle(deps.clock, () => {
    const summary = summarizeTransfer(transfer);
    report(transferLine(summary, deps.t), summary.fraction);
    return everyMs;
  });
  try {
    for await (const step of steps) {
      transfer = reduceTransfer(transfer, step, deps.clock.now());
      if (transfer.layers.size > 0) show.call();
    }
  } finally {
    show.dispose();
  }
  return transfer;
}

/** The registry does not say whether a login would help. */
function maySignIn(error: EngineError): boolean {
  return (
    error instanceof TransferError && (error.problem === 'missingOrPrivate' || error.problem === 'limited')
  );
}
