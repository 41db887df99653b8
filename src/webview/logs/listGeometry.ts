import { emptyExtent, type LogExtent } from '../../model/log.ts';
import type { Anchor } from './anchor.ts';
import type { DrawnRow } from './drawnRows.ts';
import { RowHeights } from './rowHeights.ts';
import type { ViewMeasure } from './viewMeasure.ts';

/** Where rows are in the list, as it was drawn last. */
export class ListGeometry {
  /** What the scroll bar stands for. */
  extent: LogExtent = emptyExtent;
  private readonly measures: ViewMeasure;
  /** The line above the first row. */
  private readonly notice: HTMLElement;
  private readonly heights: RowHeights;

  constructor(measures: ViewMeasure, notice: HTMLElement) {
    this.measures = measures;
    this.notice = notice;
    this.heights = new RowHeights(measures.lineHeight);
  }

  /** Nothing measured holds any more. */
  forget(): void {
    this.heights.reset(this.measures.lineHeight);
  }

  setExtent(extent: LogExtent): void {
    this.extent = extent;
    this.heights.dropBefore(extent.firstRow);
  }

  get height(): number {
    return this.topOf(this.extent.endRow);
  }

  get noticeHeight(): number {
    return this.notice.hidden ? 0 : this.measures.lineHeight;
  }

  topOf(position: number): number {
    return this.noticeHeight + this.heights.between(this.extent.firstRow, position);
  }

  heightOf(position: number): number {
    return this.heights.heightOf(position);
  }

  anchorAt(top: number): Anchor {
    const { firstRow, endRow } = this.extent;
    const distance = top - this.noticeHeight;
    const row = this.heights.rowAt(distance, firstRow, endRow);
    return { row, offset: distance - this.heights.between(firstRow, row) };
  }

  /** Where an anchor puts the top of the screen. */
  topAt({ row, offset }: Anchor): number {
    return this.topOf(row) + Math.min(offset, this.heightOf(row));
  }

  measure(rows: Iterable<readonly [position: number, row: DrawnRow]>): void {
    for (const [position, row] of rows) {
      if (row.isMeasured) continue;
      row.isMeasured = true;
      this.heights.measured(position, row.element.getBoundingClientRect().height);
    }
  }
}
