/** The disk, or what this user may have of it, is full. */
export class DiskFullError extends Error {
  constructor(cause: unknown) {
    super('the disk is full', { cause });
    this.name = 'DiskFullError';
  }
}

/** Does something that takes room on the disk. Throws `DiskFullError` when there is none, else what it throws. */
export function takingRoom<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    throw code === 'ENOSPC' || code === 'EDQUOT' ? new DiskFullError(error) : error;
  }
}
