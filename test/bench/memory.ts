import { readFileSync } from 'node:fs';

/** Memory of several processes in MB, what they share counted once (each one's proportional share). */
export function pssMb(pids: readonly number[]): number {
  return pids.reduce((total, pid) => total + pssKb(pid), 0) / 1024;
}

function pssKb(pid: number): number {
  try {
    const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
    return Number(/^Pss:\s+(\d+) kB$/m.exec(rollup)?.[1] ?? 0);
  } catch {
    // It ended, or is a thread of the kernel's.
    return 0;
  }
}
