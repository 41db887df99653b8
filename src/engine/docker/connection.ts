import type Docker from 'dockerode';
import type { EngineVersion } from '../engine.ts';
import { EngineError } from '../../model/engineError.ts';
import { StatusError, toEngineError } from './dockerErrors.ts';
import type { Endpoint } from './endpoint.ts';
import { Modem } from './modem.ts';
import { Transport } from './transport.ts';

/** The newest API that the records of this folder were read from; an engine that offers less is spoken to in its own. */
const newestApiVersion = '1.45';

/** How long an engine may take to answer, in milliseconds; tests with one that never does have less time. */
export interface Patience {
  readonly pingMs: number;
  readonly answerMs: number;
}

const usualPatience: Patience = { pingMs: 10_000, answerMs: 60_000 };

/** Loads what the first connection needs: for a thread that is made ready while nobody waits. */
export async function prepareConnections(): Promise<void> {
  await import('dockerode');
}

/** One endpoint with its negotiated API version, handing out dockerode clients bound to a call's signal. */
export class Connection {
  private readonly transport: Transport;
  private readonly patience: Patience;
  private apiVersion: string | undefined;
  /** Loaded with the first connection: an extension that starts needs none of it. */
  private dockerode: typeof Docker | undefined;

  constructor(endpoint: Endpoint, patience: Patience = usualPatience) {
    this.transport = new Transport(endpoint);
    this.patience = patience;
  }

  /** A client for calls that answer at once. */
  quick(signal: AbortSignal): Docker {
    return this.client(signal, this.patience.answerMs);
  }

  /** A client for calls whose answer waits for something to happen: stop, wait, pull, logs of an idle container. */
  patient(signal: AbortSignal): Docker {
    return this.client(signal);
  }

  /** Pings by hand, for the headers, which dockerode drops; settles the API version for all later calls. */
  async negotiate(signal: AbortSignal): Promise<EngineVersion> {
    this.dockerode ??= (await import('dockerode')).default;
    const request = {
      method: 'GET',
      path: '/_ping',
      headers: { Host: 'docker' },
      answerTimeoutMs: this.patience.pingMs,
    };
    const answer = await this.transport.send(request, signal).catch((error: unknown) => {
      throw toEngineError(error);
    });
    if (answer.kind === 'upgraded') throw notAnEngine();
    const { response } = answer;
    response.resume();
    const offered = header(response.headers['api-version']);
    if (response.statusCode !== 200) {
      const status = response.statusCode ?? 0;
      if (status === 400) throw new EngineError('unauthorized', 'the engine wants TLS', { hint: 'tls' });
      throw offered === ''
        ? notAnEngine()
        : toEngineError(new StatusError(status, `ping answered ${String(status)}`));
    }
    if (!/^\d+\.\d+$/.test(offered)) throw notAnEngine();
    this.apiVersion = isNewer(offered, newestApiVersion) ? newestApiVersion : offered;
    const [name = '', version = ''] = (header(response.headers['server']).split(' ')[0] ?? '').split('/');
    return {
      product: response.headers['libpod-api-version'] === undefined ? name || 'Docker' : 'Podman',
      version: header(response.headers['libpod-api-version']) || version,
      apiVersion: this.apiVersion,
      os: header(response.headers['ostype']) || 'linux',
    };
  }

  /** At least this API version is spoken. */
  speaks(version: string): boolean {
    return this.apiVersion !== undefined && !isNewer(version, this.apiVersion);
  }

  dispose(): void {
    this.transport.dispose();
  }

  private client(signal: AbortSignal, timeoutMs?: number): Docker {
    const { dockerode } = this;
    if (dockerode === undefined)
      throw new EngineError('unexpected', 'the engine was asked before it was connected');
    const modem = new Modem(this.transport, {
      signal,
      apiVersion: this.apiVersion,
      ...(timeoutMs === undefined ? {} : { answerTimeoutMs: timeoutMs }),
    });
    // dockerode takes any modem; its published types do not say so.
    return new dockerode({ modem } as unknown as Docker.DockerOptions);
  }
}

function notAnEngine(): EngineError {
  return new EngineError('unexpected', 'what answers there is not a container engine', { hint: 'garbage' });
}

function header(value: string | string[] | undefined): string {
  return (Array.isArray(value) ? value[0] : value) ?? '';
}

function isNewer(a: string, b: string): boolean {
  const [aMajor = 0, aMinor = 0] = a.split('.').map(Number);
  const [bMajor = 0, bMinor = 0] = b.split('.').map(Number);
  return aMajor > bMajor || (aMajor === bMajor && aMinor > bMinor);
}
