import type { HistoryPhase, LogState } from '../../model/log.ts';

/** Asks for what is older than the first row: some of it when the reader comes near, all when it must be known. */
export class HistoryWish {
  private readonly tell: (isAll: boolean) => void;
  private phase: HistoryPhase | undefined;
  private wantsAll = false;
  private toldFor: string | undefined;
  private toldAll = false;

  constructor(tell: (isAll: boolean) => void) {
    this.tell = tell;
  }

  /** The log is another one. */
  restart(): void {
    this.phase = undefined;
    this.toldFor = undefined;
    this.toldAll = false;
  }

  update({ history: { phase } }: LogState): void {
    if (phase === this.phase) return;
    // What was in the way is gone: the same may be asked for again.
    if (this.phase === 'unreachable') this.toldFor = undefined;
    this.phase = phase;
    this.toldAll = false;
    if (this.wantsAll) this.all();
  }

  /** Once for each first row there is. */
  near({ history: { phase }, showId, extent: { firstRow } }: LogState): void {
    const extent = `${String(showId)} ${String(firstRow)}`;
    if (phase !== 'partial' || this.toldFor === extent || this.toldAll) return;
    this.toldFor = extent;
    this.tell(false);
  }

  all(): void {
    this.wantsAll = true;
    if (this.phase !== 'partial' || this.toldAll) return;
    this.toldAll = true;
    this.tell(true);
  }

  /** What went wrong is tried again. */
  again(): void {
    this.tell(this.wantsAll);
  }
}
