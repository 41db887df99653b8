import { type Duplex, Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type Docker from 'dockerode';
import type { ExecSession, ExecSpec, OutputChunk } from '../engine.ts';
import type { Connection } from './connection.ts';
import { toEngineError } from './dockerErrors.ts';
import { readExecOutput } from './execOutput.ts';
import { readOutput } from './output.ts';
import { number, object } from '../../base/json.ts';

/**
 * Engines look for keys that detach, and keep back the first of them until the next one is typed: by default Ctrl+P,
 * which shells need themselves. There is no way to have none.
 */
const detachKeys = 'ctrl-^,ctrl-^,ctrl-^,ctrl-^';

/** Starts a command inside a container over one raw connection. */
export async function startExec(
  connection: Connection,
  containerId: string,
  spec: ExecSpec,
  signal: AbortSignal,
): Promise<ExecSession> {
  const { tty } = spec;
  const isTerminal = tty !== undefined;
  const hasInput = isTerminal || spec.input !== undefined;
  const takesSize = connection.speaks('1.42');
  const create = {
    Cmd: [...spec.command],
    Tty: isTerminal,
    AttachStdin: hasInput,
    AttachStdout: true,
    AttachStderr: true,
    ...(isTerminal ? { DetachKeys: detachKeys } : {}),
    ...(isTerminal && takesSize ? { ConsoleSize: [tty.rows, tty.columns] as [number, number] } : {}),
    ...(spec.user === undefined ? {} : { User: spec.user }),
    ...(spec.workingDir === undefined ? {} : { WorkingDir: spec.workingDir }),
    ...(spec.env === undefined ? {} : { Env: [...spec.env] }),
  };
  const exec: Docker.Exec = await connection.quick(signal).getContainer(containerId).exec(create);
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
  const exitCode = async (): Promise<number | undefined> => {
    const state = object(await connection.quick(signal).getExec(exec.id).inspect().catch(rethrow));
    return state['Running'] === true ? undefined : number(state['ExitCode']);
  };
  const raw = readOutput(socket, isTerminal);
  const output = isTerminal ? readExecOutput(raw, exitCode) : raw;
  return {
    output: isTerminal && !takesSize ? await sized(output, resize(tty.columns, tty.rows)) : output,
    write(data) {
      socket.write(data);
    },
    resize: (columns, rows) => resize(columns, rows).catch(rethrow),
    exitCode,
    close() {
      socket.destroy();
    },
  };
}

/**
 * Older engines take a size only once the command runs, and wait ten seconds for one that never will: what it says, or
 * that it is over, ends the wait.
 */
async function sized(
  output: AsyncGenerator<OutputChunk>,
  resized: Promise<void>,
): Promise<AsyncGenerator<OutputChunk>> {
  const first = output.next();
  first.catch(() => undefined);
  const isResized = resized.catch(() => undefined);
  const failed = first.then(
    ({ done }) => (done === true ? undefined : isResized),
    () => undefined,
  );
  await Promise.race([isResized, failed]);
  return (async function* () {
    const result = await first;
    if (result.done === true) return;
    yield result.value;
    yield* output;
  })();
}

function rethrow(error: unknown): never {
  throw toEngineError(error);
}
