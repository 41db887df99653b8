import { readFileSync } from 'node:fs';
import { tryCommand } from './command.ts';
import {
  type ProcessFacts,
  allProcesses,
  commandLine,
  descendants,
  endProcesses,
  programName,
} from './processes.ts';

const ENGINE_PROGRAMS = /^(dockerd|containerd|containerd-shim(-runc-v[12])?)$/;

/**
 * The processes an engine in `folder` left behind: those of its programs that were started with a path below that
 * folder, and the containers below its shims.
 */
export function processesOfEngine(folder: string): ProcessFacts[] {
  const programs = allProcesses().filter(
    ({ pid }) =>
      ENGINE_PROGRAMS.test(programName(pid)) &&
      commandLine(pid).some((argument) => argument.includes(`${folder}/`)),
  );
  const all = new Map<number, ProcessFacts>();
  for (const facts of programs) {
    for (const below of descendants(facts.pid)) all.set(below.pid, below);
    all.set(facts.pid, facts);
  }
  return [...all.values()];
}

/** The engine's containerd alone; a daemon that was killed may leave it behind for a moment. */
export function containerdOfEngine(folder: string): ProcessFacts[] {
  return processesOfEngine(folder).filter(({ pid }) => programName(pid) === 'containerd');
}

/** Ends what still runs and unmounts what is still mounted below an engine's folder. */
export async function clearLeftovers(folder: string): Promise<void> {
  const processes = processesOfEngine(folder);
  if (processes.length > 0) await endProcesses(processes, 0);
  for (const mount of mountsBelow(folder)) {
    const first = await tryCommand('umount', [mount]);
    if (first.code !== 0) await tryCommand('umount', ['--lazy', mount]);
  }
}

/** Mount points below a folder, the deepest and latest first. */
function mountsBelow(folder: string): string[] {
  return readFileSync('/proc/self/mounts', 'utf8')
    .split('\n')
    .map((line) => line.split(' ')[1] ?? '')
    .map((path) =>
      path.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8))),
    )
    .filter((path) => path.startsWith(`${folder}/`))
    .reverse();
}
