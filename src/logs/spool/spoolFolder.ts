import { randomUUID } from 'node:crypto';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** A name that nobody has, for one log's spool; it begins with the id of the process that will use it. */
export function newSpoolFolder(root: string): string {
  return join(root, `${String(process.pid)}-${randomUUID()}`);
}

/** Removes what processes that are gone have left: a window that crashed could not tidy up. Never rejects. */
export async function removeLeftSpools(root: string): Promise<void> {
  const names = await readdir(root).catch(() => []);
  const left = names.filter((name) => /^\d+-/.test(name) && !isAlive(Number.parseInt(name, 10)));
  await Promise.allSettled(left.map((name) => rm(join(root, name), { recursive: true, force: true })));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It is somebody else's, but it is there.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
