import { expect, test } from 'vitest';
import { english } from '../../../src/base/localize.ts';
import { explain } from '../../../src/commands/explain.ts';
import { RegistryError, type RegistryProblem } from '../../../src/model/registryError.ts';

const say = (problem: RegistryProblem, said = 'said', retryAfterSeconds?: number): string =>
  explain(new RegistryError(problem, 'r.io', said, { retryAfterSeconds }), english);

test.each<RegistryProblem>([
  'unreachable',
  'silent',
  'tls',
  'denied',
  'missing',
  'noCatalog',
  'limited',
  'foreign',
  'oversized',
  'corrupt',
  'undeletable',
  'failed',
])('%s names the registry and ends with what to do', (problem) => {
  expect(say(problem)).toMatch(/r\.io.*[.:;] (?:.*\b(?:check|try|sign|refresh|add|make|can)\b).*[.)]$/i);
});

test('too many requests say when to come again, never too early', () => {
  expect(say('limited', '', 30)).toContain('Try again in 30 s.');
  expect(say('limited', '', 61)).toContain('Try again in 2 min.');
  expect(say('limited', '', 7201)).toContain('Try again in 3 h.');
});

test('a manifest of another type is named by it', () => {
  expect(say('unknownManifest', 'application/x')).toContain('application/x');
});
