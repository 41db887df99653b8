/** What was read can't be put on the disk. `reason`: what the system says. */
export class SpoolWriteError extends Error {
  readonly folder: string;
  readonly reason: string;

  constructor(folder: string, reason: string, cause: unknown) {
    super(`${folder}: ${reason}`, { cause });
    this.name = 'SpoolWriteError';
    this.folder = folder;
    this.reason = reason;
  }
}

/** The disk, or what this user may have of it, is full. */
export class DiskFullError extends SpoolWriteError {
  constructor(folder: string, cause: unknown) {
    super(folder, 'the disk is full', cause);
    this.name = 'DiskFullError';
  }
}

/** Does something that writes to a folder; whatever goes wrong is a `SpoolWriteError`. */
export function writingTo<T>(folder: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOSPC' || code === 'EDQUOT') throw new DiskFullError(folder, error);
    // “EACCES: permission denied, open '/…'”: the call and the file help nobody beside the folder.
    const reason = error instanceof Error ? error.message.replace(/, \w+( '.*')?$/, '') : String(error);
    throw new SpoolWriteError(folder, reason, error);
  }
}
