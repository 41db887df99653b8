import http from 'node:http';
import https from 'node:https';
import type { IncomingHttpHeaders } from 'node:http';
import { CancelledError } from '../base/cancellation.ts';

export interface HttpRequest {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'DELETE';
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** An answer that is longer is given up. */
  readonly maxBytes: number;
  /** Takes any certificate. */
  readonly isUnverified?: boolean;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** One request and its whole answer. Rejects with `HttpFailure`, or `CancelledError` when the signal aborts. */
export type Exchange = (request: HttpRequest, signal: AbortSignal) => Promise<HttpAnswer>;

/** `notTls`: the other side does not speak TLS. */
export type HttpTrouble = 'unreachable' | 'silent' | 'tls' | 'notTls' | 'foreign' | 'oversized';

export class HttpFailure extends Error {
  readonly trouble: HttpTrouble;

  constructor(trouble: HttpTrouble, message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'HttpFailure';
    this.trouble = trouble;
  }
}

/** For the whole of an exchange: an answer that trickles is as good as none. */
const patienceMs = 30_000;

/** A connection for each request, which ends with it: nothing is left open by whoever loses interest. */
export const exchange: Exchange = (request, signal) => exchangeWithin(patienceMs, request, signal);

export async function exchangeWithin(
  timeoutMs: number,
  request: HttpRequest,
  signal: AbortSignal,
): Promise<HttpAnswer> {
  const timeout = AbortSignal.timeout(timeoutMs);
  const either = AbortSignal.any([signal, timeout]);
  try {
    const response = await send(request, either);
    return {
      status: response.statusCode ?? 0,
      headers: response.headers,
      body: await read(response, request.maxBytes),
    };
  } catch (error) {
    if (signal.aborted) throw new CancelledError();
    if (error instanceof HttpFailure) throw error;
    if (timeout.aborted)
      throw new HttpFailure('silent', `no answer within ${String(timeoutMs / 1000)} s`, error);
    throw failureOf(error);
  }
}

function send(request: HttpRequest, signal: AbortSignal): Promise<http.IncomingMessage> {
  const { url, method, headers, body } = request;
  const options = {
    method,
    headers: body === undefined ? headers : { ...headers, 'content-length': String(Buffer.byteLength(body)) },
    signal,
    agent: false,
  } as const;
  return new Promise((resolve, reject) => {
    const outgoing =
      url.protocol === 'https:'
        ? https.request(url, { ...options, rejectUnauthorized: request.isUnverified !== true })
        : http.request(url, options);
    outgoing.once('response', resolve);
    // Also after the answer: what breaks then is heard by the reader.
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

async function read(response: http.IncomingMessage, maxBytes: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of response) {
    // Without an encoding it reads nothing else.
    if (!Buffer.isBuffer(part)) continue;
    length += part.length;
    if (length > maxBytes) {
      response.destroy();
      throw new HttpFailure('oversized', `the answer is longer than ${String(maxBytes)} bytes`);
    }
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/** Codes of OpenSSL's and Node's for “this is no TLS”. */
const notTls = new Set(['ERR_SSL_WRONG_VERSION_NUMBER', 'ERR_SSL_PACKET_LENGTH_TOO_LONG', 'EPROTO']);

function failureOf(error: unknown): HttpFailure {
  const message = error instanceof Error ? error.message : String(error);
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (notTls.has(code)) return new HttpFailure('notTls', message, error);
  if (code.startsWith('HPE_')) return new HttpFailure('foreign', message, error);
  if (/^(?:ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|ERR_CERT)/.test(code))
    return new HttpFailure('tls', message, error);
  return new HttpFailure('unreachable', message || code, error);
}
