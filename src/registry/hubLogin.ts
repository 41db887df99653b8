import type { Clock } from '../base/async.ts';
import { object, text } from '../base/json.ts';
import { dockerHub } from '../model/imageReference.ts';
import type { RegistryAuth } from '../model/registryAuth.ts';
import type { Exchange } from './http.ts';
import { failureOfAnswer } from './registryFailure.ts';

const tokenUrl = 'https://hub.docker.com/v2/auth/token';

/** Far less than Docker Hub's own tokens last. */
const lifetimeMs = 5 * 60_000;

interface HubLoginOptions {
  readonly exchange: Exchange;
  readonly clock: Clock;
  readonly credential: RegistryAuth['credential'] | undefined;
}

/**
 * Who asks Docker Hub's own API, which has tokens of its own for a user name and a password or access token. A token of
 * its registry says nothing to it, and a login that it does not take leaves what is public.
 */
export class HubLogin {
  private readonly options: HubLoginOptions;
  private token: Promise<string | undefined> | undefined;
  private endsAt = 0;

  constructor(options: HubLoginOptions) {
    this.options = options;
  }

  /** What goes with each request; nothing for nobody. */
  async headers(signal: AbortSignal): Promise<Readonly<Record<string, string>>> {
    const now = this.options.clock.now();
    if (this.token === undefined || now >= this.endsAt) {
      this.endsAt = now + lifetimeMs;
      const asked = this.ask(signal);
      this.token = asked;
      // What was called off, or did not come, is asked for again.
      asked.catch(() => {
        if (this.token === asked) this.token = undefined;
      });
    }
    const token = await this.token;
    return token === undefined ? {} : { authorization: `Bearer ${token}` };
  }

  private async ask(signal: AbortSignal): Promise<string | undefined> {
    const { exchange, clock, credential } = this.options;
    if (credential?.kind !== 'password') return undefined;
    const answer = await exchange(
      {
        method: 'POST',
        url: new URL(tokenUrl),
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ identifier: credential.username, secret: credential.password }),
        maxBytes: 1_000_000,
      },
      signal,
    );
    if (answer.status === 429 || answer.status >= 500) throw failureOfAnswer(dockerHub, answer, clock.now());
    return answer.status === 200 ? tokenIn(answer.body) : undefined;
  }
}

function tokenIn(body: Buffer): string | undefined {
  try {
    const token = text(object(JSON.parse(body.toString('utf8')))['access_token']);
    return token === '' ? undefined : token;
  } catch {
    // Its words are not quoted: a broken answer may have a token in it.
    return undefined;
  }
}
