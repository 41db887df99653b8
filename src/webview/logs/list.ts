import { emptyExtent, type LogExtent, type MarkedRow, maxWindowRows } from '../../model/log.ts';
import { element } from '../dom.ts';
import { type Anchor, anchorWithin, extentWith, overscanRows, rowsToDraw, type Sight } from './anchor.ts';
import { DrawnRows } from './drawnRows.ts';
import type { CurrentMatch } from './findBox.ts';
import { ListGeometry } from './listGeometry.ts';
import { ListScroll } from './listScroll.ts';
import { logElement } from './logElement.ts';
import { NextFrame } from './nextFrame.ts';
import { revealMatch } from './revealMatch.ts';
import type { RowCache } from './rowCache.ts';
import type { RowLook } from './rowElement.ts';
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
  private readonly measures = new ViewMeasure();
  private readonly geometry: ListGeometry;
  private readonly scroll: ListScroll;
  private look: RowLook;
  private extent: LogExtent = emptyExtent;
  private anchor: Anchor | undefined;
  private lastSight: Sight | undefined;
  private current: CurrentMatch | undefined;
  private revealing: number | undefined;
  private isWrapped = false;
  private isHeldAtTop = false;
  private readonly nextFrame = new NextFrame(() => {
    this.drawNow();
  });

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
    this.onFollowing = options.onFollowing;
    this.onDrawn = options.onDrawn;
    this.geometry = new ListGeometry(this.measures, options.notice);
    this.rows = new DrawnRows({ get: (row) => this.cache.get(row), decorate: options.decorate });
    const space = element('div', { class: 'space' }, options.notice, this.rows.body);
    this.element = logElement(options.name, this.measures.probe, space);
    this.scroll = new ListScroll({
      view: this.element,
      space,
      onScroll: () => {
        this.followScroll();
      },
      onRest: () => {
        this.redraw();
      },
      onUp: () => {
        this.hold();
      },
    });
    this.measures.listen(this.element, ({ isOther }) => {
      if (isOther) this.forgetHeights();
      this.redraw();
    });
    // Who selects is reading: the selected lines must not run away.
    document.addEventListener('selectionchange', () => {
      if (this.rows.selected() !== undefined) this.hold();
    });
  }

  get isFollowing(): boolean {
    return this.anchor === undefined;
  }

  /** Rows that fill the screen, and the margin. */
  get tailRows(): number {
    return Math.min(maxWindowRows, this.measures.rowsPerScreen + overscanRows);
  }

  /** Where a search begins: the last row when following, else the first one on screen. */
  get position(): number {
    return this.anchor?.row ?? Math.max(this.extent.firstRow, this.extent.endRow - 1);
  }

  /** The reader has scrolled to within two screens of the first row. */
  get isNearTop(): boolean {
    return !this.isFollowing && this.scroll.top < 2 * this.measures.viewHeight;
  }

  /** The first row that is wholly on screen. */
  get topRow(): MarkedRow | undefined {
    const { row, offset } = this.here;
    return this.cache.get(offset > 0 ? row + 1 : row) ?? this.cache.get(row);
  }

  /** The screen, in positions. */
  get screen(): readonly [first: number, end: number] {
    const { row } = this.here;
    return [row, row + this.measures.rowsPerScreen];
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
      offset: position === undefined ? this.thirdOfScreen : this.scroll.top - this.geometry.topOf(position),
    };
  }

  /** The sight of a row that is to be brought on screen. */
  get thirdOfScreen(): number {
    return -Math.floor(this.measures.viewHeight / 3);
  }

  setExtent(extent: LogExtent): void {
    this.extent = extent;
    this.redraw();
  }

  /** Other rows are shown, with positions of their own. Without an anchor the end is followed. */
  setShown(extent: LogExtent, anchor: Anchor | undefined): void {
    this.geometry.forget();
    this.rows.forgetHeights();
    this.extent = extent;
    this.geometry.setExtent(extent);
    this.isHeldAtTop = this.isHeldAtTop && anchor !== undefined;
    this.revealing = undefined;
    this.setAnchor(anchor);
    this.draw();
    this.onDrawn();
  }

  setLook(look: RowLook): void {
    this.look = look;
    this.geometry.forget();
    this.redraw();
  }

  setWrapped(isWrapped: boolean): void {
    this.isWrapped = isWrapped;
    this.element.classList.toggle('wrapped', isWrapped);
    this.forgetHeights();
    this.redraw();
  }

  /** With the next frame. */
  redraw(): void {
    this.nextFrame.ask();
  }

  /** What was missing on screen came: drawn now, it is in the next frame and not in the one after. */
  drawNow(): void {
    // Who scrolled since the last frame is not told of before the next one, and must not be taken back.
    this.followScroll();
    this.draw();
    this.onDrawn();
  }

  /** Nothing that was shown holds any more. */
  clear(): void {
    this.rows.clear();
    this.geometry.forget();
    this.lastSight = undefined;
    this.follow();
  }

  follow(): void {
    this.isHeldAtTop = false;
    this.setAnchor(undefined);
    this.redraw();
  }

  /** Stops following, here. Who does something with these rows must not see them run away. */
  hold(): void {
    if (this.isFollowing) this.setAnchor(this.here);
  }

  /** Stays at the first row, also when older ones come before it. */
  scrollToTop(): void {
    this.isHeldAtTop = true;
    this.setAnchor(this.topAnchor);
    this.redraw();
  }

  scrollTo(position: number): void {
    this.isHeldAtTop = false;
    // Who looked for it may know of it before it was told that there is one: the news of that is on its way.
    this.extent = extentWith(this.extent, position);
    this.setAnchor({ row: position, offset: this.thirdOfScreen });
    this.redraw();
  }

  /** Scrolls no further than it has to. */
  bringOnScreen(position: number): void {
    const { geometry, scroll } = this;
    const top = geometry.topOf(position);
    const over = top + geometry.heightOf(position) - scroll.top - this.measures.viewHeight;
    if (top >= scroll.top && over <= 0) return;
    this.isHeldAtTop = false;
    const anchor = top < scroll.top ? { row: position, offset: 0 } : geometry.anchorAt(scroll.top + over);
    this.setAnchor(anchor);
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

  private get here(): Anchor {
    return this.geometry.anchorAt(this.scroll.top);
  }

  private get topAnchor(): Anchor {
    return { row: this.extent.firstRow, offset: -this.geometry.noticeHeight };
  }

  private followScroll(): void {
    const moved = this.scroll.follow(this.measures.viewHeight);
    if (moved === undefined) return;
    this.revealing = undefined;
    this.isHeldAtTop = false;
    this.setAnchor(moved.isAtEnd ? undefined : this.here);
    this.redraw();
  }

  private setAnchor(anchor: Anchor | undefined): void {
    const wasFollowing = this.isFollowing;
    this.anchor = anchor;
    if (wasFollowing !== this.isFollowing) this.onFollowing(this.isFollowing);
  }

  private isOnScreen(position: number): boolean {
    const { lineHeight, viewHeight } = this.measures;
    const top = this.geometry.topOf(position) - this.scroll.top;
    return top >= 0 && top + lineHeight <= viewHeight;
  }

  private forgetHeights(): void {
    this.geometry.forget();
    this.rows.forgetHeights();
  }

  private draw(): void {
    const { extent, geometry, measures, scroll } = this;
    const { firstRow, endRow } = extent;
    geometry.setExtent(extent);
    this.anchor = this.isHeldAtTop ? this.topAnchor : anchorWithin(extent, this.anchor);
    const { anchor } = this;
    const { lineHeight, rowsPerScreen } = measures;
    const selected = this.rows.selected();
    const [first, end] = rowsToDraw({ extent, anchor, lineHeight, rowsPerScreen, selected });
    this.cache.need(first, end, firstRow, endRow);
    this.rows.draw(first, end, this.look, this.current);
    // The first time with the rows in it, so that the browser lays all out once.
    if (!measures.isKnown && measures.take(this.element)) geometry.forget();
    if (this.isWrapped) geometry.measure(this.rows.entries());
    scroll.place(geometry.height, anchor === undefined ? undefined : geometry.topAt(anchor));
    this.rows.body.style.top = `${String(scroll.toSpace(geometry.topOf(first)))}px`;
    if (this.revealing !== undefined) this.reveal(this.revealing);
  }

  private reveal(position: number): void {
    const down = revealMatch(this.rows.at(position), this.element, this.measures);
    if (down === undefined) return;
    this.revealing = undefined;
    if (down === 0) return;
    this.setAnchor(this.geometry.anchorAt(Math.max(0, this.scroll.top + down)));
    this.redraw();
  }
}
