import { isFiltering, type LogFilter } from '../../model/log.ts';
import type { PageChannel } from '../../protocol/channel.ts';
import type { LogsContract, LogsStrings } from '../../protocol/logs.ts';
import { FilterBar } from './filterBar.ts';
import type { HistoryWish } from './historyWish.ts';
import type { KeptState } from './kept.ts';
import { SourceLegend } from './legend.ts';
import type { LogList } from './list.ts';
import type { Pointed } from './pointed.ts';
import type { Shows } from './shows.ts';
import { WholeLog } from './wholeLog.ts';

/** What of the log shows: asked for in the filter bar and the legend, and taken off for a while. */
export class Filtering {
  readonly bar: FilterBar;
  readonly legend: SourceLegend;
  readonly whole: WholeLog;
  private readonly kept: KeptState;
  private readonly list: LogList;
  private readonly shows: Shows;
  private readonly wish: HistoryWish;
  private readonly onChange: () => void;

  constructor(options: {
    /** Of the bar's element. */
    readonly id: string;
    readonly strings: LogsStrings;
    readonly channel: PageChannel<LogsContract>;
    readonly kept: KeptState;
    readonly list: LogList;
    readonly shows: Shows;
    readonly wish: HistoryWish;
    readonly pointed: Pointed;
    /** Another filter, or the bar is open or not. */
    readonly onChange: () => void;
    readonly onLeave: () => void;
  }) {
    const { id, strings, channel, kept, list, shows, pointed } = options;
    this.kept = kept;
    this.list = list;
    this.shows = shows;
    this.wish = options.wish;
    this.onChange = options.onChange;
    const { filter } = kept.now;
    this.whole = new WholeLog({
      list,
      shows,
      pointed,
      filter: () => kept.now.filter,
      onChange: () => {
        this.onChange();
        this.bar.setOff(this.whole.isFilterOff);
      },
    });
    this.bar = new FilterBar({
      id,
      strings,
      filter,
      onChange: (asked) => {
        this.ask(asked);
      },
      onToggle: this.onChange,
      onLeave: options.onLeave,
      onSave: (saved) => {
        channel.tell('saveFilter', saved);
      },
      onDelete: (name) => {
        channel.tell('deleteFilter', { name });
      },
    });
    this.legend = new SourceLegend({
      strings,
      hidden: filter.hiddenSources,
      onHidden: (hidden) => {
        this.bar.hide(hidden);
      },
    });
    if (isFiltering(filter)) this.wish.all();
  }

  toggleBar(): void {
    if (this.bar.isOpen) this.bar.close();
    else this.bar.open();
  }

  private ask(filter: LogFilter): void {
    const { shows, whole } = this;
    const before = this.kept.now.filter;
    if (isSame(filter, before)) return;
    if (isFiltering(filter)) this.wish.all();
    const isOnlySources = isSame({ ...filter, hiddenSources: [] }, { ...before, hiddenSources: [] });
    if (!isOnlySources) whole.end();
    this.bar.setOff(whole.isFilterOff);
    this.kept.keep({ filter });
    void shows.change({ ...shows.show, filter: whole.shown(filter), contexts: [] }, this.list.sight());
    this.onChange();
  }
}

function isSame(one: LogFilter, other: LogFilter): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
