import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { isAlive, processFacts } from './processes.ts';
import { waitFor } from './waitFor.ts';

/** An install may take minutes; whoever comes second waits for it rather than doing it again beside it. */
const LONGEST_INSTALL_MS = 20 * 60_000;

/** Runs `work` while no other process runs work under the same lock file. A dead owner's lock is taken over. */
export async function withLock<T>(lockFile: string, work: () => Promise<T>): Promise<T> {
  mkdirSync(dirname(lockFile), { recursive: true });
  await waitFor({ what: `the lock ${lockFile}`, deadlineMs: LONGEST_INSTALL_MS, everyMs: 100 }, () => {
    if (ownerIsGone(lockFile)) rmSync(lockFile, { force: true });
    return tryTake(lockFile);
  });
  try {
    return await work();
  } finally {
    rmSync(lockFile, { force: true });
  }
}

function tryTake(lockFile: string): boolean {
  const self = processFacts(process.pid);
  if (self === undefined) throw new Error('This process is not in /proc.');
  try {
    writeFileSync(lockFile, `${self.pid} ${self.startTicks}`, { flag: 'wx' });
    return true;
  } catch {
    return false;
  }
}

function ownerIsGone(lockFile: string): boolean {
  try {
    const [pid, startTicks] = readFileSync(lockFile, 'utf8').split(' ');
    // An empty file is an owner that has created it and not written yet.
    if (pid === undefined || startTicks === undefined) return false;
    return !isAlive({ pid: Number(pid), startTicks });
  } catch {
    return false;
  }
}
