import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { linePart, textOf } from '../../../../src/model/fields/linePart.ts';
import { rangeIn, shownPart, standIn, trimmedEnd } from '../../../../src/model/fields/shownPart.ts';

function shown(line: string, escaping: 'none' | 'json' | 'go' = 'json') {
  return shownPart(line, linePart(line, 0, line.length, escaping));
}

/** The part of the shown text that a part of the line, given by what stands there, is in. */
function seenOf(line: string, written: string): string | undefined {
  const part = shown(line);
  const start = line.indexOf(written);
  const range = rangeIn(part, { start, end: start + written.length });
  return range && part.text.slice(range.start, range.end);
}

describe('shownPart', () => {
  test.each([
    ['plain', 'plain'],
    ['a \\"b\\" \\\\ \\/', 'a "b" \\ /'],
    ['one\\n\\ttwo\\r\\nthree', 'one\n\ttwo\nthree'],
    ['\\u00e9\\ud83d\\ude00', 'é😀'],
    ['\\u001b[31m\\u0000\\b\\r', '␛[31m␀␈␍'],
  ])('shows %j as %j', (line, text) => {
    expect(shown(line).text).toBe(text);
  });

  test('leaves a backslash that is no escape of logfmt alone', () => {
    expect(shown('C:\\dir\\\\x \\x41', 'go').text).toBe('C:\\dir\\x A');
  });

  test.each([
    ['x\\u00e9y', 'x', 'x'],
    ['x\\u00e9y', 'y', 'y'],
    ['x\\u00e9y', '00', 'é'],
    ['x\\u00e9y', 'x\\u', 'xé'],
    ['x\\ud83d\\ude00y', 'ude00y', '😀y'],
    ['open \\"x\\": no', '": no', '": no'],
  ])('finds in %j where %j is seen: %j', (line, written, seen) => {
    expect(seenOf(line, written)).toBe(seen);
  });

  test('does not have what lies outside, or was trimmed', () => {
    const line = 'abc\\n';
    const part = trimmedEnd(shownPart(line, linePart(line, 1, 5, 'json')));
    expect(part.text).toBe('bc');
    expect(rangeIn(part, { start: 0, end: 1 })).toBeUndefined();
    expect(rangeIn(part, { start: 3, end: 5 })).toBeUndefined();
    expect(rangeIn(part, { start: 0, end: 5 })).toEqual({ start: 0, end: 2 });
  });

  test('takes any touch of a stand-in for all of it', () => {
    const part = standIn('info', { start: 10, end: 12 });
    expect(rangeIn(part, { start: 11, end: 20 })).toEqual({ start: 0, end: 4 });
    expect(rangeIn(part, { start: 12, end: 20 })).toBeUndefined();
  });
});

const written = fc
  .array(fc.constantFrom('a', 'é', '😀', ' ', '\\n', '\\r', '\\"', '\\\\', '\\u0041', '\\ud83d', '\\ude00'), {
    maxLength: 30,
  })
  .map((pieces) => pieces.join(''));

test('every character of a line is seen where it belongs, in order and without gaps', () => {
  fc.assert(
    fc.property(written, fc.nat(5), (text, before) => {
      const line = 'x'.repeat(before) + text;
      const source = linePart(line, before, line.length, 'json');
      const part = shownPart(line, source);
      const ranges = Array.from({ length: text.length }, (_, at) =>
        rangeIn(part, { start: before + at, end: before + at + 1 }),
      );
      let end = 0;
      let start = 0;
      for (const range of ranges) {
        // One escape is one place; the next character goes on right behind it.
        if (range?.start !== start) expect(range?.start).toBe(end);
        start = range?.start ?? -1;
        end = range?.end ?? -1;
      }
      expect(end).toBe(text === '' ? 0 : part.text.length);
      expect(part.text).toBe(textOf(line, source).replaceAll('\r\n', '\n').replaceAll('\r', '␍'));
    }),
  );
});
