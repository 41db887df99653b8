import {
  emptyExtent,
  type LogExtent,
  type MarkedRow,
  type MatchPosition,
  maxWindowRows,
} from '../../model/log.ts';
import { element } from '../dom.ts';
import type { RowCache } from './rowCache.ts';
import { blankRow, rowElement, type RowLook } from './rowElement.ts';
import { RowHeights } from './rowHeights.ts';

/** Rows drawn above and below the screen, so that scrolling shows no blank edge. */
const overscanRows = 20;

interface DrawnRow {
  readonly element: HTMLElement;
  readonly row: MarkedRow | undefined;
  readonly look: RowLook;
  /** The match in it that find stands on. */
  readonly current: number | undefined;
  isMeasured: boolean;
}

/** The row at the top of the screen, and how far its own top is above that. */
interface Anchor {
  readonly row: number;
  readonly offset: number;
}

/**
 * The log as a scrolling list of which only the rows on screen exist. Either it follows the end, or it is anchored to
 * a row, which stays where it is whatever comes, goes, or turns out to be higher than it was taken for.
 */
export class LogList {
  readonly element: HTMLElement;
  private readonly cache: RowCache;
  private readonly onFollowing: (isFollowing: boolean) => void;
  private readonly onDrawn: () => void;
  private readonly space = element('div', { class: 'space' });
  private readonly notice = element('div', { class: 'row notice' });
  private readonly body = element('div', { class: 'rows' });
  /** Has the size of one line in the present font. */
  private readonly probe = element('div', { class: 'row probe', 'aria-hidden': 'true' }, '0');
  private readonly drawn = new Map<number, DrawnRow>();
  private readonly numbers = new WeakMap<Node, number>();
  private readonly heights: RowHeights;
  private look: RowLook;
  private extent: LogExtent = emptyExtent;
  private anchor: Anchor | undefined;
  private current: MatchPosition | undefined;
  private revealing: number | undefined;
  private isWrapped = false;
  private lineHeight = 20;
  private viewHeight = 0;
  private scrolledTo = 0;
  private isDrawing = false;

  constructor(options: {
    readonly name: string;
    readonly look: RowLook;
    readonly cache: RowCache;
    readonly onFollowing: (isFollowing: boolean) => void;
    /** After each drawing: what was sent so far is on screen. */
    readonly onDrawn: () => void;
  }) {
    this.look = options.look;
    this.cache = options.cache;
    this.onFollowing = options.onFollowing;
    this.onDrawn = options.onDrawn;
    this.heights = new RowHeights(this.lineHeight);
    this.space.append(this.notice, this.body);
    // Reading every new line aloud would drown the reader: `log` is live by nature, and this one is for browsing.
    const roles = {
      class: 'log',
      role: 'log',
      tabindex: '0',
      'aria-label': options.name,
      'aria-live': 'off',
    };
    this.element = element('div', roles, this.probe, this.space);
    this.listen();
  }

  get isFollowing(): boolean {
    return this.anchor === undefined;
  }

  /** Rows that fill the screen, and the margin. */
  get tailRows(): number {
    return Math.min(maxWindowRows, this.rowsPerScreen + overscanRows);
  }

  /** Where a search begins: the last row when following, else the first one on screen. */
  get position(): number {
    return this.anchor?.row ?? Math.max(this.extent.firstRow, this.extent.endRow - 1);
  }

  setExtent(extent: LogExtent): void {
    this.extent = extent;
    this.redraw();
  }

  /** The line above the first row; empty for none. */
  setNotice(text: string): void {
    if (this.notice.textContent === text) return;
    this.notice.textContent = text;
    this.redraw();
  }

  setLook(look: RowLook): void {
    this.look = look;
    this.heights.reset(this.lineHeight);
    this.redraw();
  }

  setWrapped(isWrapped: boolean): void {
    this.isWrapped = isWrapped;
    this.element.classList.toggle('wrapped', isWrapped);
    this.forgetHeights();
  }

  /** Rows came, or their marks changed. */
  redraw(): void {
    if (this.isDrawing) return;
    this.isDrawing = true;
    requestAnimationFrame(() => {
      this.isDrawing = false;
      this.draw();
      this.onDrawn();
    });
  }

  /** Nothing that was shown holds any more. */
  clear(): void {
    for (const { element: shown } of this.drawn.values()) shown.remove();
    this.drawn.clear();
    this.heights.reset(this.lineHeight);
    this.setAnchor(undefined);
  }

  follow(): void {
    this.setAnchor(undefined);
    this.redraw();
  }

  scrollToTop(): void {
    this.setAnchor({ row: this.extent.firstRow, offset: -this.noticeHeight });
    this.redraw();
  }

  /** Marks the match that find stands on and brings it on screen. */
  setCurrent(current: MatchPosition | undefined): void {
    this.current = current;
    if (current !== undefined) {
      if (!this.isOnScreen(current.row))
        this.setAnchor({ row: current.row, offset: -Math.floor(this.viewHeight / 3) });
      else if (this.isFollowing) this.setAnchor(this.anchorAt(this.element.scrollTop));
      this.revealing = current.row;
    }
    this.redraw();
  }

  private get rowsPerScreen(): number {
    return Math.ceil(this.viewHeight / this.lineHeight) + 1;
  }

  private get noticeHeight(): number {
    return this.notice.textContent === '' ? 0 : this.lineHeight;
  }

  private listen(): void {
    this.element.addEventListener('scroll', () => {
      this.onScroll();
    });
    // A turn of the wheel upwards counts even while new lines pull to the end.
    this.element.addEventListener(
      'wheel',
      ({ deltaY }) => {
        if (deltaY < 0 && this.isFollowing && this.element.scrollTop > 0)
          this.setAnchor(this.anchorAt(this.element.scrollTop));
      },
      { passive: true },
    );
    // Who selects is reading: the selected lines must not run away.
    document.addEventListener('selectionchange', () => {
      if (this.isFollowing && this.selectedRows() !== undefined)
        this.setAnchor(this.anchorAt(this.element.scrollTop));
    });
    let width = 0;
    new ResizeObserver(() => {
      const { clientHeight, clientWidth } = this.element;
      const { height } = this.probe.getBoundingClientRect();
      const isOther = (this.isWrapped && clientWidth !== width) || height !== this.lineHeight;
      width = clientWidth;
      this.viewHeight = clientHeight;
      if (height > 0) this.lineHeight = height;
      if (isOther) this.forgetHeights();
      this.redraw();
    }).observe(this.element);
    new ResizeObserver(() => {
      const { height } = this.probe.getBoundingClientRect();
      if (height === 0 || height === this.lineHeight) return;
      this.lineHeight = height;
      this.forgetHeights();
    }).observe(this.probe);
  }

  private onScroll(): void {
    const { scrollTop, scrollHeight, clientHeight } = this.element;
    if (Math.abs(scrollTop - this.scrolledTo) < 1) return;
    const isDownwards = scrollTop > this.scrolledTo;
    this.scrolledTo = scrollTop;
    this.revealing = undefined;
    const isAtEnd = isDownwards && scrollTop + clientHeight >= scrollHeight - 2;
    this.setAnchor(isAtEnd ? undefined : this.anchorAt(scrollTop));
    this.redraw();
  }

  private setAnchor(anchor: Anchor | undefined): void {
    const wasFollowing = this.isFollowing;
    this.anchor = anchor;
    if (wasFollowing !== this.isFollowing) this.onFollowing(this.isFollowing);
  }

  private anchorAt(scrollTop: number): Anchor {
    const { firstRow, endRow } = this.extent;
    const distance = scrollTop - this.noticeHeight;
    const row = this.heights.rowAt(distance, firstRow, endRow);
    return { row, offset: distance - this.heights.between(firstRow, row) };
  }

  private isOnScreen(row: number): boolean {
    const top = this.noticeHeight + this.heights.between(this.extent.firstRow, row) - this.element.scrollTop;
    return top >= 0 && top + this.lineHeight <= this.viewHeight;
  }

  private forgetHeights(): void {
    this.heights.reset(this.lineHeight);
    for (const row of this.drawn.values()) row.isMeasured = false;
    this.redraw();
  }

  private draw(): void {
    const { extent, heights, anchor, element: scroller } = this;
    const { firstRow, endRow } = extent;
    heights.dropBefore(firstRow);
    if (anchor !== undefined && anchor.row < firstRow) this.anchor = { row: firstRow, offset: 0 };
    const [first, end] = this.rowsToDraw();
    this.cache.need(first, end, firstRow, endRow);
    this.drawRows(first, end);
    if (this.isWrapped) this.measure();
    this.notice.hidden = this.noticeHeight === 0;
    this.space.style.height = `${String(this.noticeHeight + heights.between(firstRow, endRow))}px`;
    this.body.style.top = `${String(this.noticeHeight + heights.between(firstRow, first))}px`;
    this.scrollTo(scroller);
    if (this.revealing !== undefined) this.reveal(this.revealing);
  }

  private rowsToDraw(): readonly [first: number, end: number] {
    const { firstRow, endRow } = this.extent;
    const top = this.anchor?.row ?? endRow - this.rowsPerScreen;
    const above =
      this.anchor !== undefined && this.anchor.offset < 0
        ? Math.ceil(-this.anchor.offset / this.lineHeight)
        : 0;
    const first = Math.max(firstRow, top - above - overscanRows);
    const end = Math.min(endRow, top + this.rowsPerScreen + overscanRows);
    const selected = this.selectedRows();
    if (selected === undefined) return [first, end];
    // Rows that leave the page take the selection along: those between it and the screen stay, within reason.
    const widerFirst = Math.max(firstRow, Math.min(first, selected[0]));
    const widerEnd = Math.min(endRow, Math.max(end, selected[1] + 1));
    return widerEnd - widerFirst <= maxWindowRows ? [widerFirst, widerEnd] : [first, end];
  }

  private scrollTo(scroller: HTMLElement): void {
    const { anchor } = this;
    const wanted =
      anchor === undefined
        ? Number.MAX_SAFE_INTEGER
        : this.noticeHeight +
          this.heights.between(this.extent.firstRow, anchor.row) +
          Math.min(anchor.offset, this.heights.heightOf(anchor.row));
    const end = Math.max(0, scroller.scrollHeight - scroller.clientHeight);
    const target = Math.max(0, Math.min(wanted, end));
    if (Math.abs(scroller.scrollTop - target) >= 1) scroller.scrollTop = target;
    this.scrolledTo = scroller.scrollTop;
  }

  /** Leaves rows that are as they should be untouched, and a selection in them with it. */
  private drawRows(first: number, end: number): void {
    for (const [row, { element: shown }] of this.drawn) {
      if (row >= first && row < end) continue;
      shown.remove();
      this.drawn.delete(row);
    }
    let next = this.body.firstChild;
    for (let number = first; number < end; number++) {
      const row = this.cache.get(number);
      const current = this.current?.row === number ? this.current.ordinal : undefined;
      const before = this.drawn.get(number);
      if (before?.look === this.look && before.current === current && isSame(before.row, row)) {
        next = before.element.nextSibling;
        continue;
      }
      const made = row === undefined ? blankRow() : rowElement(row, this.look, current);
      this.drawn.set(number, { element: made, row, look: this.look, current, isMeasured: false });
      this.numbers.set(made, number);
      if (before === undefined) this.body.insertBefore(made, next);
      else before.element.replaceWith(made);
      next = made.nextSibling;
    }
  }

  private measure(): void {
    for (const [number, row] of this.drawn) {
      if (row.isMeasured) continue;
      row.isMeasured = true;
      this.heights.measured(number, row.element.getBoundingClientRect().height);
    }
  }

  /** Brings the current match itself on screen: its row may be wider, or higher, than the screen. */
  private reveal(row: number): void {
    const drawn = this.drawn.get(row);
    if (drawn?.row === undefined) return;
    const match = drawn.element.querySelector('mark.current');
    if (match === null) return;
    this.revealing = undefined;
    const scroller = this.element;
    const view = scroller.getBoundingClientRect();
    const box = match.getBoundingClientRect();
    const margin = 3 * this.lineHeight;
    if (box.left < view.left) scroller.scrollLeft -= view.left - box.left + margin;
    else if (box.right > view.right) scroller.scrollLeft += box.right - view.right + margin;
    if (box.top >= view.top && box.bottom <= view.top + this.viewHeight) return;
    const scrollTop = scroller.scrollTop + box.top - view.top - Math.floor(this.viewHeight / 3);
    this.setAnchor(this.anchorAt(Math.max(0, scrollTop)));
    this.redraw();
  }

  private selectedRows(): readonly [first: number, last: number] | undefined {
    const selection = document.getSelection();
    if (selection === null || selection.isCollapsed) return undefined;
    const from = this.rowOf(selection.anchorNode);
    const to = this.rowOf(selection.focusNode);
    if (from === undefined || to === undefined) return undefined;
    return [Math.min(from, to), Math.max(from, to)];
  }

  private rowOf(node: Node | null): number | undefined {
    for (let at = node; at !== null && at !== this.element; at = at.parentNode) {
      const number = this.numbers.get(at);
      if (number !== undefined) return number;
    }
    return undefined;
  }
}

/** Of two rows with the same number: only whether it is there, and its marks, can differ. */
function isSame(a: MarkedRow | undefined, b: MarkedRow | undefined): boolean {
  if (a === b) return true;
  if (a === undefined || b === undefined) return false;
  const before = a.marks ?? [];
  const after = b.marks ?? [];
  return before.length === after.length && before.every((at, index) => at === after[index]);
}
