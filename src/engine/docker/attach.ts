import type { Duplex } from 'node:stream';
import type { AttachedContainer } from '../engine.ts';
import type { Connection } from './connection.ts';
import { toEngineError } from './dockerErrors.ts';
import { readOutput } from './output.ts';

/** A raw connection to what a container's own process reads and writes, from now on. */
export async function attach(
  connection: Connection,
  id: string,
  { hasTerminal, takesInput }: Pick<AttachedContainer, 'hasTerminal' | 'takesInput'>,
  signal: AbortSignal,
): Promise<AttachedContainer> {
  const options = { stream: true, stdin: true, stdout: true, stderr: true, hijack: true };
  const stream: unknown = await connection.patient(signal).getContainer(id).attach(options);
  const socket = stream as Duplex;
  return {
    hasTerminal,
    takesInput,
    output: readOutput(socket, hasTerminal),
    write(data) {
      socket.write(data);
    },
    async resize(columns, rows) {
      try {
        await connection.quick(signal).getContainer(id).resize({ w: columns, h: rows });
      } catch (error) {
        throw toEngineError(error);
      }
    },
    close() {
      socket.destroy();
    },
  };
}
