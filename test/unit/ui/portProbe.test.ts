import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { isPortFree } from '../../../src/ui/portProbe.ts';

const at = (port: number, protocol: 'tcp' | 'udp' | 'sctp', hostIp = '127.0.0.1') =>
  isPortFree({ hostIp, hostPort: String(port), containerPort: 1, protocol });

test('a port of this machine is taken while somebody listens on it, for its protocol', async () => {
  const server = createServer();
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' ? (address?.port ?? 0) : 0);
    });
  });
  expect(await at(port, 'tcp')).toBe(false);
  expect(await at(port, 'tcp', '')).toBe(false);
  expect(await at(port, 'sctp')).toBe(true);
  await new Promise((resolve) => server.close(resolve));
  expect(await at(port, 'tcp')).toBe(true);
});

test('so is one of UDP', async () => {
  const socket = createSocket('udp4');
  const port = await new Promise<number>((resolve) => {
    socket.bind({ address: '127.0.0.1', port: 0 }, () => {
      resolve(socket.address().port);
    });
  });
  expect(await at(port, 'udp')).toBe(false);
  await new Promise<void>((resolve) => {
    socket.close(() => {
      resolve();
    });
  });
  expect(await at(port, 'udp')).toBe(true);
});

test('an address of another machine tells nothing', async () => {
  expect(await at(18_499, 'tcp', '192.0.2.1')).toBe(true);
});
