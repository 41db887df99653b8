import { describe, expect, test } from 'vitest';
import { CancelledError } from '../../../../src/base/cancellation.ts';
import { StatusError, toEngineError } from '../../../../src/engine/docker/dockerErrors.ts';
import { EngineError } from '../../../../src/model/engineError.ts';

function withCode(code: string): Error {
  return Object.assign(new Error(`failed with ${code}`), { code });
}

test.each([
  [400, 'unexpected'],
  [401, 'unauthorized'],
  [403, 'unauthorized'],
  [404, 'notFound'],
  [405, 'unsupported'],
  [408, 'timeout'],
  [409, 'conflict'],
  [500, 'unexpected'],
  [501, 'unsupported'],
  [503, 'unexpected'],
  [504, 'timeout'],
])('an answer %d is %s, in the engine’s own words', (status, reason) => {
  const cause = new StatusError(status, 'No such container: web');
  expect(toEngineError(cause)).toMatchObject({
    reason,
    message: 'No such container: web',
    hint: undefined,
    cause,
  });
});

test.each([
  ['ENOENT', 'unreachable', 'missing'],
  ['ENOTSOCK', 'unreachable', 'missing'],
  ['ECONNREFUSED', 'unreachable', 'refused'],
  ['ECONNRESET', 'unreachable', undefined],
  ['EPIPE', 'unreachable', undefined],
  ['ERR_STREAM_PREMATURE_CLOSE', 'unreachable', undefined],
  ['ENOTFOUND', 'unreachable', undefined],
  ['EAI_AGAIN', 'unreachable', undefined],
  ['EHOSTUNREACH', 'unreachable', undefined],
  ['ENETUNREACH', 'unreachable', undefined],
  ['ETIMEDOUT', 'timeout', 'silent'],
  ['EACCES', 'unauthorized', 'permission'],
  ['EPERM', 'unauthorized', 'permission'],
  ['HPE_INVALID_CONSTANT', 'unexpected', 'garbage'],
  ['ERR_SSL_WRONG_VERSION_NUMBER', 'unauthorized', 'tls'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'unauthorized', 'tls'],
  ['CERT_HAS_EXPIRED', 'unauthorized', 'tls'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'unauthorized', 'tls'],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'unauthorized', 'tls'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'unauthorized', 'tls'],
  ['ESOMETHING', 'unexpected', undefined],
])('%s is %s (%s)', (code, reason, hint) => {
  const cause = withCode(code);
  const error = toEngineError(cause);
  expect(error).toBeInstanceOf(EngineError);
  expect(error).toMatchObject({ reason, cause });
  expect(error.hint).toBe(hint);
});

describe('toEngineError', () => {
  test('passes on what is one already', () => {
    const error = new EngineError('conflict', 'taken');
    expect(toEngineError(error)).toBe(error);
  });

  test.each([new CancelledError(), AbortSignal.abort().reason as unknown])('knows cancellation', (cause) => {
    expect(toEngineError(cause)).toMatchObject({ reason: 'cancelled', cause });
  });

  test.each([
    [new Error('boom'), 'boom'],
    ['just text', 'just text'],
    [undefined, 'undefined'],
  ])('anything else is unexpected', (cause, message) => {
    expect(toEngineError(cause)).toMatchObject({ reason: 'unexpected', message });
  });
});
