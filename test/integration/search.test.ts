import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Engine as EnginePort } from '../../src/engine/engine.ts';
import { type SearchServer, startSearchServer } from '../support/searchServer.ts';
import { describeOwnBed, failureOf, kinds, never, patienceMs, Sandbox } from './sandbox.ts';

/* Search by way of real daemons. */

describeOwnBed.each(kinds)('search for images, of the %s engine', (kind) => {
  let sandbox: Sandbox;
  let engine: EnginePort;
  let server: SearchServer;

  beforeAll(async () => {
    sandbox = await Sandbox.open(kind, 'qs-se');
    engine = await sandbox.connect();
    server = await startSearchServer();
  });

  afterAll(async () => {
    server.stop();
    await sandbox.close();
  });

  test('a registry that the term begins with is asked, and its names lead back to it', async () => {
    expect(await engine.searchImages(`${server.address}/app`, never)).toEqual([
      { name: `${server.address}/team/app`, description: 'An app', stars: 7, isOfficial: false },
      { name: `${server.address}/library/app`, description: '', stars: 0, isOfficial: true },
    ]);
    expect(server.asked).toContain('app');
  });

  test(
    'a search that is given up ends',
    async () => {
      const cancel = new AbortController();
      const searching = failureOf(engine.searchImages(`${server.address}/slow`, cancel.signal));
      await expect.poll(() => server.asked.includes('slow'), { timeout: patienceMs }).toBe(true);
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
