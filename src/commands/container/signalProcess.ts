import type { Engine, Process } from '../../engine/engine.ts';
import { CommandFailure } from '../commandFailure.ts';
import type { Deps } from '../deps.ts';

/** The first is what `kill` sends by itself. */
const signals = ['SIGTERM', 'SIGKILL', 'SIGINT', 'SIGHUP', 'SIGQUIT', 'SIGUSR1', 'SIGUSR2'] as const;

/**
 * The ids of an engine's list are those of its machine: inside, the same processes have others. So a shell tells what
 * runs inside, and one is the other when it has the same command line and the same place among those that have it.
 */
const listInside =
  'printf %s "$$"; for p in /proc/[0-9]*; do printf "\\001%s\\001" "${p#/proc/}"; cat "$p/cmdline" 2>/dev/null; done';

export interface SignalTarget {
  readonly id: string;
  readonly name: string;
  /** On the engine's machine. */
  readonly mainPid: number;
}

/** Asks which signal, and sends it to one process of a container; false when the user turned away. */
export async function signalProcess(
  { t, prompts }: Pick<Deps, 't' | 'prompts'>,
  engine: Engine,
  { id, mainPid }: SignalTarget,
  process: Pick<Process, 'pid' | 'command'>,
  signal: AbortSignal,
): Promise<boolean> {
  const { pid } = process;
  const isMain = pid === String(mainPid);
  const chosen = await prompts.pickOne(
    isMain
      ? t('Which signal for process {pid}, the main one of the container?', { pid })
      : t('Which signal for process {pid}?', { pid }),
    signals.map((each) => ({ value: each, label: each })),
  );
  if (chosen === undefined) return false;
  // The engine itself can reach that one, in a container without a shell too.
  if (isMain) await engine.killContainer(id, chosen, signal);
  else {
    const outside = await engine.processes(id, signal);
    const inside = await run(engine, id, ['sh', '-c', listInside], signal);
    if (inside.exitCode === 126 || inside.exitCode === 127)
      throw new CommandFailure(
        'unsupported',
        t('There is no shell in the container, so that only its main process ({pid}) can be sent a signal.', {
          pid: mainPid,
        }),
      );
    const innerPid = pidInside(outside, inside.output, process);
    if (innerPid === undefined)
      throw new CommandFailure(
        'notFound',
        t('Process {pid} could not be found inside the container. It may have ended; look again.', { pid }),
      );
    const sent = await run(
      engine,
      id,
      ['sh', '-c', 'kill -s "$1" "$2"', 'sh', chosen.slice('SIG'.length), innerPid],
      signal,
    );
    if (sent.exitCode !== 0)
      throw new CommandFailure(
        'unexpected',
        t('{signal} could not be sent to process {pid}: {said}', {
          signal: chosen,
          pid,
          said: sent.output.trim(),
        }),
      );
  }
  return true;
}

/** Undefined where it can't be told for sure. */
export function pidInside(
  outside: readonly Pick<Process, 'pid' | 'command'>[],
  listed: string,
  { pid, command }: Pick<Process, 'pid' | 'command'>,
): string | undefined {
  const [own, ...rest] = listed.split('\u0001');
  const inside: { readonly pid: string; readonly command: string }[] = [];
  for (let at = 0; at + 1 < rest.length; at += 2)
    inside.push({ pid: rest[at] ?? '', command: (rest[at + 1] ?? '').replaceAll('\0', ' ') });
  const alike = (all: readonly Pick<Process, 'pid' | 'command'>[]): readonly string[] =>
    all
      .filter((each) => each.command.trim() === command.trim() && each.pid !== own)
      .map((each) => each.pid)
      .sort((a, b) => Number(a) - Number(b));
  // Whoever has the shell's own id outside is another one.
  const those = outside.filter((each) => each.command.trim() === command.trim()).map((each) => each.pid);
  const place = [...those].sort((a, b) => Number(a) - Number(b)).indexOf(pid);
  const same = alike(inside);
  return place < 0 || same.length !== those.length ? undefined : same[place];
}

async function run(
  engine: Engine,
  id: string,
  command: readonly string[],
  signal: AbortSignal,
): Promise<{ readonly output: string; readonly exitCode: number }> {
  const session = await engine.exec(id, { command, user: '0' }, signal);
  const decoder = new TextDecoder();
  let output = '';
  try {
    for await (const { data } of session.output) output += decoder.decode(data, { stream: true });
    return { output, exitCode: (await session.exitCode()) ?? 0 };
  } finally {
    session.close();
  }
}
