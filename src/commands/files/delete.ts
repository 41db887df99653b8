import { oneLine } from '../../base/format.ts';
import { asEngineError } from '../../model/engineError.ts';
import { shownFileName } from '../../model/fileName.ts';
import { CommandFailure } from '../commandFailure.ts';
import { listLines } from '../naming.ts';
import { action } from '../verb.ts';
import { type Failure, summarizeFailures, VerbFailure } from '../verbFailure.ts';
import { fileTargets, placeName } from './fileTarget.ts';

/** Asks once for all that is selected. There is no bin inside a container. */
export const deleteFiles = action(async (deps, signal, args) => {
  const { t, prompts, files } = deps;
  const targets = await fileTargets(deps, args);
  const [first] = targets;
  if (first === undefined) return;
  if (targets.some(({ path }) => path === '/'))
    throw new CommandFailure('conflict', t('The root cannot be deleted. Choose what is in it.'));
  const shown = ({ path }: { readonly path: string }): string => oneLine(shownFileName(path), 120);
  const isSure = await prompts.confirm({
    message:
      targets.length === 1
        ? t('Delete {path} in {place} for good?', { path: shown(first), place: placeName(deps, first.place) })
        : t('Delete {count} files and folders for good?', { count: targets.length }),
    detail: listLines(
      targets.map((target) =>
        target.isFolder ? t('{path} with all in it', { path: shown(target) }) : shown(target),
      ),
      t,
    ),
    action: t('Delete'),
  });
  if (!isSure) return;
  const failures: Failure[] = [];
  for (const { place, path } of targets)
    try {
      await files.remove(place, path, signal);
    } catch (error) {
      failures.push({ name: shown({ path }), error: asEngineError(error) });
    }
  if (failures.length > 0)
    throw new VerbFailure(
      summarizeFailures(t, failures, targets.length, (name) => t('Could not delete {name}', { name })),
      failures,
    );
});
