import { describe, expect, test } from 'vitest';
import { english } from '../../../src/base/localize.ts';
import { explainEnd } from '../../../src/commands/explainEnd.ts';
import type { StateDetails } from '../../../src/model/containerDetails.ts';
import { historyEntry, type HistoryEntry } from '../../../src/model/containerHistory.ts';
import { endReason, isGoodEnd } from '../../../src/model/endReason.ts';
import { RunError } from '../../../src/model/runError.ts';
import { event } from '../../support/builders.ts';
import { stateFor } from '../../support/details.ts';

const noLimits = { memoryBytes: undefined, cpus: undefined, pids: undefined };

function explained(
  state: Partial<StateDetails>,
  history: readonly HistoryEntry[] = [],
  memoryBytes?: number,
): ReturnType<typeof explainEnd> & { readonly isGood: boolean } {
  const reason = endReason({ state: stateFor(state), limits: { ...noLimits, memoryBytes } }, history);
  return { ...explainEnd(reason, english), isGood: isGoodEnd(reason) };
}

const start: HistoryEntry = { at: 1000, action: 'start', detail: '' };
const kill = (at: number, signal: number): HistoryEntry => ({ at, action: 'kill', detail: String(signal) });
const die = (at: number, code: number): HistoryEntry => ({ at, action: 'die', detail: String(code) });

describe('why a container is over', () => {
  test.each([
    [0, 'Ended without an error, exit code 0'],
    [1, 'Ended with an error, exit code 1'],
    [2, 'Ended with an error, exit code 2'],
    [3, 'Ended with an error, exit code 3'],
    [125, 'The engine could not run it, exit code 125'],
    [126, 'A program could not be run, exit code 126'],
    [127, 'A program was not found, exit code 127'],
    [128, 'Ended with an error, exit code 128'],
    [129, 'Ended by SIGHUP, exit code 129'],
    [130, 'Interrupted (SIGINT), exit code 130'],
    [132, 'Crashed (SIGILL), exit code 132'],
    [134, 'Aborted itself (SIGABRT), exit code 134'],
    [135, 'Crashed (SIGBUS), exit code 135'],
    [137, 'Killed (SIGKILL), exit code 137'],
    [139, 'Crashed (SIGSEGV), exit code 139'],
    [141, 'Ended by SIGPIPE, exit code 141'],
    [143, 'Stopped (SIGTERM), exit code 143'],
    [163, 'Ended by SIG 35, exit code 163'],
    [255, 'Ended with an error, exit code 255'],
  ])('exit code %i', (exitCode, title) => {
    expect(explained({ exitCode }).title).toBe(title);
  });

  test('each has a reason, and each that is no good end a next step', () => {
    for (let exitCode = 0; exitCode < 256; exitCode++) {
      const { why, next, isGood, steps } = explained({ exitCode });
      expect(why).toMatch(/\.$/);
      if (!isGood) {
        expect(next).toMatch(/\.$/);
        expect(steps.length).toBeGreaterThan(0);
      }
    }
  });

  test('137 is a lack of memory only when the engine says so', () => {
    expect(explained({ exitCode: 137 }).why).toContain(
      'The engine noted no lack of memory in the container.',
    );
    const limited = explained({ exitCode: 137, isOomKilled: true }, [], 64 * 1024 * 1024);
    expect(limited.title).toBe('Killed for lack of memory, exit code 137');
    expect(limited.why).toContain('its limit of 64 MiB');
    expect(explained({ exitCode: 137, isOomKilled: true }).why).toContain('machine had no memory left');
  });

  test('a child that was killed for lack of memory is named even when the program ended by itself', () => {
    expect(explained({ exitCode: 1, isOomKilled: true }, [], 1024).title).toBe(
      'Killed for lack of memory, exit code 1',
    );
  });

  test('a stop that ran out of time is told from a kill by the events', () => {
    const late = explained({ exitCode: 137 }, [start, kill(5000, 15), kill(15_000, 9), die(15_100, 137)]);
    expect(late.title).toBe('Killed because it did not stop in time, exit code 137');
    expect(late.why).toContain('still ran 10.0 s later');
    expect(late.next).toContain('exec');
    const killed = explained({ exitCode: 137 }, [start, kill(5000, 9), die(5100, 137)]);
    expect(killed.why).toContain('Somebody told the engine to kill it.');
    // What was sent before its last start says nothing of this end.
    const later = [start, kill(2000, 15), kill(12_000, 9), die(12_100, 137), { ...start, at: 13_000 }];
    expect(explained({ exitCode: 137 }, later).why).toContain('by a kill, by a stop');
  });

  test('an end that somebody asked for is none to worry about', () => {
    const history = [start, kill(5000, 15), die(5100, 0)];
    expect(explained({ exitCode: 0 }, history).why).toBe('It was asked to stop and ended in good order.');
    const ended = explained({ exitCode: 143 }, [start, kill(5000, 15), die(5100, 143)]);
    expect(ended.why).toBe('It was asked through the engine to end, and did.');
    expect(ended.isGood).toBe(true);
    expect(explained({ exitCode: 139 }).isGood).toBe(false);
  });

  test('one that could not be started says what the engine said', () => {
    const failure = new RunError(
      'commandMissing',
      'nope',
      'exec: "nope": executable file not found in $PATH',
    );
    const missing = explained({
      state: 'created',
      exitCode: 127,
      error: failure.message,
      startFailure: failure,
    });
    expect(missing.title).toBe('It could not be started');
    expect(missing.why).toBe(
      'There is no program “nope” in the image. Check the command and the entrypoint.',
    );
    expect(explained({ exitCode: 128, error: 'something odd\nhappened' }).why).toBe(
      'Something odd happened.',
    );
  });
});

describe('the history', () => {
  test('takes from events what they tell of a container', () => {
    const entry = (action: string, attributes: Record<string, string> = {}, detail = '') =>
      historyEntry(event('container', action, 'c', { attributes, detail, at: 5 }));
    expect(entry('die', { exitCode: '3', signal: '9' })).toEqual({ at: 5, action: 'die', detail: '3' });
    expect(entry('kill', { signal: '15' })?.detail).toBe('15');
    expect(entry('rename', { name: 'new', oldName: '/old' })?.detail).toBe('new');
    expect(entry('health_status', {}, 'unhealthy')?.detail).toBe('unhealthy');
    expect(entry('health_status', {}, 'running')).toBeUndefined();
    expect(entry('exec_die')).toBeUndefined();
    expect(entry('attach')).toBeUndefined();
  });
});
