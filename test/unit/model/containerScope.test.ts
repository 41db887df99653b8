import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  isInScope,
  type ContainerScope,
  parseContainerScope,
  printContainerScope,
} from '../../../src/model/containerScope.ts';
import { composeLabels, container, longId } from '../../support/builders.ts';

const compose = (project: string, service?: string, engineId = 'e'): ContainerScope => {
  return { kind: 'compose', engineId, project, service };
};
const containers = (...ids: readonly string[]): ContainerScope => {
  return { kind: 'containers', refs: ids.map((id) => ({ engineId: 'e', kind: 'container', id })) };
};

describe('the text of a scope', () => {
  test.each([
    [containers('abc'), 'e/container/abc'],
    [containers('b', 'a'), 'e/container/a\ne/container/b'],
    [compose('shop'), 'e/compose/shop'],
    [compose('shop', 'web'), 'e/compose/shop/web'],
    [compose('a/b\n', 'c d%'), 'e/compose/a%2Fb%0A/c%20d%25'],
  ])('of %j is %j', (scope, text) => {
    expect(printContainerScope(scope)).toBe(text);
  });

  test('is the same for the same containers in whatever order', () => {
    expect(printContainerScope(containers('a', 'b'))).toBe(printContainerScope(containers('b', 'a')));
  });

  test('gives the scope back, whatever its names are', () => {
    // Of any characters: whoever writes a label is nobody we know.
    const hostile = fc.constantFrom(
      'compose',
      'container',
      '/',
      '\n',
      '%',
      '%2F',
      'a/b',
      '',
      'e/container/x',
    );
    const name = fc.oneof(fc.string({ unit: 'binary' }), hostile);
    fc.assert(
      fc.property(
        name,
        fc.option(name, { nil: undefined }),
        fc.constantFrom('e', 'my.engine'),
        (project, service, engine) => {
          const scope = compose(project, service, engine);
          expect(parseContainerScope(printContainerScope(scope))).toEqual(scope);
        },
      ),
    );
    const id = fc.stringMatching(/^[0-9a-f]{1,64}$/);
    fc.assert(
      fc.property(fc.uniqueArray(id, { minLength: 1 }), (ids) => {
        expect(parseContainerScope(printContainerScope(containers(...ids)))).toEqual(
          containers(...ids.toSorted()),
        );
      }),
    );
  }, 30_000);

  test.each([
    '',
    'e',
    'e/image/nginx',
    'e/container/',
    'e/compose',
    'e/container/a\n',
    'e/container/a\ne/image/b',
    '\n',
  ])('is no scope when it is %j', (text) => {
    expect(parseContainerScope(text)).toBeUndefined();
  });

  test('is read also when what it is made of was not printed by us', () => {
    expect(parseContainerScope('e/compose/50%/x')).toEqual(compose('50%', 'x'));
  });
});

describe('a scope', () => {
  const web = container('web', { labels: composeLabels('shop', 'web') });
  const plain = container('plain');

  test.each<[string, ContainerScope, boolean]>([
    ['its project', compose('shop'), true],
    ['its service', compose('shop', 'web'), true],
    ['another service', compose('shop', 'db'), false],
    ['another project', compose('blog', 'web'), false],
    ['its project on another engine', compose('shop', undefined, 'other'), false],
    ['itself', containers(longId('web')), true],
    ['another container', containers(longId('plain')), false],
  ])('of %s', (_name, scope, isPart) => {
    expect(isInScope(scope, 'e', web)).toBe(isPart);
  });

  test('of a project has nothing that belongs to none', () => {
    expect(isInScope(compose('shop'), 'e', plain)).toBe(false);
    expect(isInScope(compose(''), 'e', plain)).toBe(false);
  });
});
