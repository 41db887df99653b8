import { fill } from '../../base/fill.ts';
import { isFiltering, type LogState } from '../../model/log.ts';
import type { SavedFilter } from '../../protocol/logs.ts';
import type { FieldsView } from './fieldsView.ts';
import { Filtering } from './filtering.ts';
import type { FindBox } from './findBox.ts';
import { createFindBox } from './finding.ts';
import { HistogramStrip } from './histogramStrip.ts';
import { KeySheet } from './keySheet.ts';
import { LinkedLine } from './linkedLine.ts';
import { listenForLinks } from './links.ts';
import { LogRows } from './logRows.ts';
import { LookSwitches } from './lookSwitches.ts';
import { MatchMarks } from './matchMarks.ts';
import type { Notice } from './notice.ts';
import { RowLooks } from './rowLooks.ts';
import { createGoToTime, createNotice, createStatusLine, createToolbar } from './screenControls.ts';
import { listenForScreen } from './screenKeys.ts';
import { layOut } from './screenLayout.ts';
import type { ScreenParts } from './screenParts.ts';
import type { Shown } from './shows.ts';
import type { StatusLine } from './statusLine.ts';
import { createFieldsView, StructuredLines } from './structuredLines.ts';
import type { Toolbar } from './toolbar.ts';

const filterBarId = 'filterBar';
const columnPickerId = 'columnPicker';
/** Characters of a container's name beside its lines. */
const maxSourceWidth = 18;

/** Everything that is seen of the page, and what its buttons and keys do. */
export class Screen {
  readonly rows: LogRows;
  readonly linked: LinkedLine;
  private readonly parts: ScreenParts;
  private readonly looks: RowLooks;
  private readonly fields: FieldsView;
  private readonly structured: StructuredLines;
  private readonly filtering: Filtering;
  private readonly find: FindBox;
  private readonly toolbar: Toolbar;
  private readonly status: StatusLine;
  private readonly notice: Notice;
  private readonly histogram: HistogramStrip;
  private readonly marks: MatchMarks;
  private state: LogState | undefined;

  constructor(parts: ScreenParts) {
    const { strings, formatCount, target, kept, shows, channel, cache, wish } = parts;
    this.parts = parts;
    const onLeave = (): void => {
      this.rows.focus();
    };
    const onToolbar = (): void => {
      this.showToolbar();
    };
    const fields = createFieldsView({
      pickerId: columnPickerId,
      strings,
      channel,
      kept,
      onChange: () => {
        this.showToolbar();
        this.structured.showHeader();
        list.setLook(looks.now);
      },
      onToggle: onToolbar,
      onLeave,
    });
    const looks = new RowLooks({
      strings,
      target,
      formatCount,
      kept,
      fields: () => fields.look,
      isFiltered: isFiltering(kept.now.filter),
    });
    this.notice = createNotice(parts, () => {
      this.rows.clearing.undo(this.rows.list.sight());
    });
    const rows = new LogRows(parts, {
      looks,
      notice: this.notice.element,
      state: () => this.state,
      onFollowing: () => {
        parts.onFollowing();
        this.showStatus();
      },
      onDrawn: () => {
        this.structured.header.align();
        parts.onDrawn();
      },
    });
    const { list, pointed, folding, jumps } = rows;
    const filtering = new Filtering({
      id: filterBarId,
      strings,
      channel,
      kept,
      list,
      shows,
      wish,
      pointed,
      onChange: onToolbar,
      onLeave,
    });
    const find = createFindBox({
      strings,
      formatCount,
      channel,
      kept,
      list,
      cache,
      shows,
      wish,
      folding,
      onLeave,
    });
    this.histogram = new HistogramStrip({
      strings,
      formatCount,
      timestamps: () => kept.now.timestamps,
      ask: (count) => channel.ask('histogram', { parts: count }),
      onJump: (at) => void jumps.toTime(at),
    });
    this.marks = new MatchMarks((count) => channel.ask('density', { parts: count }));
    this.structured = new StructuredLines({
      view: fields,
      strings,
      list,
      looks,
      pointed,
      onFilter: (condition) => {
        filtering.bar.include(condition);
      },
    });
    const switches = new LookSwitches({ kept, list, looks, histogram: this.histogram, onChange: onToolbar });
    const sheet = new KeySheet(strings);
    const goTo = createGoToTime(parts, rows);
    this.toolbar = createToolbar(parts, {
      filterBarId,
      columnPickerId,
      rows,
      find,
      filtering,
      fields,
      switches,
      sheet,
    });
    this.status = createStatusLine(parts, { rows, filtering });
    this.linked = new LinkedLine({
      channel,
      strings,
      list,
      pointed,
      folding,
      say: (sentence) => {
        this.status.say(sentence);
      },
    });
    this.rows = rows;
    this.looks = looks;
    this.fields = fields;
    this.filtering = filtering;
    this.find = find;
    layOut({
      toolbar: this.toolbar,
      bar: filtering.bar,
      legend: filtering.legend,
      histogram: this.histogram,
      header: this.structured.header,
      list,
      over: [this.marks, goTo, fields.picker, this.structured.values.menu],
      status: this.status,
    });
    listenForScreen({ rows, find, filtering, goTo, fields, switches, sheet, wish });
    listenForLinks(list.element, (row, index) => {
      channel.tell('openLink', { row, index });
    });
    for (const does of ['keydown', 'pointerdown'] as const)
      document.addEventListener(does, () => {
        this.status.say('');
      });
    this.showToolbar();
    kept.keep({});
  }

  /** News of the same rows. */
  update(state: LogState): void {
    const before = this.take(state);
    if (this.looks.setSources(state.sources)) this.showSources(state);
    this.rows.list.setExtent(state.extent);
    this.showState(state, before);
  }

  /** Other rows are shown. */
  setShown(state: LogState, anchor: Shown['anchor']): void {
    const before = this.take(state);
    const isFiltered = isFiltering(this.parts.shows.show.filter);
    if (this.looks.setFiltered(isFiltered)) this.rows.list.setLook(this.looks.now);
    if (this.looks.setSources(state.sources)) this.showSources(state);
    this.rows.list.setShown(state.extent, anchor);
    this.showState(state, before);
    // Where the focus goes has to be laid out first: with the rows that is done anyhow.
    if (before === undefined) this.rows.focus();
  }

  /** So many lines are in the clipboard. */
  tellCopied(lines: number): void {
    const { strings } = this.parts;
    const count = this.parts.formatCount(lines);
    this.status.say(lines === 1 ? strings.copiedOne : fill(strings.copied, { count }));
  }

  /** As if by the key. */
  copy(): void {
    this.rows.copying.copy();
  }

  setSavedFilters(saved: readonly SavedFilter[]): void {
    this.filtering.bar.setSaved(saved);
  }

  /** The reader of the log knows of no search yet. */
  restart(): void {
    this.find.restart();
  }

  /** The log is another one: rows that were meant are no more. */
  forget(): void {
    this.rows.forget();
  }

  /** Answers what was there to say before. */
  private take(state: LogState): LogState | undefined {
    const before = this.state;
    this.state = state;
    this.notice.show(state, this.parts.shows.show.filter);
    return before;
  }

  private showState(state: LogState, before: LogState | undefined): void {
    const { extent, find, history, showProblem } = state;
    const { kept, shows } = this.parts;
    // Folding one trace where all are open begins to fold the others too.
    const { isFolding } = shows.show;
    if (isFolding !== kept.now.isFolding) kept.keep({ isFolding });
    if (before?.showId !== state.showId) this.showToolbar();
    this.find.update(find);
    this.filtering.bar.update(showProblem);
    this.marks.update(find.total, extent.lines);
    const isHistogramOld =
      before?.extent.lines !== extent.lines ||
      before.history.phase !== history.phase ||
      before.cleared?.fromRow !== state.cleared?.fromRow;
    if (isHistogramOld) this.histogram.update();
    if (before?.history.phase !== history.phase) this.fields.refresh();
    this.showStatus();
    this.linked.update(state);
  }

  private showSources(state: LogState): void {
    this.filtering.legend.update(state);
    const longest = state.sources.reduce((most, { name }) => Math.max(most, name.length), 0);
    const width = `${String(Math.min(longest, maxSourceWidth))}ch`;
    this.rows.list.element.style.setProperty('--source-width', width);
    this.rows.list.setLook(this.looks.now);
  }

  private showStatus(): void {
    if (this.state === undefined) return;
    const isFiltered = isFiltering(this.parts.shows.show.filter);
    const { isFollowing } = this.rows.list;
    const { isFilterOff } = this.filtering.whole;
    this.status.show(this.state, { isFollowing, isFiltered, isFilterOff });
  }

  private showToolbar(): void {
    const { kept, shows } = this.parts;
    const { isFolding, filter } = shows.show;
    this.toolbar.show({
      ...kept.now,
      isFolding,
      isFilterOpen: this.filtering.bar.isOpen,
      isFiltered: isFiltering(filter),
      isPickingColumns: this.fields.picker.isOpen,
    });
  }
}
