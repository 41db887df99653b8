import { renameSync, rmSync } from 'node:fs';
import { type Server, createServer } from 'node:net';
import { FaultConnection } from './faultConnection.ts';
import type { FaultMode } from './faultMode.ts';
import type { RequestLine } from './requestReader.ts';

export type { FaultMode } from './faultMode.ts';

export interface RecordedRequest extends RequestLine {
  /** Milliseconds since the epoch. */
  readonly at: number;
}

export interface FaultProxy {
  /** The socket to connect to instead of the engine's. */
  readonly socket: string;
  /** The same as DOCKER_HOST wants it. */
  readonly host: string;
  setMode(mode: FaultMode): Promise<void>;
  /** The requests clients have sent since the start or the last `reset`, whatever became of them. */
  requests(): readonly RecordedRequest[];
  /** How many connections clients have opened since then. */
  connections(): number;
  /** How many of the connections are open now. */
  openConnections(): number;
  reset(): void;
  /** Cuts all open connections once, in any mode. */
  dropConnections(): void;
  stop(): Promise<void>;
}

/** Stands between a client and an engine's socket, counts the requests and breaks what a test wants broken. */
export async function startFaultProxy(engineSocket: string, ownSocket: string): Promise<FaultProxy> {
  let mode: FaultMode = { kind: 'pass' };
  let server: Server | undefined;
  let opened = 0;
  const open = new Set<FaultConnection>();
  let recorded: RecordedRequest[] = [];

  const listen = async (): Promise<void> => {
    rmSync(ownSocket, { force: true });
    server = createServer({ allowHalfOpen: true }, (client) => {
      opened += 1;
      open.add(
        new FaultConnection(client, {
          engineSocket,
          mode: () => mode,
          record: (request) => recorded.push({ ...request, at: Date.now() }),
          ended: (connection) => open.delete(connection),
        }),
      );
    });
    await new Promise<void>((resolve, reject) => {
      server?.once('error', reject);
      server?.listen(ownSocket, resolve);
    });
  };

  const stopListening = async (leaveFile: boolean): Promise<void> => {
    const closing = server;
    server = undefined;
    if (closing !== undefined) {
      // Closing a server deletes its socket file. Put aside meanwhile, the file stays and refuses connections.
      const aside = `${ownSocket}.aside`;
      if (leaveFile) renameSync(ownSocket, aside);
      await new Promise<void>((resolve) => {
        closing.close(() => resolve());
        for (const connection of [...open]) connection.destroy();
      });
      if (leaveFile) renameSync(aside, ownSocket);
    }
    if (!leaveFile) rmSync(ownSocket, { force: true });
  };

  await listen();
  return {
    socket: ownSocket,
    host: `unix://${ownSocket}`,
    setMode: async (next) => {
      mode = next;
      const away = next.kind === 'refuse' || next.kind === 'absent';
      // Refusing too needs the file of a socket that was listened on.
      if (next.kind !== 'absent' && server === undefined) await listen();
      if (away) await stopListening(next.kind === 'refuse');
      for (const connection of [...open]) connection.applyMode();
    },
    requests: () => recorded,
    connections: () => opened,
    openConnections: () => open.size,
    reset: () => {
      recorded = [];
      opened = 0;
    },
    dropConnections: () => {
      for (const connection of [...open]) connection.destroy();
    },
    stop: () => stopListening(false),
  };
}
