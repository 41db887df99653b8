import type { MarkedRow } from '../../model/log.ts';
import type { LogList } from './list.ts';

/** The row that a key of one row is meant for: the one that was clicked or jumped to, else the first on screen. */
export class Pointed {
  private readonly list: LogList;
  private number: number | undefined;

  constructor(list: LogList) {
    this.list = list;
    list.rows.body.addEventListener('click', ({ target, shiftKey }) => {
      // With Shift the click goes on from the row that is pointed at: see Selection.
      if (shiftKey) return;
      const row = target instanceof Node ? list.rows.rowAround(target) : undefined;
      if (row !== undefined) this.point(row.row);
    });
  }

  get row(): number | undefined {
    return this.number;
  }

  get current(): MarkedRow | undefined {
    const position = this.position;
    return (position === undefined ? undefined : this.list.rows.at(position)?.row) ?? this.list.topRow;
  }

  /** As long as it is drawn: who has scrolled away means what is on screen. */
  get position(): number | undefined {
    return this.number === undefined ? undefined : this.list.rows.positionOf(this.number);
  }

  point(row: number): void {
    this.number = row;
    this.list.redraw();
  }

  clear(): void {
    this.number = undefined;
  }
}
