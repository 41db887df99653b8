import http from 'node:http';
import net from 'node:net';
import type { Duplex, Readable } from 'node:stream';
import tls from 'node:tls';
import { CancelledError } from '../../base/cancellation.ts';
import { EngineError } from '../../model/engineError.ts';
import type { Endpoint } from './endpoint.ts';
import { printEndpoint } from './endpoint.ts';

export interface HttpRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | number>>;
  readonly body?: string | Readable;
  /** Ask for a raw two-way connection (attach, exec). */
  readonly upgrade?: boolean;
  /** How long the engine may take until its headers are here; no limit when absent. */
  readonly answerTimeoutMs?: number;
}

export type HttpAnswer =
  | { readonly kind: 'response'; readonly response: http.IncomingMessage }
  | { readonly kind: 'upgraded'; readonly socket: Duplex };

const connectTimeoutMs = 10_000;

/** Plain HTTP over one endpoint's connections, kept alive between calls. Knows nothing of Docker. */
export class Transport {
  private readonly endpoint: Endpoint;
  private readonly agent: http.Agent;

  constructor(endpoint: Endpoint) {
    this.endpoint = endpoint;
    this.agent = new EndpointAgent(endpoint);
  }

  /**
   * Sends one request; settles with the answer's head. Rejects with the raw error, with `CancelledError` once the
   * signal aborts, or with an `EngineError` for an endpoint that can't be dialled. After the head, the signal goes on
   * to end the body or the raw connection.
   */
  send(request: HttpRequest, signal: AbortSignal): Promise<HttpAnswer> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) {
        reject(new CancelledError());
        return;
      }
      const problem = undialable(this.endpoint);
      if (problem !== undefined) {
        reject(problem);
        return;
      }
      const outgoing = http.request({
        method: request.method,
        path: request.path,
        headers: {
          ...request.headers,
          ...(request.upgrade === true ? { Connection: 'Upgrade', Upgrade: 'tcp' } : {}),
        },
        agent: this.agent,
        host: 'docker',
        // The editor's proxy support replaces the agent of any request that names no socket; ours decides anyway.
        socketPath: this.endpoint.kind === 'socket' ? this.endpoint.path : 'quayside',
      });
      const deadline = new Deadline((what, ms) => {
        outgoing.destroy(silence(this.endpoint, what, ms));
      });
      const onAbort = (): void => {
        outgoing.destroy(new CancelledError());
      };
      const settle = (): void => {
        deadline.clear();
        signal.removeEventListener('abort', onAbort);
      };
      signal.addEventListener('abort', onAbort, { once: true });
      deadline.set('connection', connectTimeoutMs);
      outgoing.once('socket', (socket) => {
        const onReady = (): void => {
          deadline.set('answer', request.answerTimeoutMs);
        };
        if (socket.connecting) socket.once('connect', onReady);
        else onReady();
      });
      outgoing.once('upgrade', (_response, socket, head) => {
        settle();
        if (head.length > 0) socket.unshift(head);
        endWith(signal, socket);
        resolve({ kind: 'upgraded', socket });
      });
      outgoing.once('response', (response) => {
        settle();
        endWith(signal, response);
        resolve({ kind: 'response', response });
      });
      outgoing.once('error', (error) => {
        settle();
        if (typeof request.body === 'object') request.body.destroy();
        // Errors after the head reach the reader of the body; an error listener must stay so that none is uncaught.
        outgoing.on('error', () => undefined);
        reject(error);
      });
      if (typeof request.body === 'object') {
        request.body.once('error', (error) => outgoing.destroy(error));
        request.body.pipe(outgoing);
      } else {
        outgoing.end(request.body);
      }
    });
  }

  dispose(): void {
    this.agent.destroy();
  }
}

/** An agent whose sockets all lead to one endpoint, whatever host a request names. */
class EndpointAgent extends http.Agent {
  private readonly endpoint: Endpoint;

  constructor(endpoint: Endpoint) {
    super({ keepAlive: true, maxFreeSockets: 4, scheduling: 'lifo' });
    this.endpoint = endpoint;
  }

  override createConnection(): net.Socket {
    const { endpoint } = this;
    switch (endpoint.kind) {
      case 'socket':
        return net.connect({ path: endpoint.path });
      case 'tcp': {
        const { host, port } = endpoint;
        const keepAlive = { keepAlive: true, keepAliveInitialDelay: 15_000 };
        if (endpoint.tls === undefined) return net.connect({ host, port, ...keepAlive });
        const { ca, cert, key, skipVerify } = endpoint.tls;
        const socket = tls.connect({
          host,
          port,
          servername: net.isIP(host) === 0 ? host : '',
          rejectUnauthorized: !skipVerify,
          ...(ca === undefined ? {} : { ca }),
          ...(cert === undefined ? {} : { cert }),
          ...(key === undefined ? {} : { key }),
        });
        return socket.setKeepAlive(true, 15_000);
      }
      case 'ssh':
      case 'invalid':
        throw undialable(endpoint) ?? new Error('unreachable');
    }
  }
}

/** One timer that is always for the step under way. */
class Deadline {
  private timer: NodeJS.Timeout | undefined;
  private readonly onOver: (what: string, ms: number) => void;

  constructor(onOver: (what: string, ms: number) => void) {
    this.onOver = onOver;
  }

  set(what: string, ms: number | undefined): void {
    this.clear();
    if (ms === undefined) return;
    this.timer = setTimeout(() => {
      this.onOver(what, ms);
    }, ms);
  }

  clear(): void {
    clearTimeout(this.timer);
  }
}

/** Destroys the stream on abort; forgets the signal when the stream closes first. */
function endWith(signal: AbortSignal, stream: Duplex | http.IncomingMessage): void {
  const onAbort = (): void => {
    stream.destroy(new CancelledError());
  };
  // The reader of the stream gets the error too; without a listener of our own, one that nobody reads would crash.
  stream.on('error', () => undefined);
  if (signal.aborted) {
    onAbort();
    return;
  }
  signal.addEventListener('abort', onAbort, { once: true });
  stream.once('close', () => {
    signal.removeEventListener('abort', onAbort);
  });
}

function undialable(endpoint: Endpoint): EngineError | undefined {
  if (endpoint.kind === 'invalid')
    return new EngineError(
      'unreachable',
      `the address “${endpoint.text}” cannot be read: ${endpoint.problem}`,
      {
        hint: 'endpoint',
      },
    );
  if (endpoint.kind === 'ssh') return new EngineError('unsupported', 'ssh endpoints are not supported yet');
  return undefined;
}

function silence(endpoint: Endpoint, what: string, ms: number): EngineError {
  return new EngineError('timeout', `${printEndpoint(endpoint)}: no ${what} within ${String(ms / 1000)} s`, {
    hint: 'silent',
  });
}
