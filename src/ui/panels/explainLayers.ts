import type { Localize } from '../../base/localize.ts';
import { explain } from '../../commands/explain.ts';
import { ArchiveError } from '../../archive/archiveError.ts';
import { asEngineError } from '../../model/engineError.ts';

/** Why layers can't be read or saved, in one sentence with a next step where there is one. */
export function explainLayers(error: unknown, t: Localize): string {
  if (error instanceof ArchiveError) return explainArchive(error, t);
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOSPC' || code === 'EDQUOT') return t('the disk is full. Make room, then try again.');
  return explain(asEngineError(error), t);
}

function explainArchive({ problem, message: said }: ArchiveError, t: Localize): string {
  switch (problem) {
    case 'truncated':
      return t('what the engine wrote out ended too early ({said}). Try again.', { said });
    case 'damaged':
      return t('what the engine wrote out is damaged ({said}). Pull or build the image again.', { said });
    case 'unsafe':
      return t('the image is not to be trusted: {said}.', { said });
    case 'tooBig':
      return t('it is more than can be read here: {said}.', { said });
    case 'unsupported':
      return t('this cannot be read here: {said}.', { said });
    case 'noImage':
      return t('the engine wrote out no whole image ({said}). Pull or build the image again.', { said });
    case 'notFound':
      return t('{said}. The image may have been removed or changed in the meantime.', { said });
  }
}
