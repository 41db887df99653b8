import { execFile } from 'node:child_process';
import { homedir } from 'node:os';
import { oneLine } from '../base/format.ts';
import { isRecord } from '../base/record.ts';
import type { RegistryAuth } from '../model/registryAuth.ts';

/** A helper may have to unlock a key ring, which asks the user. */
const patienceMs = 60_000;

export interface HelperOptions {
  /** Where the helper is looked for (PATH), and what it gets. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly timeoutMs?: number;
}

/**
 * Asks `docker-credential-NAME get` about a server, by the protocol of docker-credential-helpers: the server on standard
 * input, a JSON object on standard output. Undefined when the helper has nothing for it; rejects when it can't be run or
 * fails otherwise, without a word of what may be secret.
 */
export async function askHelper(
  name: string,
  server: string,
  signal: AbortSignal,
  options: HelperOptions,
): Promise<RegistryAuth['credential'] | undefined> {
  const answer = await runHelper(name, 'get', server, signal, options);
  return answer === undefined ? undefined : readAnswer(name, answer);
}

/** Hands one to `docker-credential-NAME store`: a JSON object on standard input. */
export async function storeInHelper(
  name: string,
  server: string,
  credential: RegistryAuth['credential'],
  signal: AbortSignal,
  options: HelperOptions,
): Promise<void> {
  const { username, secret } =
    credential.kind === 'password'
      ? { username: credential.username, secret: credential.password }
      : { username: tokenUser, secret: credential.token };
  const input = JSON.stringify({ ServerURL: server, Username: username, Secret: secret });
  await runHelper(name, 'store', input, signal, options);
}

/** `docker-credential-NAME erase`; what the helper does not have is erased already. */
export async function eraseFromHelper(
  name: string,
  server: string,
  signal: AbortSignal,
  options: HelperOptions,
): Promise<void> {
  await runHelper(name, 'erase', server, signal, options);
}

/** The servers that `docker-credential-NAME list` knows, as it writes them: a JSON object of user names by server. */
export async function listHelper(
  name: string,
  signal: AbortSignal,
  options: HelperOptions,
): Promise<readonly string[]> {
  const answer = readObject((await runHelper(name, 'list', '', signal, options)) ?? '{}');
  if (answer === undefined) throw new Error(`docker-credential-${name} gave an answer that is none`);
  return Object.keys(answer);
}

/** Stands in the place of a name for a token, by the protocol. */
const tokenUser = '<token>';

/** Its output; undefined when it says that there is nothing. */
function runHelper(
  name: string,
  action: 'get' | 'store' | 'erase' | 'list',
  input: string,
  signal: AbortSignal,
  { env, timeoutMs = patienceMs }: HelperOptions,
): Promise<string | undefined> {
  // The name comes from a file and becomes a program's: it may lead nowhere but to the PATH.
  if (!/^[\w][\w.-]*$/.test(name))
    return Promise.reject(new Error(`“${oneLine(name, 40)}” cannot be a credential helper’s name`));
  const program = `docker-credential-${name}`;
  return new Promise((resolve, reject) => {
    const child = execFile(
      program,
      [action],
      { env, cwd: homedir(), signal, timeout: timeoutMs, killSignal: 'SIGKILL', windowsHide: true },
      (error, stdout) => {
        if (error === null) resolve(stdout);
        else if (stdout.includes('credentials not found')) resolve(undefined);
        else reject(failure(program, error, stdout));
      },
    );
    // A helper that ends without reading is heard by its exit code.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(input);
  });
}

function failure(program: string, error: Error & { killed?: boolean }, stdout: string): Error {
  if (error.name === 'AbortError') return error;
  if ('code' in error && error.code === 'ENOENT') return new Error(`${program} is not in the PATH`);
  if (error.killed === true) return new Error(`${program} did not answer in time`);
  // By the protocol its reason is on standard output, where the credential would be too.
  const said = stdout.trimStart().startsWith('{') ? '' : oneLine(stdout.trim(), 200);
  return new Error(said === '' ? `${program} failed` : `${program} failed: ${said}`);
}

function readAnswer(name: string, text: string): RegistryAuth['credential'] {
  const { Username: username, Secret: secret } = readObject(text) ?? {};
  if (typeof username !== 'string' || typeof secret !== 'string')
    throw new Error(`docker-credential-${name} gave an answer that is none`);
  return username === tokenUser
    ? { kind: 'identityToken', token: secret }
    : { kind: 'password', username, password: secret };
}

function readObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const answer: unknown = JSON.parse(text);
    return isRecord(answer) ? answer : undefined;
  } catch {
    // The parser's message would quote the answer.
    return undefined;
  }
}
