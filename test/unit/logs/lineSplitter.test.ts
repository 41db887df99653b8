import { describe, expect, test } from 'vitest';
import { LineSplitter, type StampedLine } from '../../../src/logs/lineSplitter.ts';

const stamp = '2026-03-01T12:00:00.123456789Z ';
const parsed = { seconds: Date.UTC(2026, 2, 1, 12) / 1000, nanos: 123_456_789 };

function split(...chunks: readonly (string | Uint8Array)[]): StampedLine[] {
  const splitter = new LineSplitter('stdout');
  const lines: StampedLine[] = [];
  for (const chunk of chunks) splitter.push(typeof chunk === 'string' ? Buffer.from(chunk) : chunk, lines);
  splitter.end(lines);
  return lines;
}

/** The whole in chunks of one size. */
function chunked(whole: Buffer, size: number): Uint8Array[] {
  return Array.from({ length: Math.ceil(whole.length / size) }, (_, at) =>
    whole.subarray(at * size, (at + 1) * size),
  );
}

const texts = (lines: readonly StampedLine[]): string[] => lines.map(({ text }) => text);

describe('LineSplitter', () => {
  test('takes stamps off and ends lines at either kind of line end', () => {
    const lines = split(`${stamp}one\n${stamp}two\r\n${stamp}\n${stamp}last`);
    expect(texts(lines)).toEqual(['one', 'two', '', 'last']);
    expect(lines.map((line) => line.stamp)).toEqual([parsed, parsed, parsed, parsed]);
  });

  test('keeps carriage returns within a line', () => {
    expect(texts(split(`${stamp}10 %\r20 %\r\n`))).toEqual(['10 %\r20 %']);
  });

  test('gives the same lines however the bytes are cut, characters included', () => {
    const whole = Buffer.from(`${stamp}grüße 世界 🎉\r\n${stamp}next ${'é'.repeat(50)}\n`);
    const expected = ['grüße 世界 🎉', `next ${'é'.repeat(50)}`];
    for (let size = 1; size <= whole.length; size++)
      expect(texts(split(...chunked(whole, size)))).toEqual(expected);
  });

  test('does not hold on to the chunk of an unfinished line', () => {
    const chunk = Buffer.from(`${stamp}one\n${stamp}tw`);
    const splitter = new LineSplitter('stdout');
    const lines: StampedLine[] = [];
    splitter.push(chunk, lines);
    chunk.fill(0);
    splitter.push(Buffer.from('o\n'), lines);
    expect(texts(lines)).toEqual(['one', 'two']);
  });

  test('joins a long line that the engine stored as several records', () => {
    const record = 'a'.repeat(16_384);
    const [line, ...others] = split(`${stamp}${record}${stamp}${record}${stamp}rest\n`);
    expect(others).toEqual([]);
    expect(line?.text).toBe(`${record}${record}rest`);
    expect(line?.records).toBe(3);
  });

  test.each([1000, 16_384, 65_660, 65_661, 200_000])(
    'cuts very long lines into pieces, in chunks of %i',
    (size) => {
      const record = 'ab世'.repeat(4000).slice(0, 16_384);
      const whole = Array.from({ length: 12 }, (_, at) => `${stamp}${String(at)}${record}`).join('');
      const lines = split(...chunked(Buffer.from(`${whole}\n${stamp}next\n`), size));
      expect(lines.at(-1)?.text).toBe('next');
      const pieces = lines.slice(0, -1);
      expect(texts(pieces).join('')).toBe(whole.replaceAll(stamp, ''));
      expect(pieces.map(({ isContinuation }) => isContinuation)).toEqual(pieces.map((_, at) => at > 0));
      expect(Math.max(...pieces.map(({ data }) => data.length))).toBeLessThanOrEqual(65_700);
      expect(pieces.every((piece) => piece.stamp?.nanos === parsed.nanos)).toBe(true);
    },
  );

  test('cuts a long line without records between characters', () => {
    const text = '世'.repeat(100_000);
    const pieces = split(...chunked(Buffer.from(`${stamp}${text}\n`), 70_001));
    expect(pieces.length).toBeGreaterThan(3);
    expect(texts(pieces).join('')).toBe(text);
  });

  test('cuts the same line at the same places however it came', () => {
    const whole = Buffer.from(`${stamp}${'x'.repeat(300_000)}\n`);
    expect(texts(split(...chunked(whole, 999)))).toEqual(texts(split(whole)));
  });

  test('shows lines without a stamp as they are', () => {
    const lines = split('no stamp here\n2026-03-01T12:00:00x\n\n');
    expect(texts(lines)).toEqual(['no stamp here', '2026-03-01T12:00:00x', '']);
    expect(lines.every((line) => line.stamp === undefined)).toBe(true);
  });

  test('replaces bytes that are no characters in the text, and keeps them as they came', () => {
    const [line] = split(Buffer.concat([Buffer.from(stamp), Buffer.from([0xff, 0x41, 0x0a])]));
    expect(line?.text).toBe('\ufffdA');
    expect([...(line?.data ?? [])]).toEqual([0xff, 0x41]);
  });

  test.each([
    ['2026-03-01T13:00:00+01:00 ', 0],
    ['2026-03-01T12:00:00Z ', 0],
    ['2026-03-01T06:30:00.5-05:30 ', 500_000_000],
  ])('reads the stamp %s', (text, nanos) => {
    const [line] = split(`${text}x\n`);
    expect(line).toMatchObject({ text: 'x', stamp: { seconds: parsed.seconds, nanos } });
  });
});
