import { readdirSync, readFileSync } from 'node:fs';

/**
 * CPU time a process has used up to now, in milliseconds: the scheduler's own count in nanoseconds over all its
 * threads. The ticks of /proc/PID/stat are 10 ms each, as much as the target for a whole event.
 */
export function cpuMs(pid: number): number {
  const threads = `/proc/${pid}/task`;
  let nanoseconds = 0;
  for (const thread of entries(threads)) {
    const [onCpu] = text(`${threads}/${thread}/schedstat`).split(' ');
    nanoseconds += Number(onCpu ?? 0);
  }
  return nanoseconds / 1e6;
}

/** Of a process's first thread alone: in an extension host the one that all extensions share. */
export function cpuMsOfThread(pid: number): number {
  const [onCpu] = text(`/proc/${pid}/task/${pid}/schedstat`).split(' ');
  return Number(onCpu ?? 0) / 1e6;
}

export function cpuMsOfAll(pids: readonly number[]): number {
  return pids.reduce((total, pid) => total + cpuMs(pid), 0);
}

/**
 * Page faults of children that have ended and were waited for: rises with each program a process has run to its
 * end, as no program starts without faults. The kernel's word on whether there was any.
 */
export function faultsOfEndedChildren(pid: number): number {
  const stat = text(`/proc/${pid}/stat`);
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return Number(fields[8] ?? 0) + Number(fields[10] ?? 0);
}

function entries(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** Empty when the thread has ended since the folder was read. */
function text(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
