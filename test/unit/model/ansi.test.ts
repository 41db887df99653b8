import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isPlainText, parseAnsi, plainText } from '../../../src/model/ansi.ts';

const esc = '\u001b';

describe('parseAnsi', () => {
  test('leaves plain text, and what looks like markup, as it is', () => {
    const text = '<img src=x onerror=alert(1)> & "quotes"\ttab';
    expect(parseAnsi(text)).toEqual({ text, spans: [] });
  });

  test('reads the sixteen theme colours and the attributes', () => {
    const line = `${esc}[1;31mred${esc}[0m ${esc}[97;44mwhite${esc}[39;49m ${esc}[2;3;4;7;9mall${esc}[22;23;24;27;29m none`;
    expect(parseAnsi(line)).toEqual({
      text: 'red white all none',
      spans: [
        { start: 0, end: 3, style: { bold: true, foreground: { kind: 'theme', index: 1 } } },
        {
          start: 4,
          end: 9,
          style: { foreground: { kind: 'theme', index: 15 }, background: { kind: 'theme', index: 4 } },
        },
        {
          start: 10,
          end: 13,
          style: { dim: true, italic: true, underline: true, inverse: true, strikethrough: true },
        },
      ],
    });
  });

  test.each([
    ['38;5;9', { kind: 'theme', index: 9 }],
    ['38;5;16', { kind: 'rgb', red: 0, green: 0, blue: 0 }],
    ['38;5;208', { kind: 'rgb', red: 255, green: 135, blue: 0 }],
    ['38;5;255', { kind: 'rgb', red: 238, green: 238, blue: 238 }],
    ['38;2;1;2;3', { kind: 'rgb', red: 1, green: 2, blue: 3 }],
    ['38:2:1:2:3', { kind: 'rgb', red: 1, green: 2, blue: 3 }],
    ['38:2::1:2:3', { kind: 'rgb', red: 1, green: 2, blue: 3 }],
    ['38:5:208', { kind: 'rgb', red: 255, green: 135, blue: 0 }],
  ])('reads the colour %s', (parameters, foreground) => {
    expect(parseAnsi(`${esc}[${parameters}mx`).spans).toEqual([{ start: 0, end: 1, style: { foreground } }]);
  });

  test('goes on after an extended colour with the next attribute', () => {
    const [span] = parseAnsi(`${esc}[38;5;208;1mx`).spans;
    expect(span?.style.bold).toBe(true);
  });

  test.each(['38;5;256', '38;2;300;0;0', '38', '38;5', '999', '8', '?25', '1;;;;'])(
    'survives the odd parameters %s',
    (parameters) => {
      expect(parseAnsi(`${esc}[${parameters}mx`).text).toBe('x');
    },
  );

  test('drops other sequences, links and titles, and keeps their text', () => {
    expect(
      parseAnsi(`${esc}]0;title\u0007a${esc}[2Kb${esc}]8;;http://x${esc}\\link${esc}]8;;${esc}\\${esc}(Bc`)
        .text,
    ).toBe('ablinkc');
  });

  test('shows control characters and unfinished sequences instead of hiding what follows', () => {
    expect(parseAnsi(`a\u0000b\u0007c\rd\u007fe`).text).toBe('a␀b␇c␍d␡e');
    expect(parseAnsi(`${esc}]0;never ends`).text).toBe('␛]0;never ends');
    expect(parseAnsi(`x${esc}[31`).text).toBe('x␛[31');
  });

  test('finds in the same text as it shows', () => {
    const line = `${esc}[31mred${esc}[0m\u0001 ${esc}]x`;
    expect(plainText(line)).toBe(parseAnsi(line).text);
  });

  test('is done with hostile lines', () => {
    for (const part of [`${esc}]`, `${esc}[`, `${esc}[1;`, `${esc}[31m`, `${esc}P`, '\u009d']) {
      const line = part.repeat(60_000 / part.length);
      expect(parseAnsi(line).text.length).toBeLessThanOrEqual(line.length);
    }
  });

  test('never throws, keeps its offsets inside, and shows the same text to find', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 6 }),
      fc.constantFrom(
        esc,
        `${esc}[`,
        `${esc}]`,
        `${esc}P`,
        `${esc}\\`,
        '\u009b',
        '\u009d',
        '\u009c',
        '\u0007',
        ';',
        ':',
        'm',
      ),
      fc.constantFrom(
        `${esc}[31m`,
        `${esc}[0m`,
        `${esc}[38;5;208m`,
        `${esc}[38:2::1:2:3m`,
        `${esc}[48;2;9m`,
        `${esc}[;;m`,
      ),
      fc.array(fc.nat({ max: 300 })).map((codes) => `${esc}[${codes.join(';')}m`),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const raw = pieces.join('');
        const { text, spans } = parseAnsi(raw);
        expect(plainText(raw)).toBe(text);
        expect(text).not.toMatch(/[\u0000-\u0008\u000a-\u001f\u007f-\u009f]/);
        expect(plainText(text)).toBe(text);
        expect(isPlainText(raw)).toBe(text === raw);
        let last = 0;
        for (const { start, end } of spans) {
          expect(start).toBeGreaterThanOrEqual(last);
          expect(end).toBeGreaterThan(start);
          last = end;
        }
        expect(last).toBeLessThanOrEqual(text.length);
      }),
      { numRuns: 1000 },
    );
  }, 30_000);
});
