import { isFiltering, type LogFilter, noFilter } from '../../model/log.ts';
import type { LogList } from './list.ts';
import type { Pointed } from './pointed.ts';
import type { Shows } from './shows.ts';

/** The filter taken off for a while: a line that it let through is seen where it stands in the log. */
export class WholeLog {
  private readonly list: LogList;
  private readonly shows: Shows;
  private readonly pointed: Pointed;
  private readonly filter: () => LogFilter;
  private readonly onChange: () => void;
  private isOn = false;

  constructor(options: {
    readonly list: LogList;
    readonly shows: Shows;
    readonly pointed: Pointed;
    /** What is asked for in the filter bar. */
    readonly filter: () => LogFilter;
    readonly onChange: () => void;
  }) {
    this.list = options.list;
    this.shows = options.shows;
    this.pointed = options.pointed;
    this.filter = options.filter;
    this.onChange = options.onChange;
  }

  get isFilterOff(): boolean {
    return this.isOn;
  }

  /** Another filter is asked for. */
  end(): void {
    this.isOn = false;
  }

  /** What shows while a filter is asked for. Containers that are hidden stay so: they are no part of a search. */
  shown(filter: LogFilter): LogFilter {
    return this.isOn ? { ...noFilter, hiddenSources: filter.hiddenSources } : filter;
  }

  /** Off, or on again; the row that keys are meant for stays where it is. */
  toggle(): void {
    const filter = this.filter();
    if (!this.isOn && !isFiltering({ ...filter, hiddenSources: [] })) return;
    this.isOn = !this.isOn;
    const row = this.pointed.current?.row;
    const sight = row === undefined ? undefined : this.list.sightOf(row);
    if (row !== undefined) this.pointed.point(row);
    void this.shows.change({ ...this.shows.show, filter: this.shown(filter) }, sight);
    this.onChange();
  }
}
