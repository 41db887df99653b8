import { expect, test } from 'vitest';
import { historyFailure } from '../../../src/logs/historyFailure.ts';
import { DiskFullError } from '../../../src/logs/spool/spoolWriteError.ts';
import { EngineError } from '../../../src/model/engineError.ts';

test('what is said of older lines tells why they could not be read', () => {
  const said = [
    new DiskFullError('', undefined),
    new EngineError('notFound', 'no such container'),
    new EngineError('unreachable', 'aborted'),
    new EngineError('timeout', 'no answer'),
    new EngineError('unexpected', 'log file is\ncorrupt'),
    new Error('EACCES: permission denied'),
  ].map(historyFailure);
  expect(said).toEqual([
    { phase: 'diskFull', pendingLines: 0 },
    { phase: 'gone', pendingLines: 0 },
    { phase: 'unreachable', pendingLines: 0 },
    { phase: 'unreachable', pendingLines: 0 },
    { phase: 'failed', pendingLines: 0, reason: 'log file is corrupt' },
    { phase: 'failed', pendingLines: 0, reason: 'EACCES: permission denied' },
  ]);
});
