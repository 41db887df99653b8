import { fill } from '../../base/fill.ts';
import type { PageChannel } from '../../protocol/channel.ts';
import {
  isStatsSeries,
  maxCharted,
  type SortColumn,
  type StatsContract,
  type StatsMoment,
  type StatsPageState,
  type StatsRow,
  type StatsSnapshot,
  type StatsStrings,
} from '../../protocol/stats.ts';
import { KnownRows } from '../../protocol/statsChanges.ts';
import { element } from '../dom.ts';
import { chartColor } from './chartColors.ts';
import { ChartSeries } from './chartSeries.ts';
import { type Charted, Charts } from './charts.ts';
import { filterRows, sortRows } from './order.ts';
import { RecentValues } from './recent.ts';
import { Table } from './table.ts';
import { Toolbar } from './toolbar.ts';

/** So many containers are in the charts until somebody chooses. */
const firstCharted = 4;

type View = Omit<StatsPageState, 'version' | 'scope' | 'name'>;

export interface ScreenOptions {
  readonly channel: PageChannel<StatsContract>;
  readonly snapshot: StatsSnapshot;
  readonly kept: StatsPageState | undefined;
  readonly onKeep: (view: View) => void;
}

/** The table of the containers above, the charts of some of them below. */
export class Screen {
  private readonly channel: PageChannel<StatsContract>;
  private readonly strings: StatsStrings;
  private readonly onKeep: (view: View) => void;
  private readonly recent = new RecentValues();
  private readonly toolbar: Toolbar;
  private readonly table: Table;
  private readonly charts: Charts;
  private readonly empty = element('p', { class: 'empty', role: 'status' });
  private readonly known = new KnownRows();
  private readonly series = new ChartSeries();
  private view: View;
  /** Those that are shown: while it is paused, as they were then. */
  private rows: readonly StatsRow[] = [];
  private at: number;
  private isPaused = false;
  private asked = 0;

  constructor({ channel, snapshot, kept, onKeep }: ScreenOptions) {
    this.channel = channel;
    this.strings = snapshot.strings;
    this.onKeep = onKeep;
    this.at = snapshot.at;
    this.view = kept ?? {
      sort: { by: 'cpuPercent', isDescending: true },
      filter: '',
      charted: undefined,
      minutes: 1,
    };
    const { strings } = this;
    document.documentElement.lang = strings.language;
    this.toolbar = new Toolbar(strings, this.view, {
      filter: (filter) => {
        this.change({ filter });
      },
      window: (minutes) => {
        this.change({ minutes });
        void this.load();
      },
      pause: (isPaused) => {
        this.isPaused = isPaused;
        if (!isPaused) void this.load();
      },
      save: () => {
        const keys = this.shownRows().map(({ key }) => key);
        this.channel.tell('save', { keys, windowMs: this.windowMs });
      },
    });
    this.table = new Table({
      strings,
      onSort: (by) => {
        this.sort(by);
      },
      onChoose: (key, isAdded) => {
        this.choose(key, isAdded);
      },
      onOpenLogs: (key) => {
        this.channel.tell('openLogs', { key });
      },
    });
    this.charts = new Charts(strings);
    document.body.append(this.toolbar.element, this.table.element, this.empty, this.charts.element);
  }

  /** A snapshot came: all that is known begins anew. */
  restart({ at, rows, recent }: StatsSnapshot): void {
    this.at = at;
    this.known.restart(rows);
    this.rows = rows;
    this.recent.restart(recent);
    this.show();
    void this.load();
  }

  add(moment: StatsMoment): void {
    this.known.take(moment);
    // What was measured while it is paused is asked of the host afterwards.
    if (this.isPaused) return;
    this.at = moment.at;
    this.rows = this.known.all;
    this.recent.add(this.rows);
    this.series.add(moment.at, (key) => this.known.get(key), moment.at - this.windowMs);
    if (this.charted.some(({ key }) => !this.series.has(key))) void this.load();
    this.show();
  }

  private get windowMs(): number {
    return this.view.minutes * 60_000;
  }

  /** Until somebody has chosen: the first of the rows. */
  private get charted(): readonly Charted[] {
    const byName = new Map(this.rows.map((row) => [row.key, row]));
    const keys =
      this.view.charted ?? sortRows(this.rows, { by: 'name', isDescending: false }).map(({ key }) => key);
    return keys
      .flatMap((key) => byName.get(key) ?? [])
      .slice(0, this.view.charted === undefined ? firstCharted : maxCharted)
      .map(({ key, name }, place) => ({ key, name, color: chartColor(place) }));
  }

  private change(part: Partial<View>): void {
    this.view = { ...this.view, ...part };
    this.onKeep(this.view);
    this.show();
  }

  private sort(by: SortColumn): void {
    const { sort } = this.view;
    // Names from A on, numbers from the largest down.
    const isDescending = sort.by === by ? !sort.isDescending : by !== 'name';
    this.change({ sort: { by, isDescending } });
  }

  private choose(key: string, isAdded: boolean): void {
    const before = this.charted.map((one) => one.key);
    const others = before.filter((other) => other !== key);
    if (isAdded && others.length === before.length && before.length >= maxCharted) {
      this.toolbar.say(fill(this.strings.tooMany, { count: String(maxCharted) }));
      return;
    }
    const charted = !isAdded ? [key] : others.length < before.length ? others : [...before, key];
    this.change({ charted });
    void this.load();
  }

  /** What the containers in the charts used, from the host. */
  private async load(): Promise<void> {
    const asked = ++this.asked;
    const keys = this.charted.map(({ key }) => key);
    const series = await this.channel.ask('series', { keys, windowMs: this.windowMs }).catch(() => undefined);
    if (asked !== this.asked || !isStatsSeries(series)) return;
    this.series.restart(series);
    this.show();
  }

  private shownRows(): readonly StatsRow[] {
    return sortRows(filterRows(this.rows, this.view.filter), this.view.sort);
  }

  private show(): void {
    const { strings, view, charted } = this;
    const rows = this.shownRows();
    this.table.show(rows, (key) => this.recent.of(key));
    this.table.setSort(view.sort);
    this.table.setCharted(new Map(charted.map(({ key, color }) => [key, color])));
    this.empty.hidden = rows.length > 0;
    this.empty.textContent =
      this.rows.length === 0 ? strings.nothingRuns : fill(strings.noMatch, { text: view.filter });
    this.charts.element.hidden = this.rows.length === 0;
    this.charts.draw(charted, this.series, [this.at - this.windowMs, this.at]);
  }
}
