import { expect, test } from 'vitest';
import { toTransferError } from '../../../../src/engine/docker/transferFailure.ts';
import { EngineError } from '../../../../src/model/engineError.ts';
import { TransferError } from '../../../../src/model/transferError.ts';

/* Sentences of Docker 20.10 and 26.1 in the test bed; those of Docker Hub, GHCR and Podman from their sources. */
test.each([
  [
    'denied',
    'unauthorized',
    'Head "http://127.0.0.1:5302/v2/team/big/manifests/1": no basic auth credentials',
  ],
  ['denied', 'unauthorized', 'unauthorized: authentication required'],
  ['denied', 'unauthorized', 'denied: requested access to the resource is denied'],
  ['denied', 'unauthorized', 'Head "https://ghcr.io/v2/o/a/manifests/1": denied: denied'],
  [
    'denied',
    'unauthorized',
    'Get "https://registry-1.docker.io/v2/": unauthorized: incorrect username or password',
  ],
  [
    'denied',
    'unauthorized',
    'unexpected status from HEAD request to https://a.io/v2/b/manifests/1: 403 Forbidden',
  ],
  [
    'denied',
    'unauthorized',
    'failed to resolve reference "a.io/b:1": pull access denied, repository does not exist or may require authorization: authorization failed: no basic auth credentials',
  ],
  [
    'missingOrPrivate',
    'notFound',
    'failed to resolve reference "docker.io/o/b:1": pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed',
  ],
  [
    'missingOrPrivate',
    'notFound',
    "pull access denied for nosuch, repository does not exist or may require 'docker login': denied: requested access to the resource is denied",
  ],
  [
    'missing',
    'notFound',
    'manifest for 127.0.0.1:5301/team/none:1 not found: manifest unknown: manifest unknown',
  ],
  ['missing', 'notFound', 'manifest for a.io/denied:403 not found: manifest unknown: manifest unknown'],
  [
    'platform',
    'notFound',
    'image with reference a/b:1 was found but does not match the specified platform: wanted linux/arm64, actual: linux/amd64',
  ],
  ['platform', 'notFound', 'no matching manifest for linux/arm64 in the manifest list entries'],
  ['plainHttp', 'unexpected', 'Get "https://a.io:5000/v2/": http: server gave HTTP response to HTTPS client'],
  [
    'tls',
    'unexpected',
    'Get "https://a.io/v2/": tls: failed to verify certificate: x509: certificate signed by unknown authority',
  ],
  [
    'unreachable',
    'unexpected',
    'Get "http://127.0.0.1:9/v2/": dial tcp 127.0.0.1:9: connect: connection refused',
  ],
  ['unreachable', 'unexpected', 'Get "https://a.io/v2/": dial tcp: lookup a.io on 10.0.0.1:53: no such host'],
  ['unreachable', 'unexpected', 'Get "https://a.io/v2/": net/http: TLS handshake timeout'],
  ['unreachable', 'unexpected', 'unexpected EOF'],
  ['limited', 'unexpected', 'error parsing HTTP 429 response body: invalid character \'<\': "<html>"'],
  ['corrupt', 'unexpected', 'filesystem layer verification failed for digest sha256:0f1e'],
  [
    'corrupt',
    'unexpected',
    'failed commit on ref "layer-sha256:0f": unexpected commit digest sha256:aa, expected sha256:bb: failed precondition',
  ],
  [
    'limited',
    'unexpected',
    'toomanyrequests: You have reached your pull rate limit. You may increase the limit by authenticating',
  ],
  ['diskFull', 'unexpected', 'write /var/lib/docker/tmp/GetImageBlob1: no space left on device'],
] as const)('%s, %s: %s', (problem, reason, message) => {
  const error = toTransferError(new EngineError('unexpected', message), 'a.io');
  expect(error).toMatchObject({ name: 'EngineError', problem, reason, message, registry: 'a.io' });
});

test('a call that the engine does not have says nothing of the registry', () => {
  expect(toTransferError(new EngineError('notFound', 'Not Found'), 'a.io')).toMatchObject({
    reason: 'unsupported',
  });
});

test.each([
  new EngineError('unexpected', 'An image does not exist locally with the tag: a.io/b'),
  new EngineError('unexpected', 'invalid argument'),
  new EngineError('unreachable', 'connect ECONNREFUSED: connection refused'),
  new EngineError('cancelled', 'cancelled'),
  new EngineError('timeout', 'no answer within 60 s: timeout', { hint: 'silent' }),
  new TransferError('missing', 'b.io', 'unauthorized: '),
])('$reason “$message” stays what it is', (error) => {
  expect(toTransferError(error, 'a.io')).toBe(error);
});
