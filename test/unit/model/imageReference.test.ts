import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  familiarReference,
  type ImageReference,
  parseImageReference,
  printImageReference,
} from '../../../src/model/imageReference.ts';

const digest = `sha256:${'0a'.repeat(32)}`;

function whole(text: string): string | undefined {
  const reference = parseImageReference(text);
  return reference === undefined ? undefined : printImageReference(reference);
}

/* What the daemon's own parser (distribution's reference package) makes of them. */
describe('a reference', () => {
  test.each([
    ['ubuntu', 'docker.io/library/ubuntu:latest'],
    ['ubuntu:22.04', 'docker.io/library/ubuntu:22.04'],
    ['team/app', 'docker.io/team/app:latest'],
    ['docker.io/ubuntu', 'docker.io/library/ubuntu:latest'],
    ['index.docker.io/team/app:1', 'docker.io/team/app:1'],
    ['localhost/app', 'localhost/app:latest'],
    ['localhost:5000/app', 'localhost:5000/app:latest'],
    ['127.0.0.1:5000/team/app:1', '127.0.0.1:5000/team/app:1'],
    ['[2001:db8::1]:5000/app', '[2001:db8::1]:5000/app:latest'],
    ['ghcr.io/owner/deep/path/app:v1', 'ghcr.io/owner/deep/path/app:v1'],
    ['Registry/app', 'Registry/app:latest'],
    ['registry:5000/app', 'registry:5000/app:latest'],
    ['a__b/c.d/e-----f', 'docker.io/a__b/c.d/e-----f:latest'],
    [`ubuntu@${digest}`, `docker.io/library/ubuntu@${digest}`],
    [`host:1/app:2@${digest}`, `host:1/app:2@${digest}`],
    [`app:${'t'.repeat(128)}`, `docker.io/library/app:${'t'.repeat(128)}`],
  ])('%s is %s', (text, expected) => {
    expect(whole(text)).toBe(expected);
  });

  test.each([
    '',
    ':',
    '@',
    'Ubuntu',
    'team/App',
    'not a name',
    'app:',
    'app:no slash',
    `app:${'t'.repeat(129)}`,
    'app@sha256:abc',
    `app@${digest}@${digest}`,
    'a..b',
    'a_-b',
    '-a',
    'a/',
    '/a',
    'a//b',
    'host:port/app',
    'http://host/app',
    '-host.com/app',
    'ab'.repeat(32),
    'a'.repeat(256),
    'app\n',
    '../etc',
    'app?x=1',
  ])('%j is none', (text) => {
    expect(parseImageReference(text)).toBeUndefined();
  });

  test.each([
    ['docker.io/library/ubuntu:latest', 'ubuntu:latest'],
    ['docker.io/team/app:1', 'team/app:1'],
    [`ubuntu@${digest}`, `ubuntu@${digest}`],
    ['docker.io/library/deep/app', 'library/deep/app:latest'],
    ['docker.io/quay.io/app:1', 'docker.io/quay.io/app:1'],
    ['docker.io/localhost/app:1', 'docker.io/localhost/app:1'],
    ['ghcr.io/library/app', 'ghcr.io/library/app:latest'],
  ])('%s is called %s', (text, expected) => {
    const reference = parseImageReference(text);
    expect(reference === undefined ? undefined : familiarReference(reference)).toBe(expected);
  });
});

const text = (alphabet: string, options: { readonly minLength: number; readonly maxLength: number }) =>
  fc.string({ unit: fc.constantFrom(...Array.from(alphabet)), ...options });
const component = fc
  .array(text('abz019', { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 3 })
  .chain((words) =>
    fc
      .array(fc.constantFrom('.', '_', '__', '-', '---'), {
        minLength: words.length - 1,
        maxLength: words.length - 1,
      })
      .map((joints) => words.map((word, index) => `${word}${joints[index] ?? ''}`).join('')),
  );
const anyReference: fc.Arbitrary<ImageReference> = fc
  .record({
    registry: fc.constantFrom('docker.io', 'localhost', 'localhost:5000', 'ghcr.io', '[::1]:5000', 'HOST'),
    repository: fc.array(component, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/')),
    tag: fc.option(text('aZ0_.-', { minLength: 1, maxLength: 8 }), { nil: undefined }),
    digest: fc.option(
      text('0123456789abcdef', { minLength: 64, maxLength: 64 }).map((hex) => `sha256:${hex}`),
      { nil: undefined },
    ),
  })
  .filter(({ tag, digest: pinned }) => tag !== undefined || pinned !== undefined)
  .filter(({ tag }) => tag === undefined || /^\w/.test(tag))
  .map((reference) =>
    reference.registry === 'docker.io' && !reference.repository.includes('/')
      ? { ...reference, repository: `library/${reference.repository}` }
      : reference,
  );

test('every reference is read as it was printed, in both ways', () => {
  fc.assert(
    fc.property(anyReference, (reference) => {
      expect(parseImageReference(printImageReference(reference))).toEqual(reference);
      expect(parseImageReference(familiarReference(reference))).toEqual(reference);
    }),
  );
});

test('whatever is read has a registry, a repository, and a tag or digest, and stays what it is', () => {
  const alphabet = 'aA0./:@_-[] ';
  fc.assert(
    fc.property(text(alphabet, { minLength: 0, maxLength: 24 }), (input) => {
      const reference = parseImageReference(input);
      if (reference === undefined) return;
      expect(reference.registry).not.toBe('');
      expect(reference.repository).not.toBe('');
      expect(reference.tag ?? reference.digest).toBeDefined();
      expect(parseImageReference(printImageReference(reference))).toEqual(reference);
    }),
    { numRuns: 2000 },
  );
});
