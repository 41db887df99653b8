import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type ProcessIdentity, isAlive, processFacts } from './processes.ts';

export interface DaemonLaunch {
  readonly program: string;
  readonly args: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  /** Everything the daemon prints is appended here. */
  readonly logFile: string;
  /** Process number and start time, so that a later run never signals a stranger who got the number. */
  readonly pidFile: string;
}

/** Starts a process that survives this one, in a session of its own; it is only ever stopped by its number. */
export async function launchDaemon(launch: DaemonLaunch): Promise<ProcessIdentity> {
  const log = openSync(launch.logFile, 'a');
  try {
    const child = spawn(launch.program, [...launch.args], {
      env: launch.env ?? process.env,
      cwd: launch.cwd,
      detached: true,
      stdio: ['ignore', log, log],
    });
    await new Promise<void>((resolve, reject) => {
      child.once('spawn', resolve);
      child.once('error', reject);
    });
    child.unref();
    const facts = child.pid === undefined ? undefined : processFacts(child.pid);
    if (facts === undefined) throw new Error(`${launch.program} ended at once: ${logTail(launch.logFile)}`);
    writeFileSync(launch.pidFile, JSON.stringify({ pid: facts.pid, startTicks: facts.startTicks }));
    return facts;
  } finally {
    closeSync(log);
  }
}

/** The process a pid file speaks of, whether it lives or not; undefined when the file is missing or broken. */
export function savedProcess(pidFile: string): ProcessIdentity | undefined {
  try {
    const saved: unknown = JSON.parse(readFileSync(pidFile, 'utf8'));
    if (typeof saved !== 'object' || saved === null || !('pid' in saved) || !('startTicks' in saved))
      return undefined;
    if (typeof saved.pid !== 'number' || typeof saved.startTicks !== 'string') return undefined;
    return { pid: saved.pid, startTicks: saved.startTicks };
  } catch {
    return undefined;
  }
}

/** The same, only if it lives. */
export function processOfPidFile(pidFile: string): ProcessIdentity | undefined {
  const saved = savedProcess(pidFile);
  return saved !== undefined && isAlive(saved) ? saved : undefined;
}

export function forgetPidFile(pidFile: string): void {
  rmSync(pidFile, { force: true });
}

/** The last lines of a log, for an error message. */
export function logTail(logFile: string, lines = 6): string {
  try {
    return readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-lines).join('\n');
  } catch {
    return `(no log at ${logFile})`;
  }
}
