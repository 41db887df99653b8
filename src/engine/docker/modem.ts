import http from 'node:http';
import type { Readable } from 'node:stream';
import { CancelledError } from '../../base/cancellation.ts';
import { EngineError } from '../../model/engineError.ts';
import { StatusError } from './dockerErrors.ts';
import type { HttpRequest, Transport } from './transport.ts';

/** What dockerode hands to its modem for each call (its own untyped contract, as read from its source). */
export interface DialOptions {
  readonly path: string;
  readonly method: string;
  readonly statusCodes: Readonly<Record<number, string | boolean>>;
  readonly options?: Readonly<Record<string, unknown>>;
  readonly authconfig?: Readonly<Record<string, unknown>>;
  readonly registryconfig?: Readonly<Record<string, unknown>>;
  readonly file?: Readable;
  readonly isStream?: boolean;
  readonly hijack?: boolean;
  readonly openStdin?: boolean;
  readonly allowEmpty?: boolean;
}

export interface ModemSettings {
  readonly signal: AbortSignal;
  /** `1.45`; absent while it is not negotiated. */
  readonly apiVersion: string | undefined;
  /** For calls that answer at once. Calls whose answer waits for something (stop, wait) have none. */
  readonly answerTimeoutMs?: number;
}

/** Option names that are instructions to the modem, not parameters of the API. */
const instructions = new Set(['abortSignal', 'authconfig', 'registryconfig', 'hijack', '_query', '_body']);

/**
 * Stands in for docker-modem under dockerode, which hangs, leaks and guesses where it must not: one is made for each
 * call, bound to the call's signal, over a shared transport.
 */
export class Modem {
  /** dockerode sets this to the promise class that its calls return. */
  Promise: PromiseConstructor = Promise;
  private readonly transport: Transport;
  private readonly settings: ModemSettings;

  constructor(transport: Transport, settings: ModemSettings) {
    this.transport = transport;
    this.settings = settings;
  }

  /** dockerode's entry: calls back once with an error, with parsed JSON, or with a stream. */
  dial(dial: DialOptions, callback: (error: unknown, result?: unknown) => void): void {
    this.call(dial).then(
      (result) => {
        callback(null, result);
      },
      (error: unknown) => {
        callback(error);
      },
    );
  }

  private async call(dial: DialOptions): Promise<unknown> {
    const { signal } = this.settings;
    const answer = await this.transport.send(this.toRequest(dial), signal);
    if (answer.kind === 'upgraded') return answer.socket;
    const { response } = answer;
    const status = response.statusCode ?? 0;
    const isSuccess = (status >= 200 && status < 300) || dial.statusCodes[status] === true;
    if (isSuccess && dial.isStream === true) return response;
    const body = await readBody(response, signal, this.settings.answerTimeoutMs);
    // 304 says that nothing was left to do: the container already runs, or is already stopped.
    if (status === 304) return undefined;
    if (!isSuccess) throw new StatusError(status, errorMessage(body, status));
    return (response.headers['content-type'] ?? '').includes('json') ? parseJson(body) : body;
  }

  private toRequest(dial: DialOptions): HttpRequest {
    const { apiVersion, answerTimeoutMs } = this.settings;
    const options = dial.options ?? {};
    // dockerode ends the paths that take a query with `?`; any other one came in with an id.
    const takesQuery = dial.path.endsWith('?');
    const path = takesQuery ? dial.path.slice(0, -1) : dial.path;
    if (!isSafePath(path)) throw new EngineError('notFound', `“${path}” names nothing an engine can have`);
    const isPost = dial.method === 'POST';
    const query = takesQuery
      ? toQuery(record(options['_query']) ?? (isPost && '_body' in options ? {} : options))
      : '';
    const body = dial.file ?? (isPost ? toBody(path, options, dial.allowEmpty === true) : undefined);
    return {
      method: dial.method,
      path: `${apiVersion === undefined ? '' : `/v${apiVersion}`}${encodeURI(path)}${query === '' ? '' : `?${query}`}`,
      headers: {
        Host: 'docker',
        ...(dial.authconfig === undefined ? {} : { 'X-Registry-Auth': base64Url(dial.authconfig) }),
        ...(dial.registryconfig === undefined ? {} : { 'X-Registry-Config': base64Url(dial.registryconfig) }),
        ...bodyHeaders(dial.method, body),
      },
      ...(body === undefined ? {} : { body }),
      ...(dial.hijack === true || dial.openStdin === true ? { upgrade: true } : {}),
      ...(answerTimeoutMs === undefined ? {} : { answerTimeoutMs }),
    };
  }
}

/** Ids are put into paths as they are: nothing in one may lead to another endpoint. */
function isSafePath(path: string): boolean {
  return (
    path.isWellFormed() &&
    path
      .split('/')
      .every((part, index) =>
        part === '' ? index === 0 : /^[^\s?#\\\u0000-\u001f\u007f]+$/.test(part) && !/^\.\.?$/.test(part),
      )
  );
}

function toQuery(options: Readonly<Record<string, unknown>>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(options)) {
    if (value === undefined || value === null || instructions.has(name)) continue;
    if (value instanceof Uint8Array) continue;
    for (const item of Array.isArray(value) ? (value as unknown[]) : [value])
      query.append(name, toText(item));
  }
  return [...(query.size === 0 ? [] : [query.toString()]), ...bytesOf(options)].join('&');
}

/** Names of files need not be UTF-8. */
function bytesOf(options: Readonly<Record<string, unknown>>): readonly string[] {
  return Object.entries(options).flatMap(([name, value]) =>
    value instanceof Uint8Array
      ? [
          `${encodeURIComponent(name)}=${[...value].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('')}`,
        ]
      : [],
  );
}

function toText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Attach takes its options in the query alone: Podman feeds a body to the container's input. */
function toBody(
  path: string,
  options: Readonly<Record<string, unknown>>,
  allowEmpty: boolean,
): string | undefined {
  if (path.endsWith('/attach')) return undefined;
  const content =
    options['_body'] ??
    Object.fromEntries(Object.entries(options).filter(([name]) => !instructions.has(name)));
  const text = JSON.stringify(content);
  return text === '{}' && !allowEmpty ? undefined : text;
}

function bodyHeaders(method: string, body: string | Readable | undefined): Record<string, string | number> {
  if (typeof body === 'string')
    return { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) };
  if (body !== undefined) return { 'Content-Type': 'application/x-tar' };
  return method === 'GET' || method === 'HEAD' ? {} : { 'Content-Length': 0 };
}

/** With its padding, which Node leaves out: without, engines take the header for none, and say nothing. */
function base64Url(value: unknown): string {
  const text = Buffer.from(JSON.stringify(value)).toString('base64url');
  return text.padEnd(Math.ceil(text.length / 4) * 4, '=');
}

/** Rejects when the connection ends before the body does, or when nothing comes for `silenceMs`. */
async function readBody(
  response: http.IncomingMessage,
  signal: AbortSignal,
  silenceMs: number | undefined,
): Promise<Buffer> {
  const chunks: Buffer[] = [];
  const timer =
    silenceMs === undefined ? undefined : setTimeout(() => response.destroy(stalled(silenceMs)), silenceMs);
  try {
    for await (const chunk of response) {
      chunks.push(chunk as Buffer);
      timer?.refresh();
    }
  } catch (error) {
    throw signal.aborted ? new CancelledError() : error;
  } finally {
    clearTimeout(timer);
  }
  return Buffer.concat(chunks);
}

function stalled(ms: number): EngineError {
  return new EngineError('timeout', `the answer stopped for ${String(ms / 1000)} s before its end`, {
    hint: 'silent',
  });
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch (error) {
    throw new EngineError('unexpected', 'the answer is not the JSON it says it is', {
      cause: error,
      hint: 'garbage',
    });
  }
}

/** Docker says `{"message"}`, Podman `{"cause","message"}`; a proxy in between may say anything. */
function errorMessage(body: Buffer, status: number): string {
  const text = body.toString('utf8').trim();
  try {
    const message = record(JSON.parse(text))?.['message'];
    if (typeof message === 'string' && message !== '') return message;
  } catch {
    // Not JSON: the text itself is the message.
  }
  return text.slice(0, 500) || (http.STATUS_CODES[status] ?? `status ${String(status)}`);
}

function record(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null
    ? (value as Readonly<Record<string, unknown>>)
    : undefined;
}
