import type { Clock } from '../base/async.ts';
import type { Disposable } from '../base/lifecycle.ts';
import {
  type ContextMarks,
  type FindProblem,
  type FindQuery,
  type FindState,
  type FindStep,
  type FindStepResult,
  isFiltering,
  type LocatedRow,
  type LogEvent,
  type LogFieldSample,
  type LogHistogram,
  type LogHistory,
  type LogPhase,
  type LogPlace,
  type LogRow,
  type LogShow,
  type LogSourceInfo,
  type LogState,
  type LogUpdate,
  type LogView,
  type MarkedRow,
  maxWindowRows,
  noHistory,
  noMatches,
  nothingFound,
  type RowWindow,
  showAll,
} from '../model/log.ts';
import type {
  CopiedRows,
  CopyRequest,
  LinePlace,
  LinkRequest,
  SaveRequest,
  SeekResult,
  SourceLink,
  WrittenLine,
} from '../model/logQuestions.ts';
import { plainText } from '../model/ansi.ts';
import { Beginning } from './beginning.ts';
import { copyRows } from './copyRows.ts';
import { compileFilter } from './filter.ts';
import { sampleFields } from './fieldSample.ts';
import { findLine, reachesBack } from './findLine.ts';
import { FindIndex } from './findIndex.ts';
import { histogram, rowAtTime } from './histogram.ts';
import { compileQuery } from './query.ts';
import { eventRow } from './rowMaker.ts';
import { saveLog } from './saveLog.ts';
import { sourceRefs } from './sourceRefs.ts';
import type { SpoolRow } from './spool/block.ts';
import type { Spool } from './spool/spool.ts';
import type { TimeLimit } from './timeLimit.ts';
import { headOf, traceLinesOf, traceRows } from './traceLines.ts';
import { SpoolWriter } from './spool/spoolWriter.ts';
import { VisibleRows } from './visibleRows.ts';
import { wholeLine } from './wholeLine.ts';

/** Updates are at least this far apart. */
const updateIntervalMs = 50;
/** Characters in one window of rows. */
const maxWindowLength = 1_000_000;

/**
 * One open log: shows what was read, or the part of it that a filter lets through, answers windows of that, finds in it,
 * and tells what is new. To the outside rows are named by their positions among those that show.
 */
export class LogSession implements Disposable {
  /** For a page that wants to begin with lines. */
  readonly beginning: Beginning;
  private readonly spool: Spool;
  private readonly writer: SpoolWriter;
  private readonly clock: Clock;
  private readonly limit: TimeLimit;
  private readonly onUpdate: (update: LogUpdate) => void;
  /** By source. */
  private readonly phases: LogPhase[] = [];
  private currentSources: readonly LogSourceInfo[] = [];
  private currentHistory = noHistory;
  private showId = 0;
  private currentShow: LogShow = showAll;
  private visible: VisibleRows;
  private showProblem: FindProblem | undefined;
  private view: LogView | undefined;
  /** Positions before this one were sent, or are not wanted. */
  private sentTo = 0;
  private lastUpdateAt = Number.NEGATIVE_INFINITY;
  private cancelUpdate: (() => void) | undefined;
  private findId = 0;
  private query: FindQuery | undefined;
  private index: FindIndex | undefined;
  private invalid: FindState | undefined;
  private cancelWork: (() => void) | undefined;
  private searchWaiters: (() => void)[] = [];

  constructor(options: {
    readonly spool: Spool;
    readonly clock: Clock;
    readonly limit: TimeLimit;
    readonly onUpdate: (update: LogUpdate) => void;
  }) {
    this.spool = options.spool;
    this.writer = new SpoolWriter(options.spool, (event) => eventRow(event, this.clock.now(), 0));
    this.clock = options.clock;
    this.beginning = new Beginning(options.clock);
    this.limit = options.limit;
    this.onUpdate = options.onUpdate;
    this.visible = this.look(showAll);
  }

  append(row: SpoolRow): void {
    this.writer.append(row);
    this.beginning.set();
    this.changed();
  }

  /** Whoever reads goes on when this settles; undefined: at once. */
  whenRoom(): Promise<void> | undefined {
    return this.writer.whenRoom();
  }

  /** Somebody made room on the disk. */
  resume(): void {
    this.writer.tryAgain();
    this.changed();
  }

  event(event: LogEvent, { at = this.clock.now(), source = 0 } = {}): void {
    this.append(eventRow(event, at, source));
  }

  phase(source: number, phase: LogPhase): void {
    this.phases[source] = phase;
    if (this.currentSources.every((_, at) => this.phases[at] !== undefined)) this.beginning.set();
    this.changed();
  }

  sources(sources: readonly LogSourceInfo[]): void {
    this.currentSources = sources;
    this.changed();
  }

  history(history: LogHistory): void {
    this.currentHistory = history;
    this.changed();
  }

  /** A page begins: it gets everything it shows, and updates from there on. */
  snapshot(view: LogView, show: LogShow): LogUpdate {
    // Its searches are numbered anew.
    this.find(0, undefined);
    // What was cleared stays so for as long as the log is open, whoever looks at it.
    this.setShow(0, { ...show, fromRow: this.currentShow.fromRow });
    this.sentTo = Number.NEGATIVE_INFINITY;
    this.setView(view);
    return this.takeUpdate();
  }

  setView(view: LogView | undefined): void {
    // Rows that came while nobody wanted them are asked for, not sent.
    if ((this.view?.tailRows ?? 0) === 0) this.sentTo = this.visible.end - (view?.tailRows ?? 0);
    this.view = view;
    this.changed();
  }

  /**
   * Shows other rows; positions begin anew. Answers the newest of them, and where the row is, or the next one after it,
   * that the page wants to keep in sight.
   */
  show(showId: number, show: LogShow, anchorRow: number | undefined): LogUpdate & LogPlace {
    this.setShow(showId, show);
    // What was found counts what shows.
    this.find(this.findId, this.query);
    if (anchorRow === undefined) this.lookForScreen();
    else this.lookTo(anchorRow - (this.visible.contexts.linesAround(anchorRow) ?? 0));
    this.sentTo = Number.NEGATIVE_INFINITY;
    const position = anchorRow === undefined ? undefined : this.visible.positionOf(anchorRow);
    return { ...this.takeUpdate(), position };
  }

  rows(first: number, count: number): RowWindow {
    const rows: MarkedRow[] = [];
    const from = Math.max(first, this.visible.first);
    const end = Math.min(first + Math.min(count, maxWindowRows), this.visible.end);
    for (let at = from, length = 0; at < end && length < maxWindowLength; at++) {
      const row = this.visible.rowAt(at);
      const known = row === undefined ? undefined : this.spool.row(row);
      if (row === undefined || known === undefined) break;
      rows.push({ ...this.toMarked(row, known), ...this.contextOf(at, row) });
      length += known.kind === 'line' ? known.text.length : 0;
    }
    return { showId: this.showId, firstRow: from, rows: this.marked(rows), findId: this.findId };
  }

  find(findId: number, query: FindQuery | undefined): FindState {
    this.findId = findId;
    this.query = query;
    this.index = undefined;
    this.invalid = undefined;
    if (query !== undefined && query.pattern !== '') {
      const matcher = compileQuery(query);
      if ('message' in matcher)
        this.invalid = { ...noMatches, problem: { kind: 'invalid', message: matcher.message } };
      else this.index = new FindIndex(this.spool, matcher, this.visible, this.limit);
    }
    this.settleSearch();
    // The first matches are told as soon as there are some.
    this.lastUpdateAt = Number.NEGATIVE_INFINITY;
    this.work();
    return this.findState;
  }

  /** Waits until all that is held was searched: only then it is known which match comes before the first. */
  async step({ row: from, ordinal, direction }: FindStep): Promise<FindStepResult> {
    const { findId } = this;
    while (this.index?.isComplete === false && this.findId === findId) {
      await new Promise<void>((resolve) => {
        this.searchWaiters.push(resolve);
      });
    }
    const row = this.visible.rowAt(from) ?? (direction === 'next' ? this.spool.firstRow : this.spool.end);
    const found = this.findId === findId ? this.index?.step({ row, ordinal, direction }) : undefined;
    if (found === undefined) return { ...nothingFound, state: this.findState };
    const { row: foundRow, ordinal: foundOrdinal } = found.position;
    const at = this.visible.positionOf(foundRow);
    const foldedIn = this.visible.rowAt(at) === foundRow ? undefined : headOf(this.spool, foundRow);
    return {
      ...found,
      position: { row: at, ordinal: foundOrdinal },
      row: foundRow,
      foldedIn,
      state: this.findState,
    };
  }

  /** Where the first row from a time on is, or a certain row; nowhere when nothing shows. */
  locate(wanted: { readonly at: number } | { readonly row: number }): LocatedRow {
    const row = 'row' in wanted ? wanted.row : rowAtTime(this.spool, wanted.at);
    this.lookTo(row);
    const { first, end } = this.visible;
    const position = first === end ? undefined : Math.min(this.visible.positionOf(row), end - 1);
    return { position, row };
  }

  /** The line that a link names; as long as it may be among what is not read yet, nothing. */
  seek(place: LinePlace): SeekResult {
    const { spool, visible } = this;
    const exact = findLine(spool, place);
    const { phase } = this.currentHistory;
    const isMore = phase === 'partial' || phase === 'reading';
    if (exact === undefined && isMore && !reachesBack(spool, place.at)) return { kind: 'older' };
    const wanted = exact ?? rowAtTime(spool, place.at);
    const { position } = this.locate({ row: wanted });
    const row = position === undefined ? undefined : visible.rowAt(position);
    if (exact === undefined || !visible.passes(exact))
      return { kind: 'next', row, position, foldedIn: undefined };
    return {
      kind: 'found',
      row: exact,
      position,
      foldedIn: row === exact ? undefined : headOf(spool, exact),
    };
  }

  copy(request: CopyRequest): CopiedRows | undefined {
    const { spool, currentSources, clock } = this;
    const from = Math.max(request.from, spool.firstRow);
    this.lookTo(from);
    return copyRows(spool, currentSources, this.shownRows(from, request.to), request, clock.now());
  }

  line(row: number): WrittenLine | undefined {
    const line = wholeLine(this.spool, row);
    const source = line === undefined ? undefined : this.currentSources[line.source];
    return line === undefined || source === undefined ? undefined : { line, source };
  }

  link({ row, index }: LinkRequest): SourceLink | undefined {
    const known = this.spool.row(row);
    if (known?.kind !== 'line') return undefined;
    const link = sourceRefs(plainText(known.text))[index];
    const source = this.currentSources[known.source];
    return link === undefined || source === undefined ? undefined : { link, source };
  }

  save(request: SaveRequest): Promise<number> {
    const { spool, visible, currentSources } = this;
    while (!request.isAll && !visible.isComplete) visible.lookOn();
    const shown = request.isAll ? undefined : (row: number): boolean => visible.passes(row);
    return saveLog(spool, currentSources, shown, request);
  }

  fields(): LogFieldSample {
    return sampleFields(this.spool, isFiltering(this.currentShow.filter) ? this.visible.fromNewest() : []);
  }

  histogram(parts: number): LogHistogram | undefined {
    return histogram(this.spool, parts, this.currentShow.fromRow);
  }

  /** How the matches are spread over what shows. */
  density(parts: number): readonly number[] {
    return this.index?.density(parts, this.visible) ?? [];
  }

  dispose(): void {
    this.cancelUpdate?.();
    this.cancelWork?.();
    this.settleSearch();
  }

  private get findState(): FindState {
    return this.index?.state ?? this.invalid ?? noMatches;
  }

  /** With those that are folded away below the last one: who takes the head of a trace means the trace. */
  private *shownRows(from: number, to: number): Generator<number, void> {
    const { spool, visible } = this;
    const last = Math.min(to, spool.end - 1);
    yield* visible.passingRows(from, last);
    const { isFolding, unfolded } = this.currentShow;
    if (isFolding && !unfolded.includes(last)) yield* traceRows(spool, last);
  }

  private setShow(showId: number, show: LogShow): void {
    this.showId = showId;
    this.currentShow = show;
    this.showProblem = undefined;
    this.visible = this.look(show);
    this.visible.catchUp();
    // The scroll bar is right from the beginning.
    this.visible.lookAtKnown();
    this.work();
  }

  private look({ filter, isFolding, unfolded, contexts, fromRow }: LogShow): VisibleRows {
    const compiled = isFiltering(filter) ? compileFilter(filter) : undefined;
    const isInvalid = compiled !== undefined && 'message' in compiled;
    if (isInvalid) this.showProblem = { kind: 'invalid', message: compiled.message };
    return new VisibleRows({
      spool: this.spool,
      filter: isInvalid ? undefined : compiled,
      isFolding,
      unfolded,
      contexts,
      fromRow,
      limit: this.limit,
    });
  }

  private lookTo(row: number): void {
    while (!this.visible.isComplete && this.visible.lookedFrom > row) this.visible.lookOn();
  }

  /** The newest rows that show fill a screen, if there are so many. */
  private lookForScreen(): void {
    const wanted = this.view?.tailRows ?? 0;
    for (let n = 0; n < 4 && !this.visible.isComplete; n++) {
      if (this.visible.end - this.visible.first >= wanted) return;
      this.visible.lookOn();
    }
  }

  private toMarked(number: number, row: LogRow): MarkedRow {
    if (row.kind === 'event') return { ...row, row: number };
    const links = sourceRefs(plainText(row.text));
    const marked = { ...row, row: number, ...(links.length === 0 ? {} : { links }) };
    if (this.spool.blockOf(number)?.hasTrace !== true) return marked;
    const traceLines = traceLinesOf(this.spool, number);
    if (traceLines === 0) return marked;
    const isUnfolded = !this.currentShow.isFolding || this.currentShow.unfolded.includes(number);
    return { ...marked, traceLines, isUnfolded };
  }

  /** What a row has to do with those around which the log shows. */
  private contextOf(position: number, row: number): ContextMarks {
    const { visible } = this;
    if (visible.contexts.isEmpty) return {};
    const contextLines = visible.contexts.linesAround(row);
    return {
      ...(contextLines === undefined ? {} : { contextLines }),
      ...(visible.isContext(row) ? { isContext: true } : {}),
      ...(visible.isAfterGap(position) ? { isAfterGap: true } : {}),
    };
  }

  private marked(rows: readonly MarkedRow[]): readonly MarkedRow[] {
    const marks = this.index?.marksOf(rows) ?? [];
    return rows.map((row, at) => {
      const own = marks[at];
      return own === undefined || own.length === 0 ? row : { ...row, marks: own };
    });
  }

  private changed(): void {
    // First: what is known by now is told before the next slice of work.
    this.planUpdate();
    this.work();
  }

  private planUpdate(): void {
    if (this.view === undefined || this.cancelUpdate !== undefined) return;
    const wait = Math.max(0, this.lastUpdateAt + updateIntervalMs - this.clock.now());
    this.cancelUpdate = this.clock.after(wait, () => {
      this.cancelUpdate = undefined;
      if (this.view !== undefined) this.onUpdate(this.takeUpdate());
    });
  }

  private takeUpdate(): LogUpdate {
    this.cancelUpdate?.();
    this.cancelUpdate = undefined;
    // The first lines of all wait for nothing.
    const isEmpty = this.spool.end === this.spool.firstRow;
    this.lastUpdateAt = isEmpty ? Number.NEGATIVE_INFINITY : this.clock.now();
    this.visible.catchUp();
    const { end } = this.visible;
    const tailRows = this.view?.tailRows ?? 0;
    const tail = this.rows(Math.max(this.sentTo, end - tailRows), tailRows);
    this.sentTo = end;
    return { state: this.state, tail };
  }

  private get state(): LogState {
    const { visible, spool } = this;
    const { tooSlow } = visible;
    const { fromRow } = this.currentShow;
    return {
      showId: this.showId,
      isShowComplete: visible.isComplete,
      showProblem: tooSlow === undefined ? this.showProblem : { kind: 'tooSlow', row: tooSlow },
      extent: { ...spool.extent, firstRow: visible.first, endRow: visible.end },
      cleared: fromRow === undefined ? undefined : { fromRow, lines: spool.linesBefore(fromRow) },
      nextRow: spool.end,
      shownLines: visible.shownLines,
      history: this.currentHistory,
      halt: this.writer.halt,
      phase: phaseOfAll(this.phases),
      sources: this.currentSources,
      find: this.findState,
    };
  }

  /** Looks and searches on, slice after slice, with room between them for the log and for questions. */
  private work(): void {
    const isDone = (): boolean => this.visible.isComplete && this.index?.isComplete !== false;
    if (this.cancelWork !== undefined || isDone()) return;
    this.cancelWork = this.clock.after(0, () => {
      this.cancelWork = undefined;
      this.visible.lookOn();
      if (this.visible.isComplete) this.index?.searchSlice();
      this.changed();
      if (this.index?.isComplete !== false) this.settleSearch();
    });
  }

  private settleSearch(): void {
    for (const resolve of this.searchWaiters.splice(0)) resolve();
  }
}

/** What is true of the log as a whole: it goes on as long as one of its containers does. */
function phaseOfAll(phases: readonly LogPhase[]): LogPhase {
  const byWeight: readonly LogPhase[] = [
    'following',
    'connecting',
    'unreachable',
    'refused',
    'stopped',
    'removed',
  ];
  return byWeight.find((phase) => phases.includes(phase)) ?? 'connecting';
}
