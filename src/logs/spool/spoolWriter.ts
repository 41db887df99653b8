import type { SpoolRow } from './block.ts';
import { DiskFullError } from './diskFull.ts';
import type { Spool } from './spool.ts';

/**
 * Appends to a spool whose disk may be full. Then the spool says so in its last row, what comes is held in its order, and
 * whoever reads waits: what is held is what was on its way. Nothing is lost, and nothing goes on, until somebody has made
 * room and says so.
 */
export class SpoolWriter {
  private readonly spool: Spool;
  private readonly tell: (kind: 'diskFull' | 'diskRoom') => SpoolRow;
  private held: SpoolRow[] = [];
  private room: PromiseWithResolvers<void> | undefined;

  constructor(spool: Spool, tell: (kind: 'diskFull' | 'diskRoom') => SpoolRow) {
    this.spool = spool;
    this.tell = tell;
  }

  get isFull(): boolean {
    return this.room !== undefined;
  }

  append(row: SpoolRow): void {
    if (this.room === undefined && this.isTaken(row)) return;
    // A copy: the connection's memory is used again.
    this.held.push({ ...row, data: Buffer.from(row.data) });
    if (this.room !== undefined) return;
    this.room = Promise.withResolvers();
    this.spool.appendLast(this.tell('diskFull'));
  }

  /** Settles when there is room again; undefined while there is. */
  whenRoom(): Promise<void> | undefined {
    return this.room?.promise;
  }

  /** Somebody says that there is room. */
  tryAgain(): void {
    const { room } = this;
    if (room === undefined || !this.isTaken(this.tell('diskRoom'))) return;
    const taken = this.held.findIndex((row) => !this.isTaken(row));
    this.held = taken < 0 ? [] : this.held.slice(taken);
    if (this.held.length > 0) {
      this.spool.appendLast(this.tell('diskFull'));
      return;
    }
    this.room = undefined;
    room.resolve();
  }

  private isTaken(row: SpoolRow): boolean {
    try {
      this.spool.append(row);
      return true;
    } catch (error) {
      if (error instanceof DiskFullError) return false;
      throw error;
    }
  }
}
