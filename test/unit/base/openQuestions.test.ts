import { describe, expect, test } from 'vitest';
import { OpenQuestions } from '../../../src/base/openQuestions.ts';

describe('OpenQuestions', () => {
  test('are answered in whatever order, each once', async () => {
    const questions = new OpenQuestions();
    const ids: number[] = [];
    const post = (id: number): void => {
      ids.push(id);
    };
    const [one, two] = [questions.ask<string>(post), questions.ask<string>(post)];
    questions.answer(ids[1] ?? 0, 'two');
    questions.fail(ids[0] ?? 0, new Error('no'));
    questions.answer(ids[0] ?? 0, 'late');
    expect(await two).toBe('two');
    await expect(one).rejects.toThrow('no');
  });

  test('that are given up are cancelled once, at once when nobody waited from the start', async () => {
    const questions = new OpenQuestions();
    const cancelled: number[] = [];
    const abort = new AbortController();
    const giveUp = { signal: abort.signal, cancel: (id: number) => cancelled.push(id) };
    const asked = questions.ask<string>(() => undefined, giveUp);
    const answered = questions.ask<string>(() => undefined, giveUp);
    questions.answer(2, 'done');
    expect(await answered).toBe('done');
    abort.abort();
    expect(cancelled).toEqual([1]);
    questions.fail(1, new Error('cancelled'));
    await expect(asked).rejects.toThrow('cancelled');
    const late = questions.ask<string>(() => undefined, giveUp);
    expect(cancelled).toEqual([1, 3]);
    questions.answer(3, 'all the same');
    expect(await late).toBe('all the same');
  });

  test('fail with the end, and after it', async () => {
    const questions = new OpenQuestions();
    const open = questions.ask<string>(() => undefined);
    expect(questions.isOver).toBe(false);
    questions.end(new Error('closed'));
    questions.end(new Error('closed again'));
    await expect(open).rejects.toThrow('closed');
    await expect(questions.ask<string>(() => undefined)).rejects.toThrow(/^closed$/);
    expect(questions.isOver).toBe(true);
  });
});
