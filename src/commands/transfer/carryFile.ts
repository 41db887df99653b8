import { throttle } from '../../base/async.ts';
import { isCancelled } from '../../base/cancellation.ts';
import { formatBytes } from '../../base/format.ts';
import type { Localize } from '../../base/localize.ts';
import { addSample, byteRate, type ByteSample } from '../../model/byteRate.ts';
import { asEngineError, hasReason } from '../../model/engineError.ts';
import type { Deps, Meter } from '../deps.ts';
import { summarizeFailures, VerbFailure } from '../verbFailure.ts';
import { bytesLine } from './transferLine.ts';

/** As often as a person can read. */
const everyMs = 100;

export interface FileWords {
  /** For the progress: `Saving nginx:1.27`. */
  readonly title: string;
  /** What the sentence about a failure names. */
  readonly name: string;
  /** The start of that sentence. */
  failed(name: string): string;
}

/**
 * Moves an archive between a file and an engine, with a progress in bytes that can be cancelled. Undefined when it was;
 * rejects with one sentence.
 */
export async function carryFile<T>(
  deps: Deps,
  words: FileWords,
  signal: AbortSignal,
  work: (signal: AbortSignal, meter: Meter) => Promise<T>,
): Promise<T | undefined> {
  try {
    return await deps.prompts.progress(words.title, (progressSignal, report) =>
      work(AbortSignal.any([signal, progressSignal]), (pieces, totalBytes) =>
        metered(deps, pieces, totalBytes, report),
      ),
    );
  } catch (error) {
    if (isCancelled(error) || hasReason(error, 'cancelled')) return undefined;
    const failures = [{ name: words.name, error: asEngineError(error) }];
    throw new VerbFailure(
      summarizeFailures(deps.t, failures, 1, (name) => words.failed(name)),
      failures,
    );
  }
}

async function* metered(
  { t, clock }: Deps,
  pieces: AsyncIterable<Uint8Array>,
  totalBytes: number | undefined,
  report: (line: string, fraction?: number) => void,
): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  let samples: readonly ByteSample[] = [];
  const show = throttle(clock, () => {
    samples = addSample(samples, { at: clock.now(), bytes });
    const fraction = totalBytes === undefined || totalBytes === 0 ? undefined : bytes / totalBytes;
    report(line(bytes, totalBytes, byteRate(samples), t), fraction);
    return everyMs;
  });
  try {
    for await (const piece of pieces) {
      bytes += piece.length;
      show.call();
      yield piece;
    }
  } finally {
    show.dispose();
  }
}

/** `45 of 120 MB · 12 MB/s` */
function line(
  bytes: number,
  totalBytes: number | undefined,
  bytesPerSecond: number | undefined,
  t: Localize,
): string {
  const rate =
    bytesPerSecond === undefined || bytesPerSecond === 0
      ? []
      : [t('{size}/s', { size: formatBytes(bytesPerSecond) })];
  return [bytesLine(bytes, totalBytes, t), ...rate].join(' · ');
}
