import { mapLimited } from '../../base/async.ts';
import { isCancelled, throwIfAborted } from '../../base/cancellation.ts';
import { asEngineError, type EngineError, hasReason } from '../../model/engineError.ts';
import type { ImageReference } from '../../model/imageReference.ts';
import { isOutdated, ownDigests, type RegistryDigest } from '../../model/registryDigest.ts';
import { TransferError } from '../../model/transferError.ts';
import type { Deps } from '../deps.ts';
import { allTargets, findTargets, readInvocation, type Target } from '../targets.ts';
import { useKnownLogins } from '../transfer/logins.ts';
import { action } from '../verb.ts';
import { type Failure, summarizeFailures, VerbFailure } from '../verbFailure.ts';
import { referenceOfTag } from './imageNames.ts';

/** Registries count what they are asked: few at a time are enough. */
const parallelChecks = 6;

/** One tag whose image came from a registry, or went there. */
interface Checkable {
  readonly target: Target<'image'>;
  readonly reference: ImageReference;
}

/** What was found out, and which registries did not answer, each once. */
interface Outcome {
  readonly checked: number;
  readonly outdated: number;
  readonly failures: readonly Failure[];
}

/** Asks the registries of rows, names, or all images which of them have another image by the same tag by now. */
export const checkForNewerImages = action(async (deps, signal, args) => {
  const { t, prompts, views } = deps;
  const { names, origin } = await readInvocation(args, views);
  const targets =
    names === undefined
      ? await allTargets(deps, 'image', signal)
      : await findTargets(deps, 'image', names, signal);
  const outcome = await prompts.progress(t('Checking for newer images'), (progressSignal, report) =>
    checkTargets(deps, targets, AbortSignal.any([signal, progressSignal]), report),
  );
  if (outcome.failures.length > 0) {
    const failed = (registry: string): string => t('Could not ask {registry}', { registry });
    const message = summarizeFailures(t, outcome.failures, outcome.failures.length, failed);
    throw new VerbFailure(message, outcome.failures);
  }
  if (origin === 'caller') return;
  if (outcome.checked === 0) prompts.tell(t('None of these images came from a registry that still has it.'));
  else if (outcome.outdated === 0)
    prompts.tell(t('No newer image was found; checked: {count}.', { count: outcome.checked }));
  else
    prompts.tell(
      t('Newer images were found: {outdated} of {count}. Pull brings them.', {
        outdated: outcome.outdated,
        count: outcome.checked,
      }),
    );
});

/** As the command does, for all images and without a word: nobody asked for it just now. Rejects only when cancelled. */
export async function checkQuietly(deps: Deps, signal: AbortSignal): Promise<void> {
  try {
    const targets = await allTargets(deps, 'image', signal);
    const { failures } = await checkTargets(deps, targets, signal, () => undefined);
    for (const { name, error } of failures) deps.log.error(`could not ask ${name} for newer images`, error);
  } catch (error) {
    if (isCancelled(error)) throw error;
    deps.log.error('could not look for newer images', error);
  }
}

async function checkTargets(
  deps: Deps,
  targets: readonly Target<'image'>[],
  signal: AbortSignal,
  report: (line: string, fraction?: number) => void,
): Promise<Outcome> {
  const checkable = targets.flatMap(toCheckable);
  const found = new Map<string, Map<string, RegistryDigest>>();
  const failures = new Map<string, EngineError>();
  let done = 0;
  let checked = 0;
  let outdated = 0;
  await mapLimited(checkable, parallelChecks, async ({ target, reference }) => {
    const { owner, ref, object } = target;
    // Who did not answer once is not asked again for each of its images.
    if (!signal.aborted && !failures.has(reference.registry))
      try {
        const digest = await ask(deps, target, reference, signal);
        const answer = { digest, checkedAt: deps.clock.now() };
        const ofEngine = found.get(owner.description.id) ?? new Map<string, RegistryDigest>();
        found.set(owner.description.id, ofEngine.set(ref.id, answer));
        checked++;
        if (isOutdated(object, ref.id, answer)) outdated++;
      } catch (error) {
        if (!isCancelled(error) && !hasReason(error, 'cancelled') && !isGone(error))
          failures.set(reference.registry, asEngineError(error));
      }
    done++;
    report(deps.t('{done} of {total}', { done, total: checkable.length }), done / checkable.length);
  });
  for (const [engineId, digests] of found) deps.views.keepRegistryDigests(engineId, digests);
  throwIfAborted(signal);
  return { checked, outdated, failures: [...failures].map(([name, error]) => ({ name, error })) };
}

/** One that was built here is no older than itself. */
function toCheckable(target: Target<'image'>): readonly Checkable[] {
  const reference = referenceOfTag(target.ref.id);
  return reference === undefined || ownDigests(target.object, target.ref.id).length === 0
    ? []
    : [{ target, reference }];
}

/** With the logins that are known; nobody is asked for one. */
async function ask(
  deps: Deps,
  { owner }: Target<'image'>,
  reference: ImageReference,
  signal: AbortSignal,
): Promise<string> {
  const tried = await useKnownLogins(deps, reference.registry, signal, (auth) =>
    owner.store.engine.registryDigest(reference, { auth }, signal),
  );
  if ('refusal' in tried) throw tried.refusal;
  return tried.result;
}

/** The registry is well, and has no such tag any more, or not for us. */
function isGone(error: unknown): boolean {
  return (
    error instanceof TransferError && (error.problem === 'missing' || error.problem === 'missingOrPrivate')
  );
}
