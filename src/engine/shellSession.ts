import { RunError } from '../model/runError.ts';
import type { Engine, ExecSession, ExecSpec, OutputChunk } from './engine.ts';

/** In the environment of a shell and all that it starts: by it they are found again. */
const mark = 'QUAYSIDE_SHELL';

/** As a terminal does that is closed. There may be no grep; then what was typed has to do. */
const hangUp = `for p in /proc/[0-9]*; do grep -qs "$1" "$p/environ" && kill -HUP "\${p#/proc/}"; done 2>/dev/null; true`;

const hangUpMs = 10_000;

export interface ShellSpec extends Omit<ExecSpec, 'command' | 'env'> {
  readonly tty: NonNullable<ExecSpec['tty']>;
  /** Each tried where those before it are not there. */
  readonly commands: readonly (readonly string[])[];
  /** Unique. */
  readonly id: string;
}

/**
 * A shell at a terminal, which goes with its connection. Its output rejects with the `RunError` of the last command where
 * none could be run.
 */
export async function startShell(
  engine: Engine,
  containerId: string,
  { commands, id, ...spec }: ShellSpec,
  signal: AbortSignal,
): Promise<ExecSession> {
  const env = ['TERM=xterm-256color', 'COLORTERM=truecolor', `${mark}=${id}`];
  const start = (command: readonly string[]): Promise<ExecSession> =>
    engine.exec(containerId, { ...spec, command, env }, signal);
  const [first = ['sh'], ...others] = commands;
  let size = spec.tty;
  let current = await start(first);
  let isOver = false;

  async function* output(): AsyncGenerator<OutputChunk> {
    const left = [...others];
    for (;;) {
      try {
        yield* current.output;
        isOver = true;
        return;
      } catch (error) {
        const next = isMissing(error) ? left.shift() : undefined;
        isOver = next === undefined && error instanceof RunError;
        if (next === undefined) throw error;
        current = await start(next);
        await current.resize(size.columns, size.rows).catch(() => undefined);
      }
    }
  }

  return {
    output: output(),
    write(data) {
      current.write(data);
    },
    resize(columns, rows) {
      size = { columns, rows };
      return current.resize(columns, rows);
    },
    exitCode: () => current.exitCode(),
    close() {
      // A connection that is closed alone leaves the shell running, and all that runs in it.
      if (!isOver) current.write('\u0003\u0004');
      current.close();
      if (!isOver) void endLeftover(engine, containerId, id, spec.user);
    },
  };
}

async function endLeftover(
  engine: Engine,
  containerId: string,
  id: string,
  user: string | undefined,
): Promise<void> {
  const command = ['sh', '-c', hangUp, 'sh', `${mark}=${id}`];
  const spec = { command, ...(user === undefined ? {} : { user }) };
  try {
    const session = await engine.exec(containerId, spec, AbortSignal.timeout(hangUpMs));
    for await (const _chunk of session.output);
  } catch {
    // The container, or the engine, has gone, and the shell with it.
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof RunError && ['commandMissing', 'commandDenied'].includes(error.problem);
}
