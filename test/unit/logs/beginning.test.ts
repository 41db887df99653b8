import { describe, expect, onTestFinished, test } from 'vitest';
import { answer } from '../../../src/logs/answer.ts';
import { LogSession } from '../../../src/logs/logSession.ts';
import { type LogUpdate, showAll } from '../../../src/model/log.ts';
import { FakeClock, settle } from '../../support/fakeClock.ts';
import { openSpool, row, unlimited } from './rows.ts';

/** A session that was just asked for all there is to show, and what it has answered so far. */
function asked(): { readonly session: LogSession; readonly clock: FakeClock; readonly answers: LogUpdate[] } {
  const clock = new FakeClock();
  const session = new LogSession({ spool: openSpool(), clock, limit: unlimited, onUpdate: () => undefined });
  onTestFinished(() => {
    session.dispose();
  });
  session.sources([
    { ref: 'e/container/a', name: 'a' },
    { ref: 'e/container/b', name: 'b' },
  ]);
  const answers: LogUpdate[] = [];
  const params = { view: { tailRows: 9 }, show: showAll };
  void answer(session, { kind: 'ask', id: 1, name: 'snapshot', params }).then((update) =>
    answers.push(update as LogUpdate),
  );
  return { session, clock, answers };
}

describe('what a new page gets', () => {
  test('begins with the first lines, all that came together', async () => {
    const { session, answers } = asked();
    await settle();
    expect(answers).toEqual([]);
    session.append(row('one'));
    session.append(row('two'));
    await settle();
    expect(answers).toMatchObject([{ tail: { rows: [{ text: 'one' }, { text: 'two' }] } }]);
  });

  test('is empty once it is known of every container that there is nothing yet', async () => {
    const { session, answers } = asked();
    session.phase(0, 'following');
    await settle();
    expect(answers).toEqual([]);
    session.phase(1, 'unreachable');
    await settle();
    expect(answers).toMatchObject([{ state: { phase: 'following' }, tail: { rows: [] } }]);
  });

  test('does not wait for long', async () => {
    const { clock, answers } = asked();
    clock.advance(149);
    await settle();
    expect(answers).toEqual([]);
    clock.advance(1);
    await settle();
    expect(answers).toMatchObject([{ state: { phase: 'connecting' } }]);
  });
});
