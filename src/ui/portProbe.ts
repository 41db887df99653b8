import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';
import type { PortMapping } from '../model/runOptions.ts';

/** Whether nothing on this machine has the port, found out by taking it for a moment; true where that may not be. */
export function isPortFree({ hostIp, hostPort, protocol }: PortMapping): Promise<boolean> {
  const port = Number(hostPort);
  // Without an address the engine takes those of IPv4 first.
  const host = hostIp === '' ? '0.0.0.0' : hostIp;
  if (protocol === 'udp') return isUdpFree(host, port);
  return protocol === 'tcp' ? isTcpFree(host, port) : Promise.resolve(true);
}

function isTcpFree(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error) => {
      resolve(!isTaken(error));
    });
    server.listen({ host, port, exclusive: true }, () => {
      server.close(() => {
        resolve(true);
      });
    });
  });
}

function isUdpFree(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4');
    socket.once('error', (error) => {
      socket.close();
      resolve(!isTaken(error));
    });
    socket.bind({ address: host, port, exclusive: true }, () => {
      socket.close(() => {
        resolve(true);
      });
    });
  });
}

/** Ports below 1024 are refused to most users, and addresses may be those of another machine: that tells nothing. */
function isTaken(error: Error): boolean {
  return 'code' in error && error.code === 'EADDRINUSE';
}
