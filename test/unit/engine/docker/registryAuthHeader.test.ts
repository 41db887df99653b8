import { expect, test } from 'vitest';
import { registryAuthHeader } from '../../../../src/engine/docker/registryAuthHeader.ts';
import type { RegistryAuth } from '../../../../src/model/registryAuth.ts';

const anna: RegistryAuth = {
  registry: 'a.io:5000',
  credential: { kind: 'password', username: 'anna', password: 'pw' },
};

test('a password goes with its user and its server', () => {
  expect(registryAuthHeader('a.io:5000', anna)).toEqual({
    username: 'anna',
    password: 'pw',
    serveraddress: 'a.io:5000',
  });
});

test('a token goes in place of both, and Docker Hub is called as engines call it', () => {
  const auth: RegistryAuth = { registry: 'docker.io', credential: { kind: 'identityToken', token: 't0k' } };
  expect(registryAuthHeader('docker.io', auth)).toEqual({
    identitytoken: 't0k',
    serveraddress: 'https://index.docker.io/v1/',
  });
});

test.each(['a.io', 'a.io:5001', 'b.io', 'docker.io'])('nothing goes to another registry, %s', (registry) => {
  expect(registryAuthHeader(registry, anna)).toEqual({});
});
