import { assertNever } from '../base/assert.ts';
import type { LayerSession } from './layerSession.ts';
import type { LayerQuestion } from './messages.ts';

/** What a session says to a question; the type of the answer follows from the question's name. */
export async function answer(
  session: LayerSession,
  question: LayerQuestion,
  signal: AbortSignal,
): Promise<unknown> {
  switch (question.name) {
    case 'open':
      return await session.open(question.params.image, signal);
    case 'tree':
      return await session.tree(question.params);
    case 'locate':
      return await session.locate(question.params);
    case 'versions':
      return await session.versions(question.params);
    case 'differences':
      return await session.differences(question.params);
    case 'waste':
      return await session.waste(question.params);
    case 'duplicates':
      return await session.duplicates(question.params);
    case 'file':
      return await session.file(question.params, signal);
    case 'save':
      return await session.save(question.params);
    default:
      return assertNever(question);
  }
}
