import { isFiltering, type LogContext, type MarkedRow } from '../../model/log.ts';
import { maxContexts, nextStep } from './contextSteps.ts';
import type { LogList } from './list.ts';
import type { Pointed } from './pointed.ts';
import type { Shows } from './shows.ts';

/** The log around a line that a filter lets through: wider with every press, and then gone again. */
export class ContextLines {
  private readonly list: LogList;
  private readonly shows: Shows;
  private readonly pointed: Pointed;

  constructor(options: { readonly list: LogList; readonly shows: Shows; readonly pointed: Pointed }) {
    this.list = options.list;
    this.shows = options.shows;
    this.pointed = options.pointed;
    this.list.rows.body.addEventListener('click', ({ target }) => {
      const isButton = target instanceof Element && target.closest('.around') !== null;
      const row = isButton ? this.list.rows.rowAround(target) : undefined;
      if (row !== undefined) void this.widen(row, true);
    });
  }

  /** The log is another one: its rows have other numbers. */
  forget(): void {
    this.shows.show = { ...this.shows.show, contexts: [] };
  }

  widenHere(): void {
    const row = this.here;
    if (row !== undefined) void this.widen(row, false);
  }

  /** False when no context shows where keys are meant for. */
  removeHere(): boolean {
    const row = this.here;
    const context = row === undefined ? undefined : this.contextOf(row);
    if (row === undefined || context === undefined) return false;
    void this.set(context.row, undefined, row);
    return true;
  }

  /** The row that keys are meant for; without a filter there is nothing around it that does not show. */
  private get here(): MarkedRow | undefined {
    return isFiltering(this.shows.show.filter) ? this.pointed.current : undefined;
  }

  private async widen(row: MarkedRow, takesFocus: boolean): Promise<void> {
    const context = this.contextOf(row);
    const middle = context?.row ?? row.row;
    await this.set(middle, nextStep(context?.lines), row);
    if (!takesFocus) return;
    const position = this.list.rows.positionOf(middle);
    const drawn = position === undefined ? undefined : this.list.rows.at(position);
    drawn?.element.querySelector<HTMLElement>('.around')?.focus({ preventScroll: true });
  }

  /** Its own, or the nearest of those in which it shows. */
  private contextOf({ row, isContext }: MarkedRow): LogContext | undefined {
    const { contexts } = this.shows.show;
    const own = contexts.find((context) => context.row === row);
    if (own !== undefined || isContext !== true) return own;
    const distance = (context: LogContext): number => Math.abs(context.row - row);
    return contexts.toSorted((a, b) => distance(a) - distance(b))[0];
  }

  /** The row stays where it is on the screen; the middle does when it goes with its context. */
  private set(middle: number, lines: number | undefined, row: MarkedRow): Promise<number | undefined> {
    const { show } = this.shows;
    const others = show.contexts.filter((context) => context.row !== middle);
    const contexts = lines === undefined ? others : [...others, { row: middle, lines }].slice(-maxContexts);
    const kept = lines === undefined ? middle : row.row;
    const sight = this.list.sightOf(kept);
    this.pointed.point(kept);
    return this.shows.change({ ...show, contexts }, sight);
  }
}
