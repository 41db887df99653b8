import { readFileSync, readdirSync, readlinkSync } from 'node:fs';
import { basename } from 'node:path';
import { waitFor } from './waitFor.ts';

/** Enough to tell a process from another that gets the same number later. */
export interface ProcessIdentity {
  readonly pid: number;
  readonly startTicks: string;
}

/** What else /proc says of it. */
export interface ProcessFacts extends ProcessIdentity {
  readonly parent: number;
  /** The number of the process that began its session. */
  readonly session: number;
}

/** The facts of a living process; undefined when there is none, or only its zombie. */
export function processFacts(pid: number): ProcessFacts | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name is in brackets and may hold spaces and brackets itself: fields start after the last one.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const [state, parent, , session] = fields;
    const startTicks = fields[19];
    if (parent === undefined || session === undefined || startTicks === undefined) return undefined;
    if (state === 'Z' || state === 'X') return undefined;
    return { pid, parent: Number(parent), session: Number(session), startTicks };
  } catch {
    return undefined;
  }
}

export function commandLine(pid: number): string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').slice(0, -1);
  } catch {
    return [];
  }
}

/** The base name of the program a process runs; empty when it can't be read. */
export function programName(pid: number): string {
  try {
    return basename(readlinkSync(`/proc/${pid}/exe`).replace(/ \(deleted\)$/, ''));
  } catch {
    return '';
  }
}

export function allProcesses(): ProcessFacts[] {
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .map((entry) => processFacts(Number(entry)))
    .filter((facts) => facts !== undefined);
}

/** The process's descendants, children before grandchildren, without the process itself. */
export function descendants(pid: number): ProcessFacts[] {
  const everyone = allProcesses();
  const found: ProcessFacts[] = [];
  let parents = new Set([pid]);
  while (parents.size > 0) {
    const children = everyone.filter((facts) => parents.has(facts.parent));
    found.push(...children);
    parents = new Set(children.map((facts) => facts.pid));
  }
  return found;
}

/** All processes of the session a process began, itself among them: also those whose parent has ended. */
export function processesOfSession(pid: number): ProcessFacts[] {
  return allProcesses().filter(({ session }) => session === pid);
}

export function isAlive(facts: ProcessIdentity): boolean {
  return processFacts(facts.pid)?.startTicks === facts.startTicks;
}

export function sendSignal(facts: ProcessIdentity, signal: NodeJS.Signals): void {
  if (!isAlive(facts)) return;
  try {
    process.kill(facts.pid, signal);
  } catch {
    // It ended between the look and the signal.
  }
}

/** SIGTERM, a wait (none with 0), and SIGKILL for those that did not listen. Resolves when all are gone. */
export async function endProcesses(all: readonly ProcessIdentity[], graceMs: number): Promise<void> {
  if (all.length === 0) return;
  const anyLeft = (): boolean => all.some(isAlive);
  for (const facts of all) sendSignal(facts, 'SIGTERM');
  try {
    await waitFor({ what: 'processes ending', deadlineMs: graceMs }, () => !anyLeft());
  } catch {
    for (const facts of all) sendSignal(facts, 'SIGKILL');
    const pids = all.map((facts) => facts.pid).join(', ');
    await waitFor({ what: `processes ${pids} ending after SIGKILL`, deadlineMs: 10_000 }, () => !anyLeft());
  }
}
