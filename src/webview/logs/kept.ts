import { noFilter } from '../../model/log.ts';
import { type LogsPageState, newPageRequest } from '../../protocol/logs.ts';

/** What outlives a reload of the window. */
export type Kept = Omit<LogsPageState, 'version' | 'target'>;

/** Of a page that nobody has used yet. */
export const keptByNewPage: Kept = {
  wrap: false,
  timestamps: 'local',
  histogram: true,
  find: { pattern: '', isRegex: false, matchCase: false },
  filter: noFilter,
  isFolding: newPageRequest.show.isFolding,
  isRaw: false,
  columns: [],
  onlyColumns: false,
};

/** How the reader has the page, now and after a reload of the window. */
export class KeptState {
  private readonly onKept: (kept: Kept) => void;
  private current: Kept;

  constructor(kept: Kept, onKept: (kept: Kept) => void) {
    this.onKept = onKept;
    this.current = kept;
  }

  get now(): Kept {
    return this.current;
  }

  keep(part: Partial<Kept>): void {
    const { wrap, timestamps, histogram, find, filter, isFolding, isRaw, columns, onlyColumns } = {
      ...this.current,
      ...part,
    };
    this.current = { wrap, timestamps, histogram, find, filter, isFolding, isRaw, columns, onlyColumns };
    this.onKept(this.current);
  }
}
