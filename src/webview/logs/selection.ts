import type { LogExtent, LogState, MarkedRow } from '../../model/log.ts';
import type { PageChannel } from '../../protocol/channel.ts';
import type { LogsContract } from '../../protocol/logs.ts';
import type { LogList } from './list.ts';
import type { Pointed } from './pointed.ts';

export type SelectionMove = 'up' | 'down' | 'pageUp' | 'pageDown' | 'home' | 'end';

/** Rows from one to another by their numbers, which stay what they are whatever comes, goes or is filtered out. */
export interface RowRange {
  readonly from: number;
  readonly to: number;
}

/** Before any row there can be: what is read later belongs to it too. */
const beginning = Number.MIN_SAFE_INTEGER;

/**
 * Rows that are selected, over any distance: from an anchor, which is where the reader pointed at, to a head, which moves.
 * Text that is selected by the browser's own means goes before.
 */
export class Selection {
  private readonly list: LogList;
  private readonly pointed: Pointed;
  private readonly channel: PageChannel<LogsContract>;
  private readonly state: () => LogState | undefined;
  private ends: { readonly anchor: number; readonly head: number } | undefined;
  /** One change after the other: each begins where the last one ended. */
  private changing = Promise.resolve();
  private changes = 0;

  constructor(options: {
    readonly list: LogList;
    readonly pointed: Pointed;
    readonly channel: PageChannel<LogsContract>;
    readonly state: () => LogState | undefined;
  }) {
    this.list = options.list;
    this.pointed = options.pointed;
    this.channel = options.channel;
    this.state = options.state;
    this.listen();
  }

  get isEmpty(): boolean {
    return this.ends === undefined;
  }

  /** Some row is meant, or will be in a moment. */
  get isMeant(): boolean {
    return this.changes > 0 || this.ends !== undefined || this.pointed.row !== undefined;
  }

  /** What is copied: the selected rows, or the one that was pointed at. */
  async range(): Promise<RowRange | undefined> {
    await this.changing;
    const { ends, pointed } = this;
    if (ends !== undefined)
      return { from: Math.min(ends.anchor, ends.head), to: Math.max(ends.anchor, ends.head) };
    return pointed.row === undefined ? undefined : { from: pointed.row, to: pointed.row };
  }

  has(row: number): boolean {
    const { ends } = this;
    return (
      ends !== undefined && row >= Math.min(ends.anchor, ends.head) && row <= Math.max(ends.anchor, ends.head)
    );
  }

  clear(): void {
    if (this.ends === undefined) return;
    this.ends = undefined;
    this.list.redraw();
  }

  move(move: SelectionMove): void {
    this.change(() => this.moveHead(move));
  }

  /** All that shows, and nothing that comes later. */
  all(): void {
    this.change(async () => {
      const extent = this.state()?.extent;
      const last = extent === undefined ? undefined : await this.rowAt(extent.endRow - 1);
      if (last === undefined) return;
      document.getSelection()?.empty();
      this.select(beginning, last.row);
    });
  }

  private change(change: () => Promise<void>): void {
    this.changes++;
    this.changing = this.changing
      .then(change)
      .catch(() => undefined)
      .finally(() => {
        this.changes--;
      });
  }

  private listen(): void {
    const { body } = this.list.rows;
    body.addEventListener('mousedown', (event) => {
      // The browser would select text up to there; it does so where there is some selected already.
      if (event.shiftKey && event.button === 0 && !hasSelectedText()) event.preventDefault();
    });
    body.addEventListener('click', ({ target, shiftKey }) => {
      const row = target instanceof Node ? this.list.rows.rowAround(target) : undefined;
      if (row === undefined) return;
      if (!shiftKey) this.clear();
      else if (!hasSelectedText()) this.extendTo(row);
    });
    // A menu is about the row that it is opened on, or about all that are selected when that is one of them.
    body.addEventListener('contextmenu', ({ target }) => {
      const row = target instanceof Node ? this.list.rows.rowAround(target) : undefined;
      if (row === undefined || this.has(row.row)) return;
      this.clear();
      this.pointed.point(row.row);
    });
  }

  private extendTo({ row }: MarkedRow): void {
    this.list.element.focus({ preventScroll: true });
    this.select(this.ends?.anchor ?? this.pointed.current?.row ?? row, row);
  }

  private select(anchor: number, head: number): void {
    this.list.hold();
    this.ends = { anchor, head };
    this.pointed.point(head);
  }

  private async moveHead(move: SelectionMove): Promise<void> {
    const before = this.state();
    const head = this.ends?.head ?? this.pointed.current?.row;
    if (before === undefined || head === undefined) return;
    const position = this.list.rows.positionOf(head) ?? (await this.locate(head));
    const extent = this.state()?.extent;
    if (position === undefined || extent === undefined) return;
    const to = this.target(move, position, extent);
    const row = await this.rowAt(to);
    // Positions of what is not shown any more are no places.
    if (row === undefined || this.state()?.showId !== before.showId) return;
    document.getSelection()?.empty();
    this.select(this.ends?.anchor ?? head, row.row);
    this.list.bringOnScreen(to);
  }

  private target(move: SelectionMove, position: number, { firstRow, endRow }: LogExtent): number {
    const [first, end] = this.list.screen;
    const page = Math.max(1, end - first - 2);
    const targets: Readonly<Record<SelectionMove, number>> = {
      up: position - 1,
      down: position + 1,
      pageUp: position - page,
      pageDown: position + page,
      home: firstRow,
      end: endRow - 1,
    };
    return Math.max(firstRow, Math.min(targets[move], endRow - 1));
  }

  private async locate(row: number): Promise<number | undefined> {
    return (await this.channel.ask('locate', { at: undefined, row })).position;
  }

  private async rowAt(position: number): Promise<MarkedRow | undefined> {
    const drawn = this.list.rows.at(position)?.row;
    if (drawn !== undefined) return drawn;
    const window = await this.channel.ask('rows', { firstRow: position, count: 1 });
    return window.showId === this.state()?.showId ? window.rows[0] : undefined;
  }
}

/** Text that the reader has selected with the mouse, or by the browser's own keys. */
export function hasSelectedText(): boolean {
  return document.getSelection()?.isCollapsed === false;
}
