import { type IncomingHttpHeaders, request } from 'node:http';

export interface EngineAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface EngineRequestOptions {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  readonly timeoutMs?: number;
}

/** One request over an engine's socket, on a connection of its own, with the whole answer in memory. */
export function engineRequest(
  socketPath: string,
  path: string,
  options: EngineRequestOptions = {},
): Promise<EngineAnswer> {
  return new Promise((resolve, reject) => {
    const body = options.body === undefined ? undefined : Buffer.from(options.body);
    const length = body === undefined ? {} : { 'Content-Length': String(body.length) };
    const call = request({
      socketPath,
      path,
      method: options.method ?? 'GET',
      headers: { Host: 'engine', ...length, ...options.headers },
      agent: false,
      signal: AbortSignal.timeout(options.timeoutMs ?? 60_000),
    });
    call.on('error', reject);
    call.on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }),
      );
    });
    call.end(body);
  });
}

/** The parsed JSON of a GET; rejects on any status but 200. */
export async function engineJson(socketPath: string, path: string): Promise<unknown> {
  const answer = await engineRequest(socketPath, path);
  if (answer.status !== 200)
    throw new Error(`GET ${path} answered ${answer.status}: ${answer.body.toString('utf8')}`);
  return JSON.parse(answer.body.toString('utf8'));
}

/** Whether the engine answers its ping. */
export async function answersPing(socketPath: string): Promise<boolean> {
  try {
    return (await engineRequest(socketPath, '/_ping', { timeoutMs: 2_000 })).status === 200;
  } catch {
    return false;
  }
}

/** The values of one string field over a JSON list, such as the ids of all containers. */
export function stringsOf(list: unknown, field: string): string[] {
  if (!Array.isArray(list)) return [];
  return list
    .map((item: unknown) =>
      typeof item === 'object' && item !== null ? (Reflect.get(item, field) as unknown) : undefined,
    )
    .filter((value) => typeof value === 'string');
}
