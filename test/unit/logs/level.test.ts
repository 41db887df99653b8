import { describe, expect, test } from 'vitest';
import { levelOf } from '../../../src/logs/level.ts';
import { logLevels, type LogLevel } from '../../../src/model/log.ts';
import { rank } from '../../../src/model/levelWords.ts';
import { failures, json, logfmt, messages, words } from './levelLines.ts';

const level = (line: string): LogLevel | undefined => logLevels[levelOf(line)];

describe('levelOf', () => {
  test('answers with an index into the names', () => {
    expect(logLevels.map((name) => rank[name])).toEqual(logLevels.map((_, index) => index));
    expect(levelOf('[ERROR] x')).toBe(5);
  });

  test.each(json)('reads the keys of JSON: %s is %s', (_, expected, line) => {
    expect(level(line)).toBe(expected);
  });

  test.each(logfmt)('reads the pairs of logfmt: %s is %s', (_, expected, line) => {
    expect(level(line)).toBe(expected);
  });

  test.each(words)('reads what stands before the message: %s is %s', (_, expected, line) => {
    expect(level(line)).toBe(expected);
  });

  test.each(failures)('knows how a failure begins: %s is %s', (_, expected, line) => {
    expect(level(line)).toBe(expected);
  });

  test.each(messages)('takes no word of a message for a level: %s', (line) => {
    expect(level(line)).toBe('unknown');
  });

  test('reads every level word in brackets, in any case and with padding', () => {
    const bracketed = {
      TRC: 'trace',
      dbg: 'debug',
      Info: 'info',
      ' warn': 'warn',
      'ERR  ': 'error',
      FTL: 'fatal',
    };
    for (const [word, expected] of Object.entries(bracketed))
      expect(level(`12:00:00 [${word}] x`)).toBe(expected);
  });

  test('maps each syslog severity of each facility', () => {
    const expected = ['fatal', 'fatal', 'fatal', 'error', 'warn', 'info', 'info', 'debug'];
    for (let priority = 0; priority <= 191; priority++)
      expect(level(`<${String(priority)}>x`)).toBe(expected[priority % 8]);
  });

  test('finds a key of JSON in the first 2,000 characters, and a word in the first 200', () => {
    const padded = (length: number): string => `{"a":"${'x'.repeat(length)}","level":"error"}`;
    expect(level(padded(1900))).toBe('error');
    expect(level(padded(2100))).toBe('unknown');
    expect(level(`${'['.repeat(150)}ERROR] x`)).toBe('error');
    expect(level(`${'- '.repeat(150)}ERROR x`)).toBe('unknown');
  });

  test('does not depend on what comes after what it looks at', () => {
    for (const [, , line] of [...json, ...logfmt, ...words]) {
      const long = line.startsWith('{') ? line : line.padEnd(400, ' and so on');
      expect(level(long)).toBe(level(long + '"[{(<=\\'.repeat(1000)));
    }
  });

  test('takes any line, cut anywhere', () => {
    for (const [, , line] of [...json, ...logfmt, ...words, ...failures])
      for (let end = 0; end <= line.length; end++) expect(level(line.slice(0, end))).toBeDefined();
  });

  /** Each would take hours, if not for ever, were the cost anything but linear. */
  test.each([
    ' ',
    '\t',
    '[',
    '{',
    '"',
    '=',
    '\\',
    '(',
    '<',
    ':',
    'E',
    '1',
    'é',
    '{"',
    '{"a":',
    'a=',
    'a.A',
    'I/',
    '[E',
    '\\"',
    '{"\\"',
  ])('is not held up by a megabyte of %j', (piece) => {
    for (const start of ['', '{"a":"', 'error: ', '1 I/', 'a="', "thread '"]) {
      const line = start + piece.repeat(1_000_000 / piece.length);
      for (let round = 0; round < 50; round++) expect(levelOf(line)).toBeLessThan(logLevels.length);
    }
  });
});
