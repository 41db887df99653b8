import type { MarkedRow } from '../../model/log.ts';
import { element } from '../dom.ts';
import type { CurrentMatch } from './findBox.ts';
import { blankRow, refreshTime, rowElement, type RowLook } from './rowElement.ts';

export interface DrawnRow {
  readonly element: HTMLElement;
  readonly row: MarkedRow | undefined;
  readonly look: RowLook;
  /** The match in it that find stands on. */
  readonly current: number | undefined;
  isMeasured: boolean;
}

/** The few rows of the list that exist as elements, by their positions. */
export class DrawnRows {
  /** Of a grid that is never whole nobody can tell the rows' number. */
  readonly body = element('div', {
    class: 'rows',
    role: 'grid',
    'aria-multiselectable': 'true',
    'aria-readonly': 'true',
    'aria-rowcount': '-1',
  });
  private readonly get: (position: number) => MarkedRow | undefined;
  private readonly decorate: (made: HTMLElement, row: MarkedRow) => void;
  private readonly drawn = new Map<number, DrawnRow>();
  private readonly positions = new WeakMap<Node, number>();

  constructor(options: {
    readonly get: (position: number) => MarkedRow | undefined;
    /** Shows on a row's element what is not in the row itself. */
    readonly decorate: (made: HTMLElement, row: MarkedRow) => void;
  }) {
    this.get = options.get;
    this.decorate = options.decorate;
  }

  at(position: number): DrawnRow | undefined {
    return this.drawn.get(position);
  }

  entries(): Iterable<readonly [number, DrawnRow]> {
    return this.drawn;
  }

  /** Where a row is drawn, by its number. */
  positionOf(number: number): number | undefined {
    for (const [position, { row }] of this.drawn) if (row?.row === number) return position;
    return undefined;
  }

  clear(): void {
    for (const { element: shown } of this.drawn.values()) shown.remove();
    this.drawn.clear();
  }

  forgetHeights(): void {
    for (const row of this.drawn.values()) row.isMeasured = false;
  }

  refreshTimes(now: number): void {
    for (const { element: made, row, look } of this.drawn.values())
      if (row !== undefined) refreshTime(made, row, look, now);
  }

  /** Leaves rows that are as they should be untouched, and a selection in them with it. */
  draw(first: number, end: number, look: RowLook, match: CurrentMatch | undefined): void {
    for (const [position, { element: shown }] of this.drawn) {
      if (position >= first && position < end) continue;
      shown.remove();
      this.drawn.delete(position);
    }
    let next = this.body.firstChild;
    for (let position = first; position < end; position++) {
      const row = this.get(position);
      const current = row !== undefined && match?.row === row.row ? match.ordinal : undefined;
      const before = this.drawn.get(position);
      if (before?.look === look && before.current === current && isSame(before.row, row)) {
        next = before.element.nextSibling;
        if (row !== undefined) this.decorate(before.element, row);
        continue;
      }
      const made = row === undefined ? blankRow() : rowElement(row, look, current);
      if (row !== undefined) this.decorate(made, row);
      this.drawn.set(position, { element: made, row, look, current, isMeasured: false });
      this.positions.set(made, position);
      if (before === undefined) this.body.insertBefore(made, next);
      else before.element.replaceWith(made);
      next = made.nextSibling;
    }
  }

  /** Positions of the rows that are selected. */
  selected(): readonly [first: number, last: number] | undefined {
    // To ask the browser would have it lay out the page.
    if (this.drawn.size === 0) return undefined;
    const selection = document.getSelection();
    if (selection === null || selection.isCollapsed) return undefined;
    const from = this.positionAround(selection.anchorNode);
    const to = this.positionAround(selection.focusNode);
    if (from === undefined || to === undefined) return undefined;
    return [Math.min(from, to), Math.max(from, to)];
  }

  /** The row that something on the page is in. */
  rowAround(node: Node | null): MarkedRow | undefined {
    const position = this.positionAround(node);
    return position === undefined ? undefined : this.drawn.get(position)?.row;
  }

  private positionAround(node: Node | null): number | undefined {
    for (let at = node; at !== null && at !== this.body; at = at.parentNode) {
      const position = this.positions.get(at);
      if (position !== undefined) return position;
    }
    return undefined;
  }
}

/** Rows never change; what is told with them does. */
function isSame(a: MarkedRow | undefined, b: MarkedRow | undefined): boolean {
  if (a === b) return true;
  if (a?.row !== b?.row || a === undefined || b === undefined) return false;
  if (a.traceLines !== b.traceLines || a.isUnfolded !== b.isUnfolded) return false;
  if (a.contextLines !== b.contextLines || a.isContext !== b.isContext || a.isAfterGap !== b.isAfterGap)
    return false;
  const before = a.marks ?? [];
  const after = b.marks ?? [];
  return before.length === after.length && before.every((at, index) => at === after[index]);
}
