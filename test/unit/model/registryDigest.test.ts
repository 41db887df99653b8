import { expect, test } from 'vitest';
import { isOutdated, ownDigests } from '../../../src/model/registryDigest.ts';
import { image } from '../../support/builders.ts';

const one = `sha256:${'1'.repeat(64)}`;
const two = `sha256:${'2'.repeat(64)}`;
const found = (digest: string) => ({ digest, checkedAt: 0 });

test('an image has the digests of its tag’s repository alone', () => {
  const both = {
    ...image('a', ['nginx:1', 'localhost:5000/nginx:1']),
    digests: [`localhost:5000/nginx@${two}`, `nginx@${one}`],
  };
  expect(ownDigests(both, 'nginx:1')).toEqual([one]);
  expect(ownDigests(both, 'docker.io/library/nginx:1')).toEqual([one]);
  expect(ownDigests(both, 'localhost:5000/nginx:1')).toEqual([two]);
  expect(ownDigests(both, 'other:1')).toEqual([]);
});

test('it is outdated when the registry has another one, never when it did not come from there', () => {
  const pulled = { ...image('a', ['nginx:1']), digests: [`nginx@${one}`] };
  expect(isOutdated(pulled, 'nginx:1', found(one))).toBe(false);
  expect(isOutdated(pulled, 'nginx:1', found(two))).toBe(true);
  expect(isOutdated({ ...pulled, digests: [`nginx@${one}`, `nginx@${two}`] }, 'nginx:1', found(two))).toBe(
    false,
  );
  expect(isOutdated({ ...pulled, digests: [] }, 'nginx:1', found(two))).toBe(false);
});
