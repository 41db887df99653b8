import { describe, expect, test } from 'vitest';
import { type Endpoint, parseEndpoint, printEndpoint } from '../../../../src/engine/docker/endpoint.ts';

test.each<[string, Endpoint]>([
  ['unix:///var/run/docker.sock', { kind: 'socket', path: '/var/run/docker.sock' }],
  ['  unix:///a b/docker.sock\n', { kind: 'socket', path: '/a b/docker.sock' }],
  ['UNIX:///x', { kind: 'socket', path: '/x' }],
  ['npipe:////./pipe/docker_engine', { kind: 'socket', path: '\\\\.\\pipe\\docker_engine' }],
  ['tcp://10.0.0.5', { kind: 'tcp', host: '10.0.0.5', port: 2375 }],
  ['tcp://10.0.0.5:80', { kind: 'tcp', host: '10.0.0.5', port: 80 }],
  ['http://build.example:2375/', { kind: 'tcp', host: 'build.example', port: 2375 }],
  ['tcp://[::1]:2375', { kind: 'tcp', host: '::1', port: 2375 }],
  ['https://build.example', { kind: 'tcp', host: 'build.example', port: 2376, tls: { skipVerify: false } }],
  [
    'https://build.example:443',
    { kind: 'tcp', host: 'build.example', port: 443, tls: { skipVerify: false } },
  ],
  ['ssh://me@build.example', { kind: 'ssh', url: 'ssh://me@build.example' }],
])('%j is read', (text, endpoint) => {
  expect(parseEndpoint(text)).toEqual(endpoint);
});

test('TLS material makes a tcp endpoint a secure one, with its port', () => {
  const tls = { ca: 'CA', skipVerify: true };
  expect(parseEndpoint('tcp://10.0.0.5', tls)).toEqual({ kind: 'tcp', host: '10.0.0.5', port: 2376, tls });
});

test.each([
  ['', 'it has no scheme such as unix:// or tcp://'],
  ['/var/run/docker.sock', 'it has no scheme such as unix:// or tcp://'],
  ['10.0.0.5:2375', 'it has no scheme such as unix:// or tcp://'],
  ['unix://', 'it names no socket'],
  ['npipe://', 'it names no socket'],
  ['tcp://', 'host and port cannot be read'],
  ['tcp://:2375', 'host and port cannot be read'],
  ['tcp://host:99999', 'host and port cannot be read'],
  ['tcp://host:port', 'host and port cannot be read'],
  ['tcp://a b:2375', 'host and port cannot be read'],
  ['ftp://host', 'the scheme ftp:// is not one of unix, npipe, tcp, http, https, ssh'],
])('%j cannot be read, and it is said why', (text, problem) => {
  expect(parseEndpoint(text)).toEqual({ kind: 'invalid', text, problem });
});

describe('printEndpoint', () => {
  test.each([
    'unix:///var/run/docker.sock',
    'npipe:////./pipe/docker_engine',
    'tcp://10.0.0.5:2375',
    'tcp://[::1]:2375',
    'ssh://me@build.example',
    'nonsense',
  ])('gives %s back as a person wrote it', (text) => {
    expect(printEndpoint(parseEndpoint(text))).toBe(text);
  });

  test('shows no password', () => {
    expect(printEndpoint(parseEndpoint('tcp://me:secret@host:2375'))).toBe('tcp://host:2375');
  });
});
