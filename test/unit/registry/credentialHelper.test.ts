import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { askHelper, type HelperOptions, listHelper } from '../../../src/registry/credentialHelper.ts';
import { writeCredentialHelper, writeProgram } from '../../support/credentialHelper.ts';

/* Real programs: what a helper does to whoever starts it can't be told by a fake. */

const folder = mkdtempSync(join(tmpdir(), 'quayside-helper-'));
const env = { PATH: `${folder}:/usr/bin:/bin` };
const never = new AbortController().signal;

afterAll(() => {
  rmSync(folder, { recursive: true });
});

async function failureOf(name: string, options: Partial<HelperOptions> = {}): Promise<string> {
  return askHelper(name, 'a.io', never, { env, ...options }).then(
    (answer) => `answered ${JSON.stringify(answer)}`,
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
}

test('a helper is asked by the server on its input, and its answer is read', async () => {
  writeCredentialHelper(folder, 'good', { 'a.io': { Username: 'anna', Secret: 'pä: ss' } });
  expect(await askHelper('good', 'a.io', never, { env })).toEqual({
    kind: 'password',
    username: 'anna',
    password: 'pä: ss',
  });
  expect(readFileSync(join(folder, 'docker-credential-good.asked'), 'utf8')).toBe('get a.io\n');
});

test('a token has a user name of its own', async () => {
  writeCredentialHelper(folder, 'token', { 'a.io': { Username: '<token>', Secret: 't0k' } });
  expect(await askHelper('token', 'a.io', never, { env })).toEqual({ kind: 'identityToken', token: 't0k' });
});

test('a helper that has nothing says so', async () => {
  writeCredentialHelper(folder, 'empty', {});
  expect(await askHelper('empty', 'a.io', never, { env })).toBeUndefined();
});

test('a helper lists the servers it has logins for', async () => {
  writeCredentialHelper(folder, 'full', {
    'a.io': { Username: 'anna', Secret: 'x' },
    'https://index.docker.io/v1/': { Username: 'bob', Secret: 'y' },
  });
  expect(await listHelper('full', never, { env })).toEqual(['a.io', 'https://index.docker.io/v1/']);
  writeProgram(folder, 'wordy', '#!/bin/sh\ncat > /dev/null\necho many things\n');
  await expect(listHelper('wordy', never, { env })).rejects.toThrow('gave an answer that is none');
});

test('a helper that is not there is named', async () => {
  expect(await failureOf('nowhere')).toBe('docker-credential-nowhere is not in the PATH');
});

test.each(['', '../evil', 'a/b', '-x', 'a b', 'a;b', '.hidden', 'ä'])(
  'a name that could lead elsewhere (%j) starts nothing',
  async (name) => {
    expect(await failureOf(name)).toContain('cannot be a credential helper’s name');
  },
);

test('a helper that fails is quoted, in one line', async () => {
  writeProgram(folder, 'locked', '#!/bin/sh\necho the key ring\necho is locked\nexit 2\n');
  expect(await failureOf('locked')).toBe('docker-credential-locked failed: the key ring is locked');
});

test('a secret is not quoted, whether the helper fails behind it or garbles it', async () => {
  writeProgram(folder, 'leaky', '#!/bin/sh\necho \'{"Username":"u","Secret":"s3cret"}\'\nexit 1\n');
  expect(await failureOf('leaky')).toBe('docker-credential-leaky failed');
  writeProgram(folder, 'garbled', '#!/bin/sh\necho \'{"Username":"u","Secret":"s3cret"\'\n');
  expect(await failureOf('garbled')).toBe('docker-credential-garbled gave an answer that is none');
});

test('a helper that does not answer is ended', async () => {
  // What it has started keeps its output open.
  writeProgram(folder, 'slow', '#!/bin/sh\ncat > /dev/null\nsleep 10\n');
  expect(await failureOf('slow', { timeoutMs: 100 })).toBe('docker-credential-slow did not answer in time');
});

test('a helper that does not read its input does no harm', async () => {
  writeProgram(folder, 'deaf', '#!/bin/sh\nexec <&-\necho \'{"Username":"u","Secret":"s"}\'\n');
  expect(await askHelper('deaf', 'a.io', never, { env })).toMatchObject({ username: 'u' });
});

test('giving up ends the helper', async () => {
  writeProgram(folder, 'waiting', '#!/bin/sh\ncat > /dev/null\nsleep 10\n');
  const abort = new AbortController();
  const asked = askHelper('waiting', 'a.io', abort.signal, { env });
  abort.abort();
  await expect(asked).rejects.toMatchObject({ name: 'AbortError' });
});
