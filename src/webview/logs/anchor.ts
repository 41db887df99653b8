import { type LogExtent, maxWindowRows } from '../../model/log.ts';

/** The position at the top of the screen, and how far its own top is above that. */
export interface Anchor {
  readonly row: number;
  readonly offset: number;
}

/** A row by its number, and where on the screen it is to stay. */
export interface Sight {
  readonly row: number;
  readonly offset: number;
}

/** Rows drawn above and below the screen, so that scrolling shows no blank edge. */
export const overscanRows = 20;

/** Which rows exist as elements: those on screen, some around it, and the selected ones. */
export function rowsToDraw(options: {
  readonly extent: LogExtent;
  /** Undefined follows the end. */
  readonly anchor: Anchor | undefined;
  readonly lineHeight: number;
  readonly rowsPerScreen: number;
  readonly selected: readonly [first: number, last: number] | undefined;
}): readonly [first: number, end: number] {
  const { extent, anchor, lineHeight, rowsPerScreen, selected } = options;
  const { firstRow, endRow } = extent;
  const top = anchor?.row ?? endRow - rowsPerScreen;
  const above = anchor === undefined ? 0 : Math.max(0, Math.ceil(-anchor.offset / lineHeight));
  const first = Math.max(firstRow, top - above - overscanRows);
  const end = Math.min(endRow, top + rowsPerScreen + overscanRows);
  if (selected === undefined) return [first, end];
  // Rows that leave the page take the selection along: those between it and the screen stay, within reason.
  const widerFirst = Math.max(firstRow, Math.min(first, selected[0]));
  const widerEnd = Math.min(endRow, Math.max(end, selected[1] + 1));
  return widerEnd - widerFirst <= maxWindowRows ? [widerFirst, widerEnd] : [first, end];
}

/** Where it is once rows came or went: on the nearest row that is still there. */
export function anchorWithin(
  { firstRow, endRow }: LogExtent,
  anchor: Anchor | undefined,
): Anchor | undefined {
  if (anchor === undefined) return undefined;
  if (anchor.row < firstRow) return { row: firstRow, offset: 0 };
  return anchor.row < endRow ? anchor : { row: Math.max(firstRow, endRow - 1), offset: anchor.offset };
}

/** Reaches as far as a position. */
export function extentWith(extent: LogExtent, position: number): LogExtent {
  const { firstRow, endRow } = extent;
  return { ...extent, firstRow: Math.min(firstRow, position), endRow: Math.max(endRow, position + 1) };
}
