import { type Clock, delay } from '../base/async.ts';
import type { RegistryPlace } from '../model/registry.ts';
import type { RegistryAuth } from '../model/registryAuth.ts';
import { RegistryError } from '../model/registryError.ts';
import { parseChallenges } from './challenge.ts';
import { type Exchange, type HttpAnswer, HttpFailure, type HttpRequest } from './http.ts';
import { endpointsOf, type RegistryEndpoint } from './registryEndpoint.ts';
import { failureOfAnswer, failureOfExchange } from './registryFailure.ts';
import { retryAfterSeconds } from './retryAfter.ts';
import { basic, TokenRefusal, Tokens } from './tokens.ts';

/** As long as a person waits without wondering; a registry that wants more is told of instead. */
const longestWaitSeconds = 3;

const maxRedirects = 5;

export interface ConnectionOptions {
  readonly place: RegistryPlace;
  readonly auth: RegistryAuth | undefined;
  readonly exchange: Exchange;
  readonly clock: Clock;
}

export interface RegistryRequest {
  readonly method: 'GET' | 'HEAD' | 'DELETE';
  /** From `/v2/` on. */
  readonly path: string;
  /** What a token must be good for. */
  readonly scope: string;
  readonly accept?: string;
  readonly maxBytes: number;
}

export interface RegistryAnswer extends HttpAnswer {
  /** Where it was asked, before any redirect. */
  readonly url: URL;
}

/** How a registry is spoken to: by which address, by which proof of who asks, and how often. */
export class RegistryConnection {
  private readonly options: ConnectionOptions;
  private readonly tokens: Tokens;
  private endpoint: RegistryEndpoint | undefined;
  private wantsBasic = false;
  /** Set by a registry that was asked too often: to go on asking, about a hundred tags say, would prolong it. */
  private rest: { readonly untilMs: number; readonly message: string } | undefined;

  constructor(options: ConnectionOptions) {
    this.options = options;
    const { exchange, clock, auth } = options;
    this.tokens = new Tokens({ exchange, clock, credential: auth?.credential });
  }

  get host(): string {
    return this.options.place.host;
  }

  /** The answer of a success; anything else rejects with `RegistryError`, or `CancelledError`. */
  async send(request: RegistryRequest, signal: AbortSignal): Promise<RegistryAnswer> {
    try {
      this.checkRest();
      const endpoint = await this.findEndpoint(signal);
      const answer = await this.ask(endpoint, request, signal);
      if (answer.status >= 200 && answer.status < 300) return answer;
      throw this.noteRest(failureOfAnswer(this.host, answer, this.options.clock.now()));
    } catch (error) {
      if (error instanceof TokenRefusal) throw this.failureOfToken(error);
      throw failureOfExchange(this.host, error);
    }
  }

  private noteRest(failure: RegistryError): RegistryError {
    const { problem, message, retryAfterSeconds } = failure;
    if (problem === 'limited' && retryAfterSeconds !== undefined)
      this.rest = { untilMs: this.options.clock.now() + retryAfterSeconds * 1000, message };
    return failure;
  }

  private checkRest(): void {
    if (this.rest === undefined) return;
    const leftMs = this.rest.untilMs - this.options.clock.now();
    if (leftMs <= 0) return;
    const retryAfterSeconds = Math.ceil(leftMs / 1000);
    throw new RegistryError('limited', this.host, this.rest.message, { retryAfterSeconds });
  }

  /** The first address where something speaks as it should is taken from then on. */
  private async findEndpoint(signal: AbortSignal): Promise<RegistryEndpoint> {
    if (this.endpoint !== undefined) return this.endpoint;
    const endpoints = endpointsOf(this.options.place);
    for (const endpoint of endpoints) {
      const isLast = endpoint === endpoints.at(-1);
      if (isLast || (await this.speaks(endpoint, signal))) return (this.endpoint = endpoint);
    }
    throw new RegistryError('unreachable', this.host, 'there is no address to ask');
  }

  private async speaks({ base, isUnverified }: RegistryEndpoint, signal: AbortSignal): Promise<boolean> {
    const request = { method: 'GET', url: new URL('/v2/', base), headers: {}, isUnverified } as const;
    try {
      await this.options.exchange({ ...request, maxBytes: 1_000_000 }, signal);
      return true;
    } catch (error) {
      if (error instanceof HttpFailure && error.trouble !== 'oversized') return false;
      throw error;
    }
  }

  /** Once more with what the challenge wants, and once more when the registry asks for a moment. */
  private async ask(
    endpoint: RegistryEndpoint,
    request: RegistryRequest,
    signal: AbortSignal,
  ): Promise<RegistryAnswer> {
    const first = await this.patiently(endpoint, request, this.proof(request.scope), signal);
    if (first.status !== 401) return first;
    // A token may have been taken back, or its server's clock be ahead.
    this.tokens.forget(request.scope);
    const proof = await this.answerChallenge(first, endpoint.base, request.scope, signal);
    return proof === undefined ? first : await this.patiently(endpoint, request, proof, signal);
  }

  private async patiently(
    endpoint: RegistryEndpoint,
    request: RegistryRequest,
    proof: string | undefined,
    signal: AbortSignal,
  ): Promise<RegistryAnswer> {
    const answer = await this.follow(endpoint, request, proof, signal);
    if (answer.status !== 429) return answer;
    const seconds = retryAfterSeconds(answer.headers['retry-after'], this.options.clock.now());
    if (seconds === undefined || seconds > longestWaitSeconds) return answer;
    await delay(this.options.clock, seconds * 1000, signal);
    return this.follow(endpoint, request, proof, signal);
  }

  /** Registries keep blobs elsewhere; what proves who asks is for the registry alone. */
  private async follow(
    endpoint: RegistryEndpoint,
    { method, path, accept, maxBytes }: RegistryRequest,
    proof: string | undefined,
    signal: AbortSignal,
  ): Promise<RegistryAnswer> {
    const start = new URL(path, endpoint.base);
    let url = start;
    for (let hops = 0; hops <= maxRedirects; hops++) {
      const isHome = url.origin === start.origin;
      const headers = {
        ...(accept === undefined ? {} : { accept }),
        ...(proof === undefined || !isHome ? {} : { authorization: proof }),
      };
      const isUnverified = isHome && endpoint.isUnverified;
      const request: HttpRequest = { method, url, headers, maxBytes, isUnverified };
      const answer = await this.options.exchange(request, signal);
      const target = method === 'DELETE' ? undefined : redirectOf(answer, url);
      if (target === undefined) return { ...answer, url: start };
      url = target;
    }
    throw new RegistryError('foreign', this.host, 'it redirects without an end');
  }

  private proof(scope: string): string | undefined {
    const token = this.tokens.known(scope);
    if (token !== undefined) return `Bearer ${token}`;
    return this.wantsBasic ? this.basicProof() : undefined;
  }

  private async answerChallenge(
    answer: HttpAnswer,
    base: URL,
    scope: string,
    signal: AbortSignal,
  ): Promise<string | undefined> {
    const challenges = parseChallenges(answer.headers['www-authenticate'] ?? '');
    const bearer = challenges.find(({ scheme }) => scheme === 'bearer');
    const token = bearer === undefined ? undefined : await this.tokens.ask(bearer, scope, base, signal);
    if (token !== undefined) return `Bearer ${token}`;
    // What was sent already has been refused.
    if (this.wantsBasic || !challenges.some(({ scheme }) => scheme === 'basic')) return undefined;
    const proof = this.basicProof();
    this.wantsBasic = proof !== undefined;
    return proof;
  }

  private basicProof(): string | undefined {
    const credential = this.options.auth?.credential;
    return credential?.kind === 'password' ? basic(credential) : undefined;
  }

  private failureOfToken({ answer }: TokenRefusal): RegistryError {
    const failure = failureOfAnswer(this.host, answer, this.options.clock.now());
    if (answer.status === 200)
      return new RegistryError('foreign', this.host, 'its token server gave an answer without a token');
    // A request that the server of tokens finds bad is one for which it has no token.
    return answer.status === 400 ? new RegistryError('denied', this.host, failure.message) : failure;
  }
}

function redirectOf({ status, headers }: HttpAnswer, from: URL): URL | undefined {
  const target = headers.location ?? '';
  if (status < 301 || status > 308 || status === 304 || !URL.canParse(target, from.href)) return undefined;
  const url = new URL(target, from);
  const isWeaker = from.protocol === 'https:' && url.protocol !== 'https:';
  return isWeaker || !/^https?:$/.test(url.protocol) ? undefined : url;
}
