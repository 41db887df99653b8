import { type Exchange, type HttpAnswer, HttpFailure, type HttpRequest } from '../../src/registry/http.ts';

export interface ScriptedAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

type Script = ScriptedAnswer | ((request: HttpRequest) => ScriptedAnswer);

/**
 * The network as a table of answers: what real registries do not do on demand, such as lying about a digest. Real ones
 * are in the integration tests. Nothing answers at an address that is not in the table.
 */
export class FakeWeb {
  /** `GET https://r.io/v2/ Bearer abc`, in the order they were asked. */
  readonly asked: string[] = [];
  readonly requests: HttpRequest[] = [];
  private readonly scripts = new Map<string, Script>();

  on(request: string, script: Script): this {
    this.scripts.set(request, script);
    return this;
  }

  readonly exchange: Exchange = (request) => {
    const { method, url, headers } = request;
    const who = headers['authorization'] ?? '';
    this.requests.push(request);
    this.asked.push([method, url.href, who].filter(Boolean).join(' '));
    const script = this.scripts.get(`${method} ${url.href}`);
    if (script === undefined)
      return Promise.reject(new HttpFailure('unreachable', `no ${method} ${url.href}`));
    try {
      return Promise.resolve(toAnswer(typeof script === 'function' ? script(request) : script));
    } catch (error) {
      return Promise.reject(error instanceof Error ? error : new Error(String(error)));
    }
  };
}

function toAnswer({ status = 200, headers = {}, body = '' }: ScriptedAnswer): HttpAnswer {
  const bytes = Buffer.isBuffer(body)
    ? body
    : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
  return { status, headers, body: bytes };
}
