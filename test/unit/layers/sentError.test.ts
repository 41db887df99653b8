import { expect, test } from 'vitest';
import { CancelledError } from '../../../src/base/cancellation.ts';
import { ArchiveError } from '../../../src/archive/archiveError.ts';
import { fromSentError, toSentError } from '../../../src/layers/sentError.ts';
import { EngineError } from '../../../src/model/engineError.ts';

const sent = (error: unknown): Error => fromSentError(structuredClone(toSentError(error)));

test('errors pass between threads as what they are', () => {
  expect(sent(new ArchiveError('unsafe', 'the path leads out'))).toEqual(
    new ArchiveError('unsafe', 'the path leads out'),
  );
  const permission = sent(
    new EngineError('unauthorized', 'no', { hint: 'permission', cause: new Error('x') }),
  );
  expect(permission).toMatchObject({ name: 'EngineError', reason: 'unauthorized', hint: 'permission' });
  expect(sent(new EngineError('timeout', 'late'))).toMatchObject({ reason: 'timeout', hint: undefined });
  expect(sent(new CancelledError())).toMatchObject({ name: 'EngineError', reason: 'cancelled' });
  expect(sent(new Error('ENOSPC'))).toMatchObject({ name: 'Error', message: 'ENOSPC' });
  expect(sent('text')).toMatchObject({ message: 'text' });
});
