import { emptyExtent, type LogExtent, type MarkedRow, maxWindowRows } from '../../model/log.ts';
import { element } from '../dom.ts';
import { type Anchor, overscanRows, rowsToDraw, type Sight } from './anchor.ts';
import { DrawnRows } from './drawnRows.ts';
import type { CurrentMatch } from './findBox.ts';
import type { RowCache } from './rowCache.ts';
import type { RowLook } from './rowElement.ts';
import { RowHeights } from './rowHeights.ts';
import { ScrollScale } from './scrollScale.ts';
import { ViewMeasure } from './viewMeasure.ts';

/**
 * The log as a scrolling list of which only the rows on screen exist. Either it follows the end, or it is anchored to
 * a row, which stays where it is whatever comes, goes, or turns out to be higher than it was taken for.
 */
export class LogList {
  readonly element: HTMLElement;
  readonly rows: DrawnRows;
  private readonly cache: RowCache;
  private readonly onFollowing: (isFollowing: boolean) => void;
  private readonly onDrawn: () => void;
  private readonly space = element('div', { class: 'space' });
  private readonly notice: HTMLElement;
  private readonly heights: RowHeights;
  private readonly scale = new ScrollScale();
  private readonly measures = new ViewMeasure();
  private look: RowLook;
  private extent: LogExtent = emptyExtent;
  /** What the scroll bar stands for: the extent as it was drawn. */
  private drawnExtent: LogExtent = emptyExtent;
  private anchor: Anchor | undefined;
  private lastSight: Sight | undefined;
  private current: CurrentMatch | undefined;
  private revealing: number | undefined;
  private isWrapped = false;
  private isHeldAtTop = false;
  /** The top of the screen in the list, and how far the browser scrolled for it. */
  private top = 0;
  private scrolledTo = 0;
  private isScrolling = false;
  private isDrawing = false;

  constructor(options: {
    readonly name: string;
    readonly look: RowLook;
    readonly cache: RowCache;
    /** The line above the first row; hidden when there is nothing to say. */
    readonly notice: HTMLElement;
    readonly decorate: (made: HTMLElement, row: MarkedRow) => void;
    readonly onFollowing: (isFollowing: boolean) => void;
    /** After each drawing: what was sent so far is on screen. */
    readonly onDrawn: () => void;
  }) {
    this.look = options.look;
    this.cache = options.cache;
    this.notice = options.notice;
    this.onFollowing = options.onFollowing;
    this.onDrawn = options.onDrawn;
    this.heights = new RowHeights(this.lineHeight);
    this.rows = new DrawnRows({ get: (row) => this.cache.get(row), decorate: options.decorate });
    this.space.append(this.notice, this.rows.body);
    // Reading every new line aloud would drown the reader: `log` is live by nature, and this one is for browsing.
    const roles = {
      class: 'log',
      role: 'log',
      tabindex: '0',
      'aria-label': options.name,
      'aria-live': 'off',
    };
    this.element = element('div', roles, this.measures.probe, this.space);
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

  /** The reader has scrolled to within two screens of the first row. */
  get isNearTop(): boolean {
    return !this.isFollowing && this.top < 2 * this.viewHeight;
  }

  /** The first row that is wholly on screen. */
  get topRow(): MarkedRow | undefined {
    const { row, offset } = this.anchorAt(this.top);
    return this.cache.get(offset > 0 ? row + 1 : row) ?? this.cache.get(row);
  }

  /** The screen, in positions. */
  get screen(): readonly [first: number, end: number] {
    const { row } = this.anchorAt(this.top);
    return [row, row + this.rowsPerScreen];
  }

  /** What must stay where it is when other rows are shown: nothing while following. */
  sight(): Sight | undefined {
    if (this.anchor === undefined) return undefined;
    // Half a word may let nothing through: what it ends with shows where the reader was.
    if (this.extent.endRow === this.extent.firstRow) return this.lastSight;
    const row = this.cache.get(this.anchor.row)?.row;
    this.lastSight = row === undefined ? undefined : { row, offset: this.anchor.offset };
    return this.lastSight;
  }

  /** Of a row by its number. */
  sightOf(row: number): Sight {
    const position = this.rows.positionOf(row);
    return {
      row,
      offset: position === undefined ? this.thirdOfScreen : this.top - this.topOf(position),
    };
  }

  /** The sight of a row that is to be brought on screen. */
  get thirdOfScreen(): number {
    return -Math.floor(this.viewHeight / 3);
  }

  setExtent(extent: LogExtent): void {
    this.extent = extent;
    this.redraw();
  }

  /** Other rows are shown, with positions of their own. Without an anchor the end is followed. */
  setShown(extent: LogExtent, anchor: Anchor | undefined): void {
    this.heights.reset(this.lineHeight);
    this.rows.forgetHeights();
    this.extent = extent;
    this.drawnExtent = extent;
    this.isHeldAtTop = this.isHeldAtTop && anchor !== undefined;
    this.revealing = undefined;
    this.setAnchor(anchor);
    this.draw();
    this.onDrawn();
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

  /** With the next frame. */
  redraw(): void {
    if (this.isDrawing) return;
    this.isDrawing = true;
    requestAnimationFrame(() => {
      this.isDrawing = false;
      this.drawNow();
    });
  }

  /** What was missing on screen came: drawn now, it is in the next frame and not in the one after. */
  drawNow(): void {
    // Who scrolled since the last frame is not told of before the next one, and must not be taken back.
    this.onScroll();
    this.draw();
    this.onDrawn();
  }

  /** Nothing that was shown holds any more. */
  clear(): void {
    this.rows.clear();
    this.heights.reset(this.lineHeight);
    this.lastSight = undefined;
    this.follow();
  }

  follow(): void {
    this.isHeldAtTop = false;
    this.setAnchor(undefined);
    this.redraw();
  }

  /** Stops following, here. */
  hold(): void {
    if (this.isFollowing) this.setAnchor(this.anchorAt(this.top));
  }

  /** Stays at the first row, also when older ones come before it. */
  scrollToTop(): void {
    this.isHeldAtTop = true;
    this.setAnchor({ row: this.extent.firstRow, offset: -this.noticeHeight });
    this.redraw();
  }

  scrollTo(position: number): void {
    this.isHeldAtTop = false;
    this.include(position);
    this.setAnchor({ row: position, offset: this.thirdOfScreen });
    this.redraw();
  }

  /** Stops following: who does something with these rows must not see them run away. */
  stay(): void {
    if (this.isFollowing) this.hold();
  }

  /** Scrolls no further than it has to. */
  bringOnScreen(position: number): void {
    const top = this.topOf(position);
    const over = top + this.heights.heightOf(position) - this.top - this.viewHeight;
    if (top >= this.top && over <= 0) return;
    this.isHeldAtTop = false;
    this.setAnchor(top < this.top ? { row: position, offset: 0 } : this.anchorAt(this.top + over));
    this.redraw();
  }

  /** Marks the match that find stands on and brings it on screen. */
  setCurrent(current: CurrentMatch | undefined): void {
    this.current = current;
    if (current !== undefined) {
      if (!this.isOnScreen(current.position)) this.scrollTo(current.position);
      else this.hold();
      this.revealing = current.position;
    }
    this.redraw();
  }

  /** Who looked for a row may know of it before it was told that there is one: the news of that is on its way. */
  private include(position: number): void {
    const { extent } = this;
    if (position < extent.firstRow) this.extent = { ...extent, firstRow: position };
    if (position >= extent.endRow) this.extent = { ...extent, endRow: position + 1 };
  }

  private get lineHeight(): number {
    return this.measures.lineHeight;
  }

  private get viewHeight(): number {
    return this.measures.viewHeight;
  }

  private get rowsPerScreen(): number {
    return Math.ceil(this.viewHeight / this.lineHeight) + 1;
  }

  private get noticeHeight(): number {
    return this.notice.hidden ? 0 : this.lineHeight;
  }

  private listen(): void {
    this.element.addEventListener('scroll', () => {
      this.onScroll();
    });
    this.element.addEventListener('scrollend', () => {
      this.isScrolling = false;
      if (this.scale.isScaled) this.redraw();
    });
    // A turn of the wheel upwards counts even while new lines pull to the end.
    this.element.addEventListener(
      'wheel',
      ({ deltaY }) => {
        if (deltaY < 0 && this.element.scrollTop > 0) this.hold();
      },
      { passive: true },
    );
    // Who selects is reading: the selected lines must not run away.
    document.addEventListener('selectionchange', () => {
      if (this.rows.selected() !== undefined) this.hold();
    });
    this.measures.listen(this.element, ({ isOther }) => {
      if (isOther) this.forgetHeights();
      this.redraw();
    });
  }

  private onScroll(): void {
    const { scrollTop, clientHeight } = this.element;
    const moved = scrollTop - this.scrolledTo;
    if (Math.abs(moved) < 1) return;
    this.scrolledTo = scrollTop;
    this.revealing = undefined;
    this.isHeldAtTop = false;
    this.isScrolling = true;
    // In a squeezed list only the scroll bar itself moves so far at once; all else moves by what is seen.
    const isFar = !this.scale.isScaled || Math.abs(moved) > 3 * this.viewHeight + 2000;
    this.top = Math.max(0, isFar ? this.scale.toTop(scrollTop) : this.top + moved);
    const isAtEnd = moved > 0 && this.top + clientHeight >= this.scale.height - 2;
    this.setAnchor(isAtEnd ? undefined : this.anchorAt(this.top));
    this.redraw();
  }

  private setAnchor(anchor: Anchor | undefined): void {
    const wasFollowing = this.isFollowing;
    this.anchor = anchor;
    if (wasFollowing !== this.isFollowing) this.onFollowing(this.isFollowing);
  }

  private anchorAt(top: number): Anchor {
    const { firstRow, endRow } = this.drawnExtent;
    const distance = top - this.noticeHeight;
    const row = this.heights.rowAt(distance, firstRow, endRow);
    return { row, offset: distance - this.heights.between(firstRow, row) };
  }

  private topOf(position: number): number {
    return this.noticeHeight + this.heights.between(this.drawnExtent.firstRow, position);
  }

  private isOnScreen(position: number): boolean {
    const top = this.topOf(position) - this.top;
    return top >= 0 && top + this.lineHeight <= this.viewHeight;
  }

  private forgetHeights(): void {
    this.heights.reset(this.lineHeight);
    this.rows.forgetHeights();
    this.redraw();
  }

  private draw(): void {
    const { extent, heights, scale } = this;
    const { firstRow, endRow } = extent;
    this.drawnExtent = extent;
    heights.dropBefore(firstRow);
    if (this.isHeldAtTop) this.anchor = { row: firstRow, offset: -this.noticeHeight };
    else if (this.anchor !== undefined && this.anchor.row < firstRow)
      this.anchor = { row: firstRow, offset: 0 };
    else if (this.anchor !== undefined && this.anchor.row >= endRow)
      this.anchor = { row: Math.max(firstRow, endRow - 1), offset: this.anchor.offset };
    const { anchor, lineHeight, rowsPerScreen } = this;
    const selected = this.rows.selected();
    const [first, end] = rowsToDraw({ extent, anchor, lineHeight, rowsPerScreen, selected });
    this.cache.need(first, end, firstRow, endRow);
    this.rows.draw(first, end, this.look, this.current);
    if (this.isWrapped) this.measure();
    scale.height = this.topOf(endRow);
    this.space.style.height = `${String(scale.scrollHeight)}px`;
    this.place(this.topOf(first));
    if (this.revealing !== undefined) this.reveal(this.revealing);
  }

  /** Scrolls to the anchor, and puts the drawn rows where they belong. */
  private place(firstTop: number): void {
    const { anchor, scale, element: scroller } = this;
    const end = Math.max(0, scale.height - scroller.clientHeight);
    const wanted =
      anchor === undefined
        ? end
        : this.topOf(anchor.row) + Math.min(anchor.offset, this.heights.heightOf(anchor.row));
    this.top = Math.max(0, Math.min(wanted, end));
    const target = scale.toScroll(this.top);
    // A squeezed list is put right once it came to rest: setting it would end the movement.
    const isLeft = scale.isScaled && this.isScrolling && anchor !== undefined;
    if (!isLeft && Math.abs(scroller.scrollTop - target) >= 1) scroller.scrollTop = target;
    this.scrolledTo = scroller.scrollTop;
    const bodyTop = scale.isScaled ? this.scrolledTo + firstTop - this.top : firstTop;
    this.rows.body.style.top = `${String(bodyTop)}px`;
  }

  private measure(): void {
    for (const [position, row] of this.rows.entries()) {
      if (row.isMeasured) continue;
      row.isMeasured = true;
      this.heights.measured(position, row.element.getBoundingClientRect().height);
    }
  }

  /** Brings the current match itself on screen: its row may be wider, or higher, than the screen. */
  private reveal(position: number): void {
    const drawn = this.rows.at(position);
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
    const top = this.top + box.top - view.top - Math.floor(this.viewHeight / 3);
    this.setAnchor(this.anchorAt(Math.max(0, top)));
    this.redraw();
  }
}
