import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Engine as EnginePort } from '../../src/engine/engine.ts';
import { describeOwnBed, failureOf, kinds, never, patienceMs, Sandbox } from './sandbox.ts';

/*
 * Search by way of real daemons. Docker Hub is out of reach for tests, and no registry that can be run here has its
 * search: the answer is one of the documented form of `/v1/search`, served on loopback.
 */

const answer = {
  num_results: 2,
  query: 'app',
  results: [
    { name: 'team/app', description: 'An app', star_count: 7, is_official: false, is_automated: false },
    { name: 'library/app', description: '', star_count: 0, is_official: true, is_automated: false },
  ],
};

describeOwnBed.each(kinds)('search for images, of the %s engine', (kind) => {
  let sandbox: Sandbox;
  let engine: EnginePort;
  let server: Server;
  let address: string;
  const asked: string[] = [];

  beforeAll(async () => {
    sandbox = await Sandbox.open(kind, 'qs-se');
    engine = await sandbox.connect();
    server = createServer((request, response) => {
      const url = new URL(request.url ?? '/', 'http://registry');
      response.setHeader('Content-Type', 'application/json');
      response.setHeader('X-Docker-Registry-Version', '0.9.1');
      response.setHeader('X-Docker-Registry-Standalone', 'true');
      if (url.pathname === '/v1/_ping') response.end('{"standalone":true}');
      else if (url.pathname !== '/v1/search') response.writeHead(404).end('{}');
      else {
        const term = url.searchParams.get('q') ?? '';
        asked.push(term);
        // One term is never answered, for a search that is given up.
        if (term !== 'slow') response.end(JSON.stringify(answer));
      }
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    address = `127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  });

  afterAll(async () => {
    server.closeAllConnections();
    server.close();
    await sandbox.close();
  });

  test('a registry that the term begins with is asked, and its names lead back to it', async () => {
    expect(await engine.searchImages(`${address}/app`, never)).toEqual([
      { name: `${address}/team/app`, description: 'An app', stars: 7, isOfficial: false },
      { name: `${address}/library/app`, description: '', stars: 0, isOfficial: true },
    ]);
    expect(asked).toContain('app');
  });

  test(
    'a search that is given up ends',
    async () => {
      const cancel = new AbortController();
      const searching = failureOf(engine.searchImages(`${address}/slow`, cancel.signal));
      await expect.poll(() => asked.includes('slow'), { timeout: patienceMs }).toBe(true);
      cancel.abort();
      expect(await searching).toMatchObject({ reason: 'cancelled' });
    },
    patienceMs,
  );

  test('a registry that is not there is said', async () => {
    const failure = await failureOf(engine.searchImages('127.0.0.1:9/app', never));
    expect(failure).toMatchObject({ problem: 'unreachable' });
  });
});
