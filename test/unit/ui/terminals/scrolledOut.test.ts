import { describe, expect, test } from 'vitest';
import { scrolledOut } from '../../../../src/ui/terminals/scrolledOut.ts';

const lines = (from: number, to: number): string =>
  Array.from({ length: to - from }, (_, n) => `line ${String(from + n)}\r\n`).join('');

const read = (text: string, kept: number) => {
  const found = scrolledOut(Buffer.from(text), kept);
  return found && { modes: Buffer.from(found.modes).toString(), rest: Buffer.from(found.rest).toString() };
};

describe('what scrolled out of a terminal', () => {
  test('is all before its last lines', () => {
    expect(read(`${lines(0, 50)}$ `, 10)).toEqual({ modes: '', rest: `${lines(40, 50)}$ ` });
  });

  test('is nothing where there are no more lines than it keeps', () => {
    expect(read(lines(0, 10), 10)).toBeUndefined();
    expect(read('no line at all', 10)).toBeUndefined();
  });

  test('leaves its modes and its last colour behind, and nothing that moves or erases', () => {
    const before =
      'a\u001b[31mred\u001b[0m\u001b[?25l\u001b[2J\u001b[1;32m\u001b[5Ab\u001b[4mc\u001b]0;title\u0007\r\n';
    expect(read(before + lines(0, 10), 9)?.modes).toBe('\u001b[?25l\u001b[0m\u001b[1;32m\u001b[4m');
  });

  test('is nothing once a program has taken the whole screen', () => {
    expect(read(`\u001b[?1049h${lines(0, 50)}`, 10)).toBeUndefined();
  });

  test('is nothing where what it has set is as long as it', () => {
    expect(read('\u001b[?25h\u001b[?25l'.repeat(10_000) + lines(0, 50), 10)).toBeUndefined();
  });
});
