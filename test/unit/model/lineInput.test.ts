import { expect, test } from 'vitest';
import { lineReader } from '../../../src/model/lineInput.ts';

test('a line is shown as it is typed, and sent with Enter', () => {
  const read = lineReader();
  expect(read('he')).toEqual({ echo: 'he', sent: '', isInterrupted: false });
  expect(read('llo\r')).toEqual({ echo: 'llo\r\n', sent: 'hello\n', isInterrupted: false });
});

test('Backspace takes the last character, of whatever width, and nothing of a line that is empty', () => {
  const read = lineReader();
  read('a容\u{1f468}\u200d\u{1f469}');
  expect(read('\u007f').echo).toBe('\b \b\b \b');
  expect(read('\u007f').echo).toBe('\b \b\b \b');
  expect(read('\b\b\u007f').echo).toBe('\b \b');
  expect(read('x\r').sent).toBe('x\n');
});

test('Ctrl+U takes the whole line', () => {
  const read = lineReader();
  expect(read('abc\u0015').echo).toBe(`abc${'\b \b'.repeat(3)}`);
  expect(read('d\r').sent).toBe('d\n');
});

test('keys that mean something to a terminal alone are left out', () => {
  expect(lineReader()('a\u001b[A\u001bOP\u001b[1;5Cb\t\r').sent).toBe('ab\n');
});

test('what is pasted is lines', () => {
  expect(lineReader()('one\r\ntwo\nthree').sent).toBe('one\ntwo\n');
});

test('Ctrl+C ends it, with what was whole before', () => {
  expect(lineReader()('one\rtw\u0003o\r')).toEqual({
    echo: 'one\r\ntw^C\r\n',
    sent: 'one\n',
    isInterrupted: true,
  });
});
