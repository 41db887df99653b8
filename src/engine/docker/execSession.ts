import { type Duplex, Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type Docker from 'dockerode';
import type { ExecSession, ExecSpec } from '../engine.ts';
import type { Connection } from './connection.ts';
import { toEngineError } from './dockerErrors.ts';
import { readOutput } from './output.ts';
import { number, object } from '../../base/json.ts';

/** Starts a command inside a container over one raw connection. */
export async function startExec(
  connection: Connection,
  containerId: string,
  spec: ExecSpec,
  signal: AbortSignal,
): Promise<ExecSession> {
  const isTerminal = spec.tty !== undefined;
  const hasInput = isTerminal || spec.input !== undefined;
  const exec: Docker.Exec = await connection
    .quick(signal)
    .getContainer(containerId)
    .exec({
      Cmd: [...spec.command],
      Tty: isTerminal,
      AttachStdin: hasInput,
      AttachStdout: true,
      AttachStderr: true,
      ...(spec.user === undefined ? {} : { User: spec.user }),
      ...(spec.workingDir === undefined ? {} : { WorkingDir: spec.workingDir }),
      ...(spec.env === undefined ? {} : { Env: [...spec.env] }),
    });
  const socket: Duplex = await connection
    .patient(signal)
    .getExec(exec.id)
    .start({ hijack: true, stdin: hasInput, Tty: isTerminal });
  // What fails here, the reader of the output sees too.
  if (spec.input !== undefined)
    pipeline(Readable.from(spec.input), socket, { end: false }).catch(() => undefined);
  const resize = async (columns: number, rows: number): Promise<void> => {
    await connection.quick(signal).getExec(exec.id).resize({ w: columns, h: rows });
  };
  // Engines take a size only once the command runs; a terminal that is over by then needs none.
  if (spec.tty !== undefined) await resize(spec.tty.columns, spec.tty.rows).catch(() => undefined);
  return {
    output: readOutput(socket, isTerminal),
    write(data) {
      socket.write(data);
    },
    resize: (columns, rows) =>
      resize(columns, rows).catch((error: unknown) => {
        throw toEngineError(error);
      }),
    async exitCode() {
      const state = object(await connection.quick(signal).getExec(exec.id).inspect().catch(rethrow));
      return state['Running'] === true ? undefined : number(state['ExitCode']);
    },
    close() {
      socket.destroy();
    },
  };
}

function rethrow(error: unknown): never {
  throw toEngineError(error);
}
