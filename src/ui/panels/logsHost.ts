import type { Event } from '../../base/event.ts';
import { type Disposable, DisposableStore, MutableDisposable } from '../../base/lifecycle.ts';
import type { Logger } from '../../base/logger.ts';
import {
  emptyExtent,
  type LogAct,
  type LogPhase,
  type LogUpdate,
  type LogView,
  noFields,
  noHistory,
  noMatches,
  noRows,
  nothingFound,
} from '../../model/log.ts';
import type {
  CopyRequest,
  LinePlace,
  LinkRequest,
  LogQuestions,
  SnapshotRequest,
  SourceLink,
  WrittenLine,
} from '../../model/logQuestions.ts';
import {
  Channel,
  type HostChannel,
  type HostHandlers,
  type Port,
  type RequestHandler,
} from '../../protocol/channel.ts';
import { DeltaSender } from '../../protocol/deltas.ts';
import { eventText } from '../../protocol/logEventText.ts';
import {
  isAcknowledgement,
  isCopyRequest,
  isFilterDeletion,
  isFindRequest,
  isFindStep,
  isLinePlace,
  isLinkRequest,
  isLocateRequest,
  isLogView,
  isMore,
  isPartsRequest,
  isRowsRequest,
  isSavedFilter,
  isShowRequest,
  isSnapshotRequest,
  type LogsContract,
  type LogsPageTarget,
  type LogsSnapshot,
  type LogsStrings,
  mergeUpdates,
  newPageRequest,
  type SavedFilter,
} from '../../protocol/logs.ts';
import { type Guard, isNothing } from '../../protocol/shape.ts';

/** What reads the log: the worker, or a test's stand-in. */
export interface LogReader extends Disposable {
  ask<K extends keyof LogQuestions>(
    name: K,
    params: LogQuestions[K]['params'],
  ): Promise<LogQuestions[K]['result']>;
  setView(view: LogView | undefined): void;
  more(isAll: boolean): void;
  resume(): void;
  containerChanged(ref: string): void;
}

/** What a page can ask the editor for. */
export interface LogActions {
  openSource(link: SourceLink): Promise<void>;
  save(reader: LogReader): Promise<void>;
  openDocument(reader: LogReader): Promise<void>;
  copy(text: string): Promise<void>;
  copyLink(line: WrittenLine): Promise<void>;
  /** What was selected is too much for the clipboard. */
  offerToSave(reader: LogReader): void;
  fail(error: unknown): void;
}

/** The filters that are saved for every log page. */
export interface LogFilters {
  readonly all: readonly SavedFilter[];
  readonly onDidChange: Event<readonly SavedFilter[]>;
  save(filter: SavedFilter): void;
  delete(name: string): void;
}

export interface LogReaderStart {
  /** The reader before this one broke. */
  readonly isRestart: boolean;
  readonly onUpdate: (update: LogUpdate) => void;
  readonly onBroken: (error: Error) => void;
}

const maxUnacknowledged = 3;
const maxRestarts = 3;

/** Between one log page and its reader: checks, relays, and holds at most one update back. */
export class LogsHost implements Disposable {
  private readonly owned = new DisposableStore();
  private readonly reader = this.owned.add(new MutableDisposable<LogReader>());
  private readonly channel: HostChannel<LogsContract>;
  private readonly sender: DeltaSender<LogUpdate>;
  private readonly target: LogsPageTarget;
  private readonly strings: LogsStrings;
  private readonly startReader: (start: LogReaderStart) => LogReader | undefined;
  private readonly actions: LogActions;
  private readonly filters: LogFilters;
  private readonly log: Logger;
  private restarts = 0;
  private isPageOpen = false;
  private revealing: LinePlace | undefined;
  /** Settles when the page was sent all there is to show without having asked: whether it was. */
  private pushed: Promise<boolean> | undefined;
  private isBroken = false;

  constructor(options: {
    readonly port: Port;
    readonly target: LogsPageTarget;
    readonly strings: LogsStrings;
    /** Undefined as long as the engine is not known. */
    readonly startReader: (start: LogReaderStart) => LogReader | undefined;
    readonly actions: LogActions;
    readonly filters: LogFilters;
    readonly log: Logger;
  }) {
    this.target = options.target;
    this.strings = options.strings;
    this.startReader = options.startReader;
    this.actions = options.actions;
    this.filters = options.filters;
    this.log = options.log;
    this.sender = new DeltaSender({
      maxUnacknowledged,
      merge: mergeUpdates,
      post: (seq, update) => {
        this.channel.tell('delta', { seq, ...update });
      },
    });
    this.channel = this.owned.add(this.connect(options.port));
    this.owned.add(
      this.filters.onDidChange((filters) => {
        this.channel.tell('savedFilters', filters);
      }),
    );
    this.start(false);
  }

  /**
   * Sends a new page what it will ask for. The editor keeps it until there is a page, which then shows it at once instead
   * of asking and waiting.
   */
  push(): void {
    const sent: Promise<boolean> = this.snapshot(newPageRequest).then(
      (snapshot) => {
        const isWanted = this.pushed === sent;
        if (isWanted) this.channel.tell('snapshot', snapshot);
        else this.forgetPage();
        return isWanted;
      },
      () => false,
    );
    this.pushed = sent;
  }

  /** A hidden page does not exist: it gets nothing until it asks `ready` again. The reader goes on. */
  hide(): void {
    this.forgetPage();
    this.reader.value?.setView(undefined);
  }

  /** Shows a line that a link names, as soon as there is a page. */
  reveal(line: LinePlace): void {
    if (this.isPageOpen) this.channel.tell('reveal', line);
    else this.revealing = line;
  }

  /** Something was chosen from the menu of the log, at a row or elsewhere. */
  act(act: LogAct, row: number | undefined): void {
    if (act === 'copy') this.channel.tell('copy', undefined);
    else void this.withReader((reader) => this.perform(reader, act, row));
  }

  /** There is something to read now. */
  begin(): void {
    if (this.reader.value === undefined && !this.isBroken && this.start(false)) this.reset();
  }

  /** The live model has news of a container, or of its engine. */
  containerChanged(ref: string): void {
    this.reader.value?.containerChanged(ref);
  }

  dispose(): void {
    this.owned.dispose();
  }

  private connect(port: Port): HostChannel<LogsContract> {
    const handlers: HostHandlers<LogsContract> = {
      requests: {
        ready: { accepts: isSnapshotRequest, answer: (request) => this.ready(request) },
        rows: this.asked('rows', isRowsRequest, () => this.withoutReader().tail),
        show: this.asked('show', isShowRequest, () => ({ ...this.withoutReader(), position: undefined })),
        find: this.asked('find', isFindRequest, () => noMatches),
        step: this.asked('step', isFindStep, () => ({ ...nothingFound, state: noMatches })),
        locate: this.asked('locate', isLocateRequest, () => ({ position: undefined, row: undefined })),
        fields: this.asked('fields', isNothing, () => noFields),
        histogram: this.asked('histogram', isPartsRequest, () => undefined),
        seek: this.asked('seek', isLinePlace, () => ({ kind: 'older' })),
        density: this.asked('density', isPartsRequest, () => []),
      },
      events: {
        acknowledge: {
          accepts: isAcknowledgement,
          hear: ({ seq }) => {
            this.sender.acknowledge(seq);
          },
        },
        view: {
          accepts: isLogView,
          hear: (view) => {
            this.reader.value?.setView(view);
          },
        },
        openLink: {
          accepts: isLinkRequest,
          hear: (request) => {
            void this.openLink(request);
          },
        },
        save: {
          accepts: isNothing,
          hear: () => {
            this.act('save', undefined);
          },
        },
        saveFilter: {
          accepts: isSavedFilter,
          hear: (filter) => {
            this.filters.save(filter);
          },
        },
        deleteFilter: {
          accepts: isFilterDeletion,
          hear: ({ name }) => {
            this.filters.delete(name);
          },
        },
        openDocument: {
          accepts: isNothing,
          hear: () => {
            this.act('openDocument', undefined);
          },
        },
        copy: {
          accepts: isCopyRequest,
          hear: (request) => {
            void this.withReader((reader) => this.copy(reader, request));
          },
        },
        resume: {
          accepts: isNothing,
          hear: () => {
            this.reader.value?.resume();
          },
        },
        more: {
          accepts: isMore,
          hear: ({ isAll }) => {
            this.reader.value?.more(isAll);
          },
        },
      },
    };
    return new Channel(port, handlers, (what) => {
      this.log.warn(`log panel: refused ${what}`);
    });
  }

  private async openLink(request: LinkRequest): Promise<void> {
    await this.withReader(async (reader) => {
      const found = await reader.ask('link', request);
      if (found !== undefined) await this.actions.openSource(found);
    });
  }

  private async perform(reader: LogReader, act: Exclude<LogAct, 'copy'>, row = Number.NaN): Promise<void> {
    switch (act) {
      case 'save':
        await this.actions.save(reader);
        break;
      case 'openDocument':
        await this.actions.openDocument(reader);
        break;
      case 'copyLine':
      case 'copyLink': {
        const written = await reader.ask('line', { row });
        if (written === undefined) return;
        if (act === 'copyLink') await this.actions.copyLink(written);
        else await this.actions.copy(written.line.text);
        break;
      }
    }
  }

  private async copy(reader: LogReader, request: CopyRequest): Promise<void> {
    const copied = await reader.ask('copy', request);
    if (copied === undefined) {
      this.actions.offerToSave(reader);
      return;
    }
    const text = copied.parts.map((part) =>
      typeof part === 'string'
        ? part
        : `── ${eventText(part.event, this.strings, part.name === '' ? this.target.name : part.name)} ──`,
    );
    await this.actions.copy(text.join(''));
    this.channel.tell('copied', { lines: copied.lines });
  }

  private async withReader(work: (reader: LogReader) => Promise<void>): Promise<void> {
    const reader = this.reader.value;
    if (reader === undefined) return;
    try {
      await work(reader);
    } catch (error) {
      this.actions.fail(error);
    }
  }

  /** A question of the page's that the reader answers, and what is said while there is none. */
  private asked<K extends keyof LogQuestions>(
    name: K,
    accepts: Guard<LogQuestions[K]['params']>,
    otherwise: () => LogQuestions[K]['result'],
  ): RequestHandler<LogQuestions[K]['params'], LogQuestions[K]['result']> {
    return { accepts, answer: (params) => this.reader.value?.ask(name, params) ?? otherwise() };
  }

  private forgetPage(): void {
    this.pushed = undefined;
    this.sender.close();
    this.isPageOpen = false;
  }

  private async ready(request: SnapshotRequest): Promise<LogsSnapshot | undefined> {
    const { pushed } = this;
    // The same page asks again only if it has lost its place.
    if ((await pushed) === true && this.pushed === pushed) {
      this.pushed = undefined;
      return undefined;
    }
    this.pushed = undefined;
    return this.snapshot(request);
  }

  private async snapshot(request: SnapshotRequest): Promise<LogsSnapshot> {
    this.sender.close();
    const update = (await this.reader.value?.ask('snapshot', request)) ?? this.withoutReader();
    const { strings, target, revealing: reveal } = this;
    this.revealing = undefined;
    this.isPageOpen = true;
    return {
      ...update,
      seq: this.sender.open(),
      strings,
      target,
      savedFilters: this.filters.all,
      reveal,
    };
  }

  private start(isRestart: boolean): boolean {
    const reader = this.startReader({
      isRestart,
      onUpdate: (update) => {
        this.sender.offer(update);
      },
      onBroken: (error) => {
        this.onBroken(error);
      },
    });
    this.reader.set(reader);
    return reader !== undefined;
  }

  private onBroken(error: Error): void {
    this.log.error('a log reader stopped unexpectedly', error);
    this.isBroken = this.restarts++ >= maxRestarts;
    if (this.isBroken) this.reader.set(undefined);
    else this.start(true);
    this.reset();
  }

  private reset(): void {
    this.pushed = undefined;
    this.channel.tell('reset', undefined);
  }

  /** What there is to show while nothing reads. */
  private withoutReader(): LogUpdate {
    const phase: LogPhase = this.isBroken ? 'broken' : 'unreachable';
    const state = {
      showId: 0,
      isShowComplete: true,
      showProblem: undefined,
      extent: emptyExtent,
      cleared: undefined,
      nextRow: 0,
      shownLines: 0,
      history: noHistory,
      halt: undefined,
      phase,
      sources: [],
      find: noMatches,
    };
    if (!this.isBroken) return { state, tail: noRows };
    const event = { kind: 'readerBroken' as const };
    const row = { kind: 'event' as const, at: Date.now(), row: 0, source: 0, event };
    return { state: { ...state, extent: { ...emptyExtent, endRow: 1 } }, tail: { ...noRows, rows: [row] } };
  }
}
