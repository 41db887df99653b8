import type { Clock } from '../base/async.ts';
import { number, object, text } from '../base/json.ts';
import type { RegistryAuth } from '../model/registryAuth.ts';
import type { Challenge } from './challenge.ts';
import type { Exchange, HttpAnswer, HttpRequest } from './http.ts';
import { isLoopback } from '../model/registry.ts';

/** As the specification has it for servers that do not say. */
const defaultLifetimeSeconds = 60;

/** A token that ends while it is on its way is no use. */
const marginMs = 5_000;

const maxBytes = 1_000_000;

interface Token {
  readonly value: string;
  readonly endsAt: number;
}

interface TokensOptions {
  readonly exchange: Exchange;
  readonly clock: Clock;
  readonly credential: RegistryAuth['credential'] | undefined;
}

/** What the server of tokens said when it gave none. */
export class TokenRefusal extends Error {
  readonly answer: HttpAnswer;

  constructor(answer: HttpAnswer) {
    super(`the token server answered ${String(answer.status)}`);
    this.answer = answer;
  }
}

/** Tokens of a registry that sends its clients to a server of them (distribution's token authentication). */
export class Tokens {
  private readonly options: TokensOptions;
  private readonly kept = new Map<string, Token>();

  constructor(options: TokensOptions) {
    this.options = options;
  }

  /** One that was good before and is not too old. */
  known(scope: string): string | undefined {
    const token = this.kept.get(scope);
    return token !== undefined && token.endsAt - marginMs > this.options.clock.now()
      ? token.value
      : undefined;
  }

  forget(scope: string): void {
    this.kept.delete(scope);
  }

  /** A new one. Rejects with `TokenRefusal`; undefined for a challenge that leads nowhere it may go. */
  async ask(
    challenge: Challenge,
    scope: string,
    registry: URL,
    signal: AbortSignal,
  ): Promise<string | undefined> {
    const realm = realmOf(challenge, registry);
    if (realm === undefined) return undefined;
    // The registry knows best what it wants; some say it only by the challenge's error.
    const wanted = challenge.parameters.get('scope') ?? scope;
    const service = challenge.parameters.get('service') ?? '';
    const answer = await this.options.exchange(this.request(realm, service, wanted), signal);
    if (answer.status !== 200) throw new TokenRefusal(answer);
    const json = object(parse(answer.body));
    const value = text(json['token']) || text(json['access_token']);
    if (value === '') throw new TokenRefusal(answer);
    const lifetimeMs = (number(json['expires_in']) || defaultLifetimeSeconds) * 1000;
    this.kept.set(scope, { value, endsAt: this.options.clock.now() + lifetimeMs });
    return value;
  }

  private request(realm: URL, service: string, scope: string): HttpRequest {
    const { credential } = this.options;
    const common = { maxBytes, isUnverified: isLoopback(realm.hostname) };
    if (credential?.kind === 'identityToken') {
      const form = new URLSearchParams({
        grant_type: 'refresh_token',
        client_id: 'quayside',
        service,
        scope,
        refresh_token: credential.token,
      });
      const headers = { 'content-type': 'application/x-www-form-urlencoded' };
      return { ...common, method: 'POST', url: realm, headers, body: form.toString() };
    }
    const url = new URL(realm);
    if (service !== '') url.searchParams.set('service', service);
    for (const each of scope.split(' ')) if (each !== '') url.searchParams.append('scope', each);
    if (credential === undefined) return { ...common, method: 'GET', url, headers: {} };
    url.searchParams.set('account', credential.username);
    return { ...common, method: 'GET', url, headers: { authorization: basic(credential) } };
  }
}

export function basic({ username, password }: { username: string; password: string }): string {
  return `Basic ${Buffer.from(`${username}:${password}`, 'utf8').toString('base64')}`;
}

/** A password that went to the registry by TLS does not go on without. */
function realmOf(challenge: Challenge, registry: URL): URL | undefined {
  const text = challenge.parameters.get('realm') ?? '';
  if (!URL.canParse(text)) return undefined;
  const realm = new URL(text);
  if (realm.protocol === 'https:') return realm;
  return realm.protocol === 'http:' && registry.protocol === 'http:' ? realm : undefined;
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    // Its words are not quoted: a broken answer may have a token in it.
    return undefined;
  }
}
