import { expect, test } from 'vitest';
import { healthFromInspect } from '../../../../src/engine/docker/records/healthRecords.ts';

const probe = (Output: string): object => ({ Start: '', End: '', ExitCode: 1, Output });

test('of a container whose checks fail, the last one says why', () => {
  const Health = { Status: 'starting', FailingStreak: 2, Log: [probe('first\n'), probe(' no database\n')] };
  expect(healthFromInspect({ State: { Status: 'running', Health } })).toEqual({
    state: 'running',
    exitCode: 0,
    oomKilled: false,
    health: { status: 'starting', failingStreak: 2, lastOutput: 'no database' },
  });
});

test.each([undefined, { Status: 'none', FailingStreak: 0, Log: null }])('nothing checks it: %j', (Health) => {
  expect(healthFromInspect({ State: { Status: 'running', Health } }).health).toBeUndefined();
});

test('how it ended is told', () => {
  const State = { Status: 'exited', ExitCode: 137, OOMKilled: true, Health: { Status: 'unhealthy' } };
  expect(healthFromInspect({ State })).toMatchObject({ state: 'exited', exitCode: 137, oomKilled: true });
});
