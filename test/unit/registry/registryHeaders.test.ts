import { describe, expect, test } from 'vitest';
import { parseChallenges } from '../../../src/registry/challenge.ts';
import { nextPage } from '../../../src/registry/nextPage.ts';
import { retryAfterSeconds } from '../../../src/registry/retryAfter.ts';

describe('a challenge', () => {
  const read = (header: string): unknown =>
    parseChallenges(header).map(({ scheme, parameters }) => [scheme, Object.fromEntries(parameters)]);

  test.each([
    ['Basic realm="a, b"', [['basic', { realm: 'a, b' }]]],
    [
      'Bearer realm="https://auth.io/token",service="r.io",scope="repository:a/b:pull,push"',
      [['bearer', { realm: 'https://auth.io/token', service: 'r.io', scope: 'repository:a/b:pull,push' }]],
    ],
    [
      'Negotiate, BASIC Realm = "x \\"y\\"" , charset=UTF-8, Bearer realm="z"',
      [
        ['negotiate', {}],
        ['basic', { realm: 'x "y"', charset: 'UTF-8' }],
        ['bearer', { realm: 'z' }],
      ],
    ],
    ['', []],
    ['="nothing"', []],
  ])('%s', (header, challenges) => {
    expect(read(header)).toEqual(challenges);
  });

  test('of any length takes no time worth mention', () => {
    expect(parseChallenges(`Bearer ${'a="b\\'.repeat(20_000)}`)).toHaveLength(1);
  });
});

describe('the next page', () => {
  const current = new URL('https://r.io/v2/_catalog?n=2');

  test.each([
    ['</v2/_catalog?last=b&n=2>; rel="next"', '/v2/_catalog?last=b&n=2'],
    ['<https://r.io/v2/_catalog?last=b>; rel=next', '/v2/_catalog?last=b'],
    ['<?last=b&n=2>;rel="next"', '/v2/_catalog?last=b&n=2'],
    ['<https://evil.io/v2/_catalog?last=b>; rel="next"', undefined],
    ['</admin>; rel="next"', undefined],
    ['</v2/_catalog?n=2>; rel="next"', undefined],
    ['</v2/_catalog?first=b>; rel="prev"', undefined],
    [undefined, undefined],
  ])('of %s', (link, path) => {
    expect(nextPage(link, current)).toBe(path);
  });
});

test.each([
  ['120', 120],
  [' 0 ', 0],
  ['Thu, 01 Jan 1970 00:01:30 GMT', 60],
  ['Thu, 01 Jan 1970 00:00:00 GMT', 0],
  ['soon', undefined],
  [undefined, undefined],
])('Retry-After: %s', (header, seconds) => {
  expect(retryAfterSeconds(header, 30_000)).toBe(seconds);
});
