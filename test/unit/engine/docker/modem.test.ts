import { mkdtempSync, rmSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { DockerEngine } from '../../../../src/engine/docker/dockerEngine.ts';
import { type DialOptions, Modem } from '../../../../src/engine/docker/modem.ts';
import { Transport } from '../../../../src/engine/docker/transport.ts';
import { door } from '../../../support/door.ts';

interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
}

/*
 * The far side is a plain HTTP server on a socket of its own: an engine would not tell what exactly it was asked, nor
 * answer wrongly when a test wants it to.
 */
const folder = mkdtempSync(join(tmpdir(), 'quayside-modem-'));
const socket = join(folder, 'docker.sock');
const endpoint = { kind: 'socket', path: socket } as const;
const seen: Seen[] = [];
let answer: (response: http.ServerResponse) => void = () => undefined;
const never = new AbortController().signal;

const server = http.createServer((request, response) => {
  let body = '';
  request.on('data', (chunk: Buffer) => {
    body += chunk.toString();
  });
  request.on('end', () => {
    seen.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers, body });
    if (request.url === '/_ping')
      response.writeHead(200, { 'Api-Version': '1.45', Server: 'Docker/26.1.5' }).end('OK');
    else answer(response);
  });
});

beforeAll(async () => {
  await new Promise<void>((resolve) => {
    server.listen(socket, resolve);
  });
});

afterAll(() => {
  server.close();
  server.closeAllConnections();
  rmSync(folder, { recursive: true });
});

beforeEach(() => {
  seen.length = 0;
  answer = (response) => response.writeHead(200, { 'Content-Type': 'application/json' }).end('{"fine":true}');
});

function dial(
  options: Partial<DialOptions>,
  signal: AbortSignal = never,
  answerTimeoutMs?: number,
): Promise<unknown> {
  const transport = new Transport(endpoint);
  const modem = new Modem(transport, {
    signal,
    apiVersion: '1.45',
    ...(answerTimeoutMs === undefined ? {} : { answerTimeoutMs }),
  });
  return new Promise((resolve, reject) => {
    modem.dial({ path: '/x', method: 'GET', statusCodes: { 200: true }, ...options }, (error, result) => {
      transport.dispose();
      if (error === null) resolve(result);
      // What a call fails with is handed on as it is.
      else reject(error instanceof Error ? error : new Error('rejected without an error'));
    });
  });
}

describe('a path', () => {
  test.each([
    ['/containers//json?', 'an empty id'],
    ['/containers/../json?', 'a step up'],
    ['/containers/./json?', 'a step nowhere'],
    ['/containers/../../images/json?', 'steps up'],
    ['/containers/a b/json?', 'a space'],
    ['/containers/a\nb/json?', 'a line end'],
    ['/containers/?x/json?', 'a question mark'],
    ['/containers/web?x/json?', 'a question mark after a name that exists'],
    ['/containers/web?force=true&x=?', 'a question mark at the end'],
    ['/containers/web?x/pause', 'a question mark where no query belongs'],
    ['/containers/web#x/json?', 'a fragment'],
    ['/containers/a\\..\\b/json?', 'a backslash'],
    ['/images/a//b/json?', 'an empty part'],
    ['/volumes/', 'no name at all'],
    ['/networks/%2e%2e\u0000/x', 'a zero byte'],
    ['/containers/\ud800/json?', 'half a character'],
  ])('%j is refused before anything is sent: %s', async (path) => {
    await expect(dial({ path })).rejects.toMatchObject({ reason: 'notFound' });
    expect(seen).toEqual([]);
  });

  test.each([
    [
      '/images/registry.example:5000/team/app:1.2/json',
      '/v1.45/images/registry.example:5000/team/app:1.2/json',
    ],
    ['/images/sha256:abc/json', '/v1.45/images/sha256:abc/json'],
    ['/volumes/größe', '/v1.45/volumes/gr%C3%B6%C3%9Fe'],
    ['/containers/%2e%2e/json?', '/v1.45/containers/%252e%252e/json'],
    ['/containers/..a/json?', '/v1.45/containers/..a/json'],
  ])('%j is asked as %s', async (path, url) => {
    await dial({ path });
    expect(seen).toMatchObject([{ method: 'GET', url }]);
  });
});

describe('a query', () => {
  const query = async (options: DialOptions['options']): Promise<string> => {
    await dial({ path: '/x?', ...(options === undefined ? {} : { options }) });
    return seen[0]?.url.replace(/^\/v1\.45\/x\??/, '') ?? '';
  };

  test.each<[DialOptions['options'], string]>([
    [undefined, ''],
    [{}, ''],
    [{ all: true, limit: 0, size: false }, 'all=true&limit=0&size=false'],
    [{ since: undefined, before: null }, ''],
    [{ tag: ['a', 'b c'] }, 'tag=a&tag=b+c'],
    [{ filters: { type: ['container'] } }, 'filters=%7B%22type%22%3A%5B%22container%22%5D%7D'],
    [{ name: 'a&b=c#d?e' }, 'name=a%26b%3Dc%23d%3Fe'],
    [{ abortSignal: 1, authconfig: 1, hijack: 1, keep: 1 }, 'keep=1'],
    [{ follow: true, _query: { tail: '10' } }, 'tail=10'],
  ])('of %j is %s', async (options, text) => {
    expect(await query(options)).toBe(text);
  });

  test('is not sent where the path takes none', async () => {
    await dial({ path: '/x', options: { all: true } });
    expect(seen[0]?.url).toBe('/v1.45/x');
  });
});

describe('a body', () => {
  test('of a POST is its options as JSON, with its length in bytes', async () => {
    await dial({ method: 'POST', options: { Cmd: ['größe'], hijack: true } });
    expect(seen[0]).toMatchObject({
      body: '{"Cmd":["größe"]}',
      headers: { 'content-type': 'application/json', 'content-length': '19' },
    });
  });

  test('and a query are split where the caller splits them', async () => {
    await dial({
      method: 'POST',
      path: '/containers/create?',
      options: { _query: { name: 'web' }, _body: { Image: 'x' } },
    });
    expect(seen[0]).toMatchObject({ url: '/v1.45/containers/create?name=web', body: '{"Image":"x"}' });
  });

  test.each(['POST', 'DELETE', 'PUT'])('of a %s without options is empty, and says so', async (method) => {
    await dial({ method, options: {} });
    expect(seen[0]).toMatchObject({ body: '', headers: { 'content-length': '0' } });
  });

  test('an empty object is sent where the API wants one', async () => {
    await dial({ method: 'POST', options: {}, allowEmpty: true });
    expect(seen[0]?.body).toBe('{}');
  });

  test('is never sent to attach: Podman would type it into the container', async () => {
    await dial({ method: 'POST', path: '/containers/a/attach?', options: { stream: true } });
    expect(seen[0]).toMatchObject({ url: '/v1.45/containers/a/attach?stream=true', body: '' });
  });

  // Of every length: engines want the padding that Node leaves out.
  test.each(['??>>', '??>>+', '??>>++'])(
    'credentials (%s) go into their header, safe for one',
    async (password) => {
      const authconfig = { username: 'me', password };
      await dial({ method: 'POST', authconfig });
      const sent = String(seen[0]?.headers['x-registry-auth']);
      expect(sent).toMatch(/^(?:[\w-]{4})*(?:[\w-]{2}==|[\w-]{3}=)?$/);
      expect(JSON.parse(Buffer.from(sent, 'base64url').toString())).toEqual(authconfig);
      expect(seen[0]?.body).toBe('');
    },
  );
});

describe('an answer', () => {
  test('in JSON is parsed, other text is not', async () => {
    expect(await dial({})).toEqual({ fine: true });
    answer = (response) => response.writeHead(200, { 'Content-Type': 'text/plain' }).end('{"a":1}');
    expect(String(await dial({}))).toBe('{"a":1}');
  });

  test('304 is success: nothing was left to do', async () => {
    answer = (response) => response.writeHead(304).end();
    expect(
      await dial({ method: 'POST', statusCodes: { 204: true, 304: 'container already started' } }),
    ).toBeUndefined();
  });

  test('any 2xx is success', async () => {
    answer = (response) => response.writeHead(201, { 'Content-Type': 'application/json' }).end('{}');
    expect(await dial({ statusCodes: { 200: true } })).toEqual({});
  });

  test.each([
    ['{"message":"No such container: web"}', 'No such container: web'],
    ['{"cause":"no","message":"no container with name web","response":404}', 'no container with name web'],
    ['<html>nginx</html>', '<html>nginx</html>'],
    ['', 'Not Found'],
    ['{"message":""}', '{"message":""}'],
    ['x'.repeat(2000), 'x'.repeat(500)],
  ])('that fails with %j says “%s”', async (body, message) => {
    answer = (response) => response.writeHead(404).end(body);
    await expect(dial({})).rejects.toMatchObject({ status: 404, message });
  });

  test('that says it is JSON and is none is garbage', async () => {
    answer = (response) => response.writeHead(200, { 'Content-Type': 'application/json' }).end('{"a":');
    await expect(dial({})).rejects.toMatchObject({ reason: 'unexpected', hint: 'garbage' });
  });

  test('that is cut off fails', async () => {
    answer = (response) => {
      response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': 100 });
      response.write('{"a"', () => response.destroy());
    };
    await expect(dial({})).rejects.toMatchObject({ code: 'ECONNRESET' });
  });

  test('that is not awaited any more is cancelled, its connection closed', async () => {
    const abort = new AbortController();
    const closed = door();
    answer = (response) => {
      response.on('close', closed.open);
      abort.abort();
    };
    await expect(dial({}, abort.signal)).rejects.toMatchObject({ name: 'CancelledError' });
    await closed.opened;
  });

  test('cancelled in the middle of its body is cancelled too', async () => {
    const abort = new AbortController();
    const closed = door();
    answer = (response) => {
      response.on('close', closed.open);
      response.writeHead(200, { 'Content-Type': 'application/json' });
      response.write('{"a":', () => {
        setImmediate(() => {
          abort.abort();
        });
      });
    };
    await expect(dial({}, abort.signal)).rejects.toMatchObject({ name: 'CancelledError' });
    await closed.opened;
  });

  test.each([
    ['does not come', () => undefined],
    [
      'stops in the middle of its body',
      (response: http.ServerResponse) => {
        response.writeHead(200, { 'Content-Type': 'application/json' });
        response.write('{"a":');
      },
    ],
  ])('that %s is a timeout, its connection closed', async (_what, behave) => {
    const closed = door();
    answer = (response) => {
      response.on('close', closed.open);
      behave(response);
    };
    await expect(dial({}, never, 50)).rejects.toMatchObject({ reason: 'timeout', hint: 'silent' });
    await closed.opened;
  });

  test('nothing is sent with a signal that is aborted already', async () => {
    await expect(dial({}, AbortSignal.abort())).rejects.toMatchObject({ name: 'CancelledError' });
    expect(seen).toEqual([]);
  });
});

describe('what the adapter asks', () => {
  const asked = async (work: (engine: DockerEngine) => Promise<unknown>): Promise<Seen> => {
    const engine = new DockerEngine(endpoint);
    await engine.connect(never);
    await work(engine);
    engine.dispose();
    expect(seen).toHaveLength(2);
    return seen[1] ?? { method: '', url: '', headers: {}, body: '' };
  };

  test.each<[string, (engine: DockerEngine) => Promise<unknown>, string]>([
    ['list', (e) => e.list('container', never), 'GET /v1.45/containers/json?all=true'],
    ['read', (e) => e.read('image', 'a/b:1', never), 'GET /v1.45/images/a/b:1/json'],
    ['stop', (e) => e.stopContainer('web', never, 3), 'POST /v1.45/containers/web/stop?t=3'],
    ['kill', (e) => e.killContainer('web', 'SIGHUP', never), 'POST /v1.45/containers/web/kill?signal=SIGHUP'],
    ['rename', (e) => e.renameContainer('web', 'a&b', never), 'POST /v1.45/containers/web/rename?name=a%26b'],
    ['remove', (e) => e.removeContainer('web', never), 'DELETE /v1.45/containers/web?force=false&v=false'],
    [
      'remove all',
      (e) => e.removeContainer('web', never, { force: true, volumes: true }),
      'DELETE /v1.45/containers/web?force=true&v=true',
    ],
    ['untag', (e) => e.removeImage('a:1', never), 'DELETE /v1.45/images/a:1?force=false'],
    ['remove a volume', (e) => e.removeVolume('data', never), 'DELETE /v1.45/volumes/data'],
    ['remove a network', (e) => e.removeNetwork('front', never), 'DELETE /v1.45/networks/front'],
  ])('to %s', async (_name, work, line) => {
    const { method, url } = await asked(work);
    expect(`${method} ${url}`).toBe(line);
  });

  test('for logs is a stream of both outputs, with exactly the bounds given', async () => {
    answer = (response) => response.writeHead(200).end();
    const { url } = await asked(async (engine) => {
      const options = { follow: false, tail: 100, since: '12.000000034', until: '56', timestamps: true };
      for await (const chunk of engine.logs('web', options, never))
        throw new Error(`said ${String(chunk.data)}`);
    });
    expect(url).toBe(
      '/v1.45/containers/web/logs?follow=false&timestamps=true&stdout=true&stderr=true&tail=100&since=12.000000034&until=56',
    );
  });

  test('to create puts the name into the query and the rest into the body', async () => {
    answer = (response) =>
      response.writeHead(201, { 'Content-Type': 'application/json' }).end('{"Id":"abc"}');
    const { url, body } = await asked((engine) =>
      engine.createContainer({ image: 'x', name: 'web', command: ['a'], labels: { l: '1' } }, never),
    );
    expect(url).toBe('/v1.45/containers/create?name=web');
    expect(JSON.parse(body)).toMatchObject({ Image: 'x', Cmd: ['a'], Labels: { l: '1' } });
  });

  test('before a version is settled is a ping without one', async () => {
    await asked((engine) => engine.list('network', never));
    expect(seen.map(({ url }) => url)).toEqual(['/_ping', '/v1.45/networks']);
  });
});
