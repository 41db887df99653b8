import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface SearchServer {
  /** `127.0.0.1:<port>`, as it stands in front of a term. */
  readonly address: string;
  /** The terms it was asked for. One, `slow`, is never answered. */
  readonly asked: readonly string[];
  stop(): void;
}

const answer = {
  num_results: 2,
  query: 'app',
  results: [
    { name: 'team/app', description: 'An app', star_count: 7, is_official: false, is_automated: false },
    { name: 'library/app', description: '', star_count: 0, is_official: true, is_automated: false },
  ],
};

/**
 * What a daemon asks when it searches a registry. Docker Hub is out of reach for tests, and no registry that can be run
 * here has its search: the answer is one of the documented form of `/v1/search`.
 */
export async function startSearchServer(): Promise<SearchServer> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://registry');
    response.setHeader('Content-Type', 'application/json');
    response.setHeader('X-Docker-Registry-Version', '0.9.1');
    response.setHeader('X-Docker-Registry-Standalone', 'true');
    if (url.pathname === '/v1/_ping') response.end('{"standalone":true}');
    else if (url.pathname !== '/v1/search') response.writeHead(404).end('{}');
    else {
      const term = url.searchParams.get('q') ?? '';
      asked.push(term);
      if (term !== 'slow') response.end(JSON.stringify(answer));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    asked,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
