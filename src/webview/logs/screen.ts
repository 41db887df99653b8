import { type FindQuery, isFiltering, type LogFilter, type LogState } from '../../model/log.ts';
import type { PageChannel } from '../../protocol/channel.ts';
import { fill } from '../../base/fill.ts';
import type {
  LogsContract,
  LogsPageState,
  LogsPageTarget,
  LogsStrings,
  SavedFilter,
} from '../../protocol/logs.ts';
import { element } from '../dom.ts';
import { Bookmarks } from './bookmarks.ts';
import { Clearing } from './clearing.ts';
import { ColumnHeader } from './columnHeader.ts';
import { ContextLines } from './contextLines.ts';
import { Copying } from './copying.ts';
import { FieldsView } from './fieldsView.ts';
import { FieldValues } from './fieldValues.ts';
import { FilterBar } from './filterBar.ts';
import { type CurrentMatch, FindBox } from './findBox.ts';
import { Folding } from './folding.ts';
import { GoToTime } from './goToTime.ts';
import { HistogramStrip } from './histogramStrip.ts';
import type { HistoryWish } from './historyWish.ts';
import { Jumps } from './jumps.ts';
import { logKeySheet } from './keySheet.ts';
import { SourceLegend } from './legend.ts';
import { LinkedLine } from './linkedLine.ts';
import { listenForLinks } from './links.ts';
import { LogList } from './list.ts';
import { MatchMarks } from './matchMarks.ts';
import { Notice } from './notice.ts';
import { Pointed } from './pointed.ts';
import type { RowCache } from './rowCache.ts';
import type { RowLook } from './rowElement.ts';
import { logContext } from './rowContext.ts';
import { listenForScreen } from './screenKeys.ts';
import { Selection } from './selection.ts';
import type { Shown, Shows } from './shows.ts';
import { StatusLine } from './statusLine.ts';
import { timeOf } from './timeInput.ts';
import { type Look, nextTimestampMode, Toolbar } from './toolbar.ts';
import { WholeLog } from './wholeLog.ts';

/** What outlives a reload of the window. */
export type Kept = Omit<LogsPageState, 'version' | 'target'>;

export interface ScreenParts {
  readonly strings: LogsStrings;
  readonly target: LogsPageTarget;
  readonly kept: Kept;
  readonly channel: PageChannel<LogsContract>;
  readonly cache: RowCache;
  readonly shows: Shows;
  readonly wish: HistoryWish;
  readonly onKept: (kept: Kept) => void;
  readonly onDrawn: () => void;
  readonly onFollowing: () => void;
}

const filterBarId = 'filterBar';
const columnPickerId = 'columnPicker';
/** Characters of a container's name beside its lines. */
const maxSourceWidth = 18;

/** Everything that is seen of the page, and what its buttons and keys do. */
export class Screen {
  readonly list: LogList;
  readonly linked: LinkedLine;
  private readonly parts: ScreenParts;
  private readonly formatCount: (count: number) => string;
  private readonly bookmarks = new Bookmarks();
  private readonly pointed: Pointed;
  private readonly selection: Selection;
  private readonly copying: Copying;
  private readonly folding: Folding;
  private readonly contexts: ContextLines;
  private readonly whole: WholeLog;
  private readonly clearing: Clearing;
  private readonly jumps: Jumps;
  private readonly find: FindBox;
  private readonly filter: FilterBar;
  private readonly toolbar: Toolbar;
  private readonly status: StatusLine;
  private readonly notice: Notice;
  private readonly histogram: HistogramStrip;
  private readonly legend: SourceLegend;
  private readonly marks: MatchMarks;
  private readonly goTo: GoToTime;
  private readonly fields: FieldsView;
  private readonly header: ColumnHeader;
  private readonly values: FieldValues;
  private readonly sheet: HTMLDialogElement;
  private kept: Kept;
  private isFiltered = false;
  private state: LogState | undefined;

  constructor(parts: ScreenParts) {
    const { strings, kept, shows, channel } = parts;
    this.parts = parts;
    this.kept = kept;
    this.isFiltered = isFiltering(kept.filter);
    const count = new Intl.NumberFormat(document.documentElement.lang || undefined);
    this.formatCount = (value) => count.format(value);
    const { formatCount } = this;
    this.notice = new Notice({
      strings,
      formatCount,
      onAll: () => {
        parts.wish.all();
      },
      onAgain: () => {
        parts.wish.again();
      },
      onShowCleared: () => {
        this.clearing.undo(this.list.sight());
      },
    });
    this.fields = this.makeFields();
    this.list = this.makeList();
    this.header = new ColumnHeader({ name: strings.columns, list: this.list.element });
    const focusList = (): void => {
      this.list.element.focus();
    };
    this.pointed = new Pointed(this.list);
    this.selection = new Selection({
      list: this.list,
      pointed: this.pointed,
      channel,
      state: () => this.state,
    });
    this.copying = new Copying({
      selection: this.selection,
      timestamps: () => this.kept.timestamps,
      copyRows: (request) => {
        channel.tell('copy', request);
      },
    });
    this.folding = new Folding({ list: this.list, shows, cache: parts.cache, pointed: this.pointed });
    this.contexts = new ContextLines({ list: this.list, shows, pointed: this.pointed });
    this.whole = new WholeLog({
      list: this.list,
      shows,
      pointed: this.pointed,
      filter: () => this.kept.filter,
      onChange: () => {
        this.showToolbar();
        this.filter.setOff(this.whole.isFilterOff);
      },
    });
    this.clearing = new Clearing({ list: this.list, shows, state: () => this.state });
    this.jumps = new Jumps({
      channel,
      list: this.list,
      pointed: this.pointed,
      bookmarks: this.bookmarks,
      clearing: this.clearing,
      state: () => this.state,
    });
    this.find = this.makeFind(focusList);
    this.filter = new FilterBar({
      id: filterBarId,
      strings,
      filter: kept.filter,
      onChange: (filter) => {
        this.setFilter(filter);
      },
      onToggle: () => {
        this.showToolbar();
      },
      onLeave: focusList,
      onSave: (filter) => {
        channel.tell('saveFilter', filter);
      },
      onDelete: (name) => {
        channel.tell('deleteFilter', { name });
      },
    });
    this.legend = new SourceLegend({
      strings,
      hidden: kept.filter.hiddenSources,
      onHidden: (hidden) => {
        this.filter.hide(hidden);
      },
    });
    this.histogram = new HistogramStrip({
      strings,
      formatCount,
      timestamps: () => this.kept.timestamps,
      ask: (count) => channel.ask('histogram', { parts: count }),
      onJump: (at) => void this.jumps.toTime(at),
    });
    this.marks = new MatchMarks((count) => channel.ask('density', { parts: count }));
    this.goTo = new GoToTime({
      strings,
      timeOf: (text) => {
        const now = Date.now();
        return timeOf(text, {
          now,
          near: this.list.topRow?.at ?? now,
          isUtc: this.kept.timestamps === 'utc',
        });
      },
      onTime: (at) => {
        parts.wish.all();
        void this.jumps.toTime(at);
      },
      onLeave: focusList,
    });
    this.values = new FieldValues({
      strings,
      list: this.list,
      pointed: this.pointed,
      look: () => this.rowLook(),
      onFilter: (condition) => {
        this.filter.include(condition);
      },
      onColumn: (name) => {
        this.fields.toggleColumn(name);
      },
    });
    this.sheet = logKeySheet(strings);
    this.toolbar = this.makeToolbar();
    this.status = new StatusLine({
      strings,
      formatCount,
      onFilterAgain: () => {
        this.whole.toggle();
        focusList();
      },
      onJump: () => {
        this.list.follow();
        focusList();
      },
      onResume: () => {
        channel.tell('resume', undefined);
        focusList();
      },
    });
    this.linked = new LinkedLine({
      channel,
      strings,
      list: this.list,
      pointed: this.pointed,
      folding: this.folding,
      say: (sentence) => {
        this.status.say(sentence);
      },
    });
    const frame = element(
      'div',
      { class: 'logFrame' },
      this.list.element,
      this.marks.element,
      this.goTo.element,
      this.fields.picker.element,
      this.values.menu.element,
    );
    document.body.append(
      this.toolbar.element,
      this.filter.element,
      this.legend.element,
      this.histogram.element,
      this.header.element,
      frame,
      this.status.element,
      this.sheet,
    );
    this.list.element.dataset['vscodeContext'] = logContext(parts.target.ref);
    this.listen();
    this.showToolbar();
    this.list.setWrapped(kept.wrap);
    this.histogram.setShown(kept.histogram);
    this.header.show(this.fields.look?.columns ?? []);
    if (isFiltering(kept.filter)) parts.wish.all();
    focusList();
    this.keep({});
  }

  /** News of the same rows. */
  update(state: LogState): void {
    const before = this.state;
    this.state = state;
    this.notice.show(state, this.parts.shows.show.filter);
    this.list.setExtent(state.extent);
    this.showState(before);
    this.linked.update(state);
  }

  /** Other rows are shown. */
  setShown(state: LogState, anchor: Shown['anchor']): void {
    const before = this.state;
    this.state = state;
    this.notice.show(state, this.parts.shows.show.filter);
    this.showFiltered();
    this.list.setShown(state.extent, anchor);
    this.showState(before);
    this.linked.update(state);
  }

  /** So many lines are in the clipboard. */
  tellCopied(lines: number): void {
    const { strings } = this.parts;
    const count = this.formatCount(lines);
    this.status.say(lines === 1 ? strings.copiedOne : fill(strings.copied, { count }));
  }

  /** As if by the key. */
  copy(): void {
    this.copying.copy();
  }

  setSavedFilters(saved: readonly SavedFilter[]): void {
    this.filter.setSaved(saved);
  }

  /** The reader of the log knows of no search yet. */
  restart(): void {
    this.find.restart();
  }

  /** The log is another one: rows that were meant are no more. */
  forget(): void {
    this.list.clear();
    this.bookmarks.clear();
    this.pointed.clear();
    this.selection.clear();
    this.folding.forget();
    this.contexts.forget();
  }

  private showState(before: LogState | undefined): void {
    const { state } = this;
    if (state === undefined) return;
    const { extent, find, history, showProblem } = state;
    // Folding one trace where all are open begins to fold the others too.
    const { isFolding } = this.parts.shows.show;
    if (isFolding !== this.kept.isFolding) this.keep({ isFolding });
    if (before?.showId !== state.showId) this.showToolbar();
    this.showSources(before);
    this.find.update(find);
    this.filter.update(showProblem);
    this.marks.update(find.total, extent.lines);
    const isHistogramOld =
      before?.extent.lines !== extent.lines ||
      before.history.phase !== history.phase ||
      before.cleared?.fromRow !== state.cleared?.fromRow;
    if (isHistogramOld) this.histogram.update();
    if (before?.history.phase !== history.phase) this.fields.refresh();
    this.showStatus();
  }

  private showFiltered(): void {
    const isFiltered = isFiltering(this.parts.shows.show.filter);
    if (isFiltered === this.isFiltered) return;
    this.isFiltered = isFiltered;
    this.list.setLook(this.rowLook());
  }

  private showSources(before: LogState | undefined): void {
    const sources = this.state?.sources ?? [];
    if (sources.length === (before?.sources.length ?? 0)) return;
    if (this.state !== undefined) this.legend.update(this.state);
    const longest = sources.reduce((most, { name }) => Math.max(most, name.length), 0);
    this.list.element.style.setProperty('--source-width', `${String(Math.min(longest, maxSourceWidth))}ch`);
    this.list.setLook(this.rowLook());
  }

  private showStatus(): void {
    if (this.state === undefined) return;
    const isFiltered = isFiltering(this.parts.shows.show.filter);
    const { isFollowing } = this.list;
    this.status.show(this.state, { isFollowing, isFiltered, isFilterOff: this.whole.isFilterOff });
  }

  private makeList(): LogList {
    const { strings, target, cache, onDrawn, onFollowing } = this.parts;
    return new LogList({
      name: fill(strings.listName, { name: target.name }),
      look: this.rowLook(),
      cache,
      notice: this.notice.element,
      decorate: (made, { row }) => {
        const isSelected = this.selection.has(row);
        made.classList.toggle('bookmarked', this.bookmarks.has(row));
        made.classList.toggle('pointed', this.pointed.row === row);
        made.classList.toggle('selected', isSelected);
        if (made.ariaSelected !== String(isSelected)) made.ariaSelected = String(isSelected);
      },
      onFollowing: () => {
        onFollowing();
        this.showStatus();
      },
      onDrawn: () => {
        this.header.align();
        onDrawn();
      },
    });
  }

  private makeFields(): FieldsView {
    const { strings, channel } = this.parts;
    const { isRaw, columns, onlyColumns } = this.kept;
    return new FieldsView({
      pickerId: columnPickerId,
      strings,
      kept: { isRaw, columns, onlyColumns },
      ask: () => channel.ask('fields', undefined),
      onChange: (fields) => {
        this.keep(fields);
        this.showToolbar();
        this.header.show(this.fields.look?.columns ?? []);
        this.list.setLook(this.rowLook());
      },
      onToggle: () => {
        this.showToolbar();
      },
      onLeave: () => {
        this.list.element.focus();
      },
    });
  }

  private makeFind(onLeave: () => void): FindBox {
    const { strings, channel, cache, shows, wish } = this.parts;
    return new FindBox({
      strings,
      formatCount: this.formatCount,
      query: this.kept.find,
      source: {
        find: (findId, query) => channel.ask('find', { findId, query }),
        step: (step) => channel.ask('step', step),
        locate: async (row) => (await channel.ask('locate', { at: undefined, row })).position,
        showId: () => shows.id,
      },
      origin: () => ({ row: this.list.position, isEnd: this.list.isFollowing }),
      onSearch: (findId, query: FindQuery) => {
        cache.setFind(findId);
        this.keep({ find: query });
        if (query.pattern !== '') wish.all();
      },
      onMatch: (match, foldedIn) => this.showMatch(match, foldedIn),
      onLeave,
    });
  }

  private makeToolbar(): Toolbar {
    return new Toolbar({
      strings: this.parts.strings,
      find: this.find.element,
      filterBarId,
      columnPickerId,
      onFilter: () => {
        if (this.filter.isOpen) this.filter.close();
        else this.filter.open();
      },
      onFold: () => {
        this.folding.toggleAll();
      },
      onFields: () => {
        this.fields.toggleRaw();
      },
      onColumns: () => {
        this.fields.togglePicker();
      },
      onHistogram: () => {
        this.setLook({ histogram: !this.kept.histogram });
      },
      onWrap: () => {
        this.setLook({ wrap: !this.kept.wrap });
      },
      onTimestamps: () => {
        this.setLook({ timestamps: nextTimestampMode(this.kept.timestamps) });
      },
      onClear: () => {
        this.clearing.toggle();
      },
      onSave: () => {
        this.parts.channel.tell('save', undefined);
      },
      onDocument: () => {
        this.parts.channel.tell('openDocument', undefined);
      },
      onKeys: () => {
        this.showKeys();
      },
    });
  }

  private listen(): void {
    const { list, find, filter, pointed, selection, jumps, goTo, bookmarks } = this;
    const { contexts, whole, clearing } = this;
    listenForScreen({
      list,
      find,
      filter,
      pointed,
      selection,
      jumps,
      goTo,
      bookmarks,
      contexts,
      whole,
      clearing,
      onAll: () => {
        this.parts.wish.all();
      },
      onFold: () => {
        this.folding.toggleHere();
      },
      onRaw: () => {
        this.fields.toggleRaw();
      },
      onColumns: () => {
        this.fields.togglePicker();
      },
      onWrap: () => {
        this.setLook({ wrap: !this.kept.wrap });
      },
      onTimestamps: () => {
        this.setLook({ timestamps: nextTimestampMode(this.kept.timestamps) });
      },
      onKeys: () => {
        this.showKeys();
      },
    });
    listenForLinks(list.element, (row, index) => {
      this.parts.channel.tell('openLink', { row, index });
    });
    for (const does of ['keydown', 'pointerdown'] as const)
      document.addEventListener(does, () => {
        this.status.say('');
      });
    setInterval(() => {
      if (this.kept.timestamps === 'relative' && !document.hidden) list.rows.refreshTimes(Date.now());
    }, 1000);
  }

  private showKeys(): void {
    if (!this.sheet.open) this.sheet.showModal();
  }

  private setFilter(filter: LogFilter): void {
    const { shows, wish } = this.parts;
    const before = this.kept.filter;
    if (isSame(filter, before)) return;
    if (isFiltering(filter)) wish.all();
    const isOnlySources = isSame({ ...filter, hiddenSources: [] }, { ...before, hiddenSources: [] });
    if (!isOnlySources) this.whole.end();
    this.filter.setOff(this.whole.isFilterOff);
    this.keep({ filter });
    void shows.change({ ...shows.show, filter: this.whole.shown(filter), contexts: [] }, this.list.sight());
    this.showToolbar();
  }

  private async showMatch(
    match: CurrentMatch | undefined,
    foldedIn: number | undefined,
  ): Promise<number | undefined> {
    const position =
      match === undefined || foldedIn === undefined
        ? match?.position
        : await this.folding.unfold(foldedIn, { row: match.row, offset: this.list.thirdOfScreen });
    this.list.setCurrent(
      match === undefined ? undefined : { ...match, position: position ?? match.position },
    );
    return position;
  }

  private setLook(look: Partial<Look>): void {
    this.keep(look);
    this.showToolbar();
    if (look.wrap !== undefined) this.list.setWrapped(look.wrap);
    if (look.timestamps !== undefined) this.list.setLook(this.rowLook());
    if (look.histogram !== undefined) this.histogram.setShown(look.histogram);
  }

  private showToolbar(): void {
    const { isFolding, filter } = this.parts.shows.show;
    this.toolbar.show({
      ...this.kept,
      isFolding,
      isFilterOpen: this.filter.isOpen,
      isFiltered: isFiltering(filter),
      isPickingColumns: this.fields.picker.isOpen,
    });
  }

  private rowLook(): RowLook {
    const { strings, target } = this.parts;
    return {
      timestamps: this.kept.timestamps,
      strings,
      containerName: target.name,
      sources: this.state?.sources ?? [],
      formatCount: this.formatCount,
      isFiltered: this.isFiltered,
      fields: this.fields.look,
    };
  }

  private keep(part: Partial<Kept>): void {
    const { wrap, timestamps, histogram, find, filter, isFolding, isRaw, columns, onlyColumns } = {
      ...this.kept,
      ...part,
    };
    this.kept = { wrap, timestamps, histogram, find, filter, isFolding, isRaw, columns, onlyColumns };
    this.parts.onKept(this.kept);
  }
}

function isSame(one: LogFilter, other: LogFilter): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
