import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createServer as createSocketServer, type Server as SocketServer } from 'node:net';
import { once } from 'node:events';
import { afterEach, expect, test } from 'vitest';
import { exchange, exchangeWithin } from '../../../src/registry/http.ts';

/* The one adapter of the network, against sockets of this machine. */

const never = new AbortController().signal;
let server: Server | SocketServer | undefined;

afterEach(async () => {
  if (server === undefined) return;
  if ('closeAllConnections' in server) server.closeAllConnections();
  server.close();
  await once(server, 'close');
  server = undefined;
});

async function listen(made: Server | SocketServer): Promise<URL> {
  server = made;
  made.listen(0, '127.0.0.1');
  await once(made, 'listening');
  const { port } = made.address() as AddressInfo;
  return new URL(`http://127.0.0.1:${String(port)}/`);
}

const serve = (listener: RequestListener): Promise<URL> => listen(createServer(listener));

function get(url: URL, signal = never, maxBytes = 1000) {
  return exchange({ method: 'GET', url, headers: {}, maxBytes }, signal);
}

test('an answer comes whole, with its status and headers', async () => {
  const url = await serve((_request, response) => {
    response.writeHead(418, { link: 'x' });
    response.write('one ');
    response.end('two');
  });
  const { status, headers, body } = await get(url);
  expect([status, headers['link'], body.toString()]).toEqual([418, 'x', 'one two']);
});

test('a body is sent with its length in bytes', async () => {
  const url = await serve((request, response) => {
    request.pipe(response.writeHead(200, { length: request.headers['content-length'] }));
  });
  const answer = await exchange({ method: 'POST', url, headers: {}, body: 'ä', maxBytes: 10 }, never);
  expect([answer.headers['length'], answer.body.toString()]).toEqual(['2', 'ä']);
});

test.each(['before', 'after'])('an abort %s the answer begins closes the socket', async (when) => {
  const arrived = Promise.withResolvers<undefined>();
  const closed = Promise.withResolvers<undefined>();
  const url = await serve((request, response) => {
    request.socket.once('close', () => {
      closed.resolve(undefined);
    });
    if (when === 'after') response.write('a part');
    arrived.resolve(undefined);
  });
  const abort = new AbortController();
  const answer = get(url, abort.signal);
  await arrived.promise;
  abort.abort();
  await expect(answer).rejects.toMatchObject({ name: 'CancelledError' });
  await closed.promise;
});

test('an answer without an end is given up, and its socket closed', async () => {
  const closed = Promise.withResolvers<undefined>();
  const url = await serve((request, response) => {
    request.socket.once('close', () => {
      closed.resolve(undefined);
    });
    const more = (): void => {
      if (response.write('x'.repeat(500))) setImmediate(more);
      else response.once('drain', more);
    };
    more();
  });
  await expect(get(url)).rejects.toMatchObject({ trouble: 'oversized' });
  await closed.promise;
});

test('a server that says nothing is given up in time', async () => {
  const url = await serve(() => undefined);
  const request = { method: 'GET', url, headers: {}, maxBytes: 10 } as const;
  await expect(exchangeWithin(30, request, never)).rejects.toMatchObject({ trouble: 'silent' });
});

test('what is no HTTP is foreign', async () => {
  const url = await listen(createSocketServer((socket) => socket.resume().end('SSH-2.0-OpenSSH_9\r\n')));
  await expect(get(url)).rejects.toMatchObject({ trouble: 'foreign' });
});

test('a server without TLS is told from one that is not there', async () => {
  const url = await serve((_request, response) => response.end());
  await expect(get(new URL(url.href.replace('http:', 'https:')))).rejects.toMatchObject({
    trouble: 'notTls',
  });
  const { port } = url;
  await new Promise((resolve) => server?.close(resolve));
  server = undefined;
  await expect(get(new URL(`http://127.0.0.1:${port}/`))).rejects.toMatchObject({ trouble: 'unreachable' });
});
