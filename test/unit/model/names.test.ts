import { expect, test } from 'vitest';
import { composeIdentity } from '../../../src/model/container.ts';
import { asEngineError, EngineError } from '../../../src/model/engineError.ts';
import { parseObjectRef, printObjectRef, toEngineId } from '../../../src/model/identity.ts';
import { imageName, splitTag } from '../../../src/model/image.ts';
import { image } from '../../support/builders.ts';

test.each([
  ['nginx', 'nginx', 'latest'],
  ['nginx:1.27', 'nginx', '1.27'],
  ['localhost:5000/app', 'localhost:5000/app', 'latest'],
  ['localhost:5000/team/app:2', 'localhost:5000/team/app', '2'],
  ['app@sha256:abc', 'app', 'latest'],
  ['localhost:5000/app:2@sha256:abc', 'localhost:5000/app', '2'],
])('%s is %s with tag %s', (reference, repository, tag) => {
  expect(splitTag(reference)).toEqual({ repository, tag });
});

test('an image without a tag is called by its digest’s repository, else <none>', () => {
  expect(imageName(image('a', [], { digests: ['team/app@sha256:abc'] }))).toEqual({
    repository: 'team/app',
    tag: '<none>',
  });
  expect(imageName(image('a', []))).toEqual({ repository: '<none>', tag: '<none>' });
});

test.each([
  ['default/container/abc', { engineId: 'default', kind: 'container', id: 'abc' }],
  ['b/image/host:5000/team/app:1', { engineId: 'b', kind: 'image', id: 'host:5000/team/app:1' }],
] as const)('%s is read, and printed as it was', (text, ref) => {
  expect(parseObjectRef(text)).toEqual(ref);
  expect(printObjectRef(ref)).toBe(text);
});

test.each(['', 'web', 'team/app', '/container/a', 'x/pod/a', 'x/container/', 'x/container'])(
  '%j is no reference to an object',
  (text) => {
    expect(parseObjectRef(text)).toBeUndefined();
  },
);

test.each([
  ['default', 'default'],
  ['my context/with slash', 'my-context-with-slash'],
  ['../..', '..-..'],
  ['///', 'engine'],
  ['größe', 'gr-e'],
])('the engine id of %j is %s', (name, id) => {
  expect(toEngineId(name)).toBe(id);
});

test('compose labels make an identity, incomplete ones too', () => {
  expect(composeIdentity({})).toBeUndefined();
  expect(composeIdentity({ 'com.docker.compose.project': '' })).toBeUndefined();
  expect(
    composeIdentity({ 'com.docker.compose.project': 'p', 'com.docker.compose.container-number': 'x' }),
  ).toEqual({ project: 'p', service: '', number: 0, workingDir: '', configFiles: [] });
});

test('any thrown value becomes an engine error, cancellation a silent one', () => {
  const error = new EngineError('conflict', 'taken');
  expect(asEngineError(error)).toBe(error);
  expect(asEngineError(AbortSignal.abort().reason).reason).toBe('cancelled');
  expect(asEngineError(new Error('boom'))).toMatchObject({ reason: 'unexpected', message: 'boom' });
  expect(asEngineError(3).message).toBe('3');
});
