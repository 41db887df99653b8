import type { LogEvent } from '../../model/log.ts';
import type { SpoolRow } from './block.ts';
import type { Spool } from './spool.ts';
import { DiskFullError, SpoolWriteError } from './spoolWriteError.ts';

/**
 * Appends to a spool that may not be able to write: its disk is full, or its folder must not be written to any more. Then
 * the spool says so in its last row, what comes is held in its order, and whoever reads waits: what is held is what was on
 * its way. Nothing is lost, and nothing goes on, until somebody has mended it and says so.
 */
export class SpoolWriter {
  private readonly spool: Spool;
  private readonly tell: (event: LogEvent) => SpoolRow;
  private held: SpoolRow[] = [];
  private room: PromiseWithResolvers<void> | undefined;
  private problem: SpoolWriteError | undefined;

  constructor(spool: Spool, tell: (event: LogEvent) => SpoolRow) {
    this.spool = spool;
    this.tell = tell;
  }

  /** Why nothing goes on. */
  get halt(): 'diskFull' | 'spoolFailed' | undefined {
    if (this.problem === undefined) return undefined;
    return this.problem instanceof DiskFullError ? 'diskFull' : 'spoolFailed';
  }

  append(row: SpoolRow): void {
    if (this.room === undefined && this.isTaken(row)) return;
    // A copy: the connection's memory is used again.
    this.held.push({ ...row, data: Buffer.from(row.data) });
    if (this.room !== undefined) return;
    this.room = Promise.withResolvers();
    this.tellProblem();
  }

  /** Settles when there is room again; undefined while there is. */
  whenRoom(): Promise<void> | undefined {
    return this.room?.promise;
  }

  /** Somebody says that it can be written to again. */
  tryAgain(): void {
    const { room, halt } = this;
    if (room === undefined) return;
    const isMended = this.isTaken(this.tell({ kind: halt === 'spoolFailed' ? 'spoolWorks' : 'diskRoom' }));
    if (!isMended) return;
    const taken = this.held.findIndex((row) => !this.isTaken(row));
    this.held = taken < 0 ? [] : this.held.slice(taken);
    if (this.held.length > 0) {
      this.tellProblem();
      return;
    }
    this.room = undefined;
    this.problem = undefined;
    room.resolve();
  }

  private tellProblem(): void {
    const { problem } = this;
    if (problem === undefined) return;
    const { folder, reason } = problem;
    this.spool.appendLast(
      this.tell(
        problem instanceof DiskFullError ? { kind: 'diskFull' } : { kind: 'spoolFailed', folder, reason },
      ),
    );
  }

  private isTaken(row: SpoolRow): boolean {
    try {
      this.spool.append(row);
      return true;
    } catch (error) {
      if (!(error instanceof SpoolWriteError)) throw error;
      this.problem = error;
      return false;
    }
  }
}
