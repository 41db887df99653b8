import { assertNever } from '../base/assert.ts';
import type { LogSession } from './logSession.ts';
import type { LogQuestion } from './messages.ts';

/** What a session says to a question; the type of the answer follows from the question's name. */
export async function answer(session: LogSession, question: LogQuestion): Promise<unknown> {
  switch (question.name) {
    case 'snapshot':
      await session.beginning.wait();
      return session.snapshot(question.params.view, question.params.show);
    case 'rows':
      return session.rows(question.params.firstRow, question.params.count);
    case 'show':
      return session.show(question.params.showId, question.params.show, question.params.anchorRow);
    case 'find':
      return session.find(question.params.findId, question.params.query);
    case 'step':
      return await session.step(question.params);
    case 'locate': {
      const { row, at } = question.params;
      return session.locate(row === undefined ? { at: at ?? 0 } : { row });
    }
    case 'fields':
      return session.fields();
    case 'histogram':
      return session.histogram(question.params.parts);
    case 'link':
      return session.link(question.params);
    case 'save':
      return await session.save(question.params);
    case 'copy':
      return session.copy(question.params);
    case 'line':
      return session.line(question.params.row);
    case 'seek':
      return session.seek(question.params);
    case 'density':
      return session.density(question.params.parts);
    default:
      return assertNever(question);
  }
}
