import { type Disposable, DisposableStore, MutableDisposable } from '../../base/lifecycle.ts';
import type { Logger } from '../../base/logger.ts';
import {
  emptyExtent,
  type FindQuery,
  type FindState,
  type FindStep,
  type FindStepResult,
  type LogPhase,
  type LogUpdate,
  type LogView,
  noMatches,
  noRows,
  type RowWindow,
} from '../../model/log.ts';
import { Channel, type HostChannel, type HostHandlers, type Port } from '../../protocol/channel.ts';
import { DeltaSender } from '../../protocol/deltas.ts';
import {
  isAcknowledgement,
  isFindRequest,
  isFindStep,
  isLogView,
  isRowsRequest,
  type LogsContract,
  type LogsPageTarget,
  type LogsSnapshot,
  type LogsStrings,
  mergeUpdates,
} from '../../protocol/logs.ts';

/** What reads the log: the worker, or a test's stand-in. */
export interface LogReader extends Disposable {
  snapshot(view: LogView): Promise<LogUpdate>;
  rows(firstRow: number, count: number): Promise<RowWindow>;
  find(findId: number, query: FindQuery | undefined): Promise<FindState>;
  step(step: FindStep): Promise<FindStepResult>;
  setView(view: LogView | undefined): void;
  containerChanged(): void;
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
  private readonly log: Logger;
  private restarts = 0;
  private isBroken = false;

  constructor(options: {
    readonly port: Port;
    readonly target: LogsPageTarget;
    readonly strings: LogsStrings;
    /** Undefined as long as the engine is not known. */
    readonly startReader: (start: LogReaderStart) => LogReader | undefined;
    readonly log: Logger;
  }) {
    this.target = options.target;
    this.strings = options.strings;
    this.startReader = options.startReader;
    this.log = options.log;
    this.sender = new DeltaSender({
      maxUnacknowledged,
      merge: mergeUpdates,
      post: (seq, update) => {
        this.channel.tell('delta', { seq, ...update });
      },
    });
    this.channel = this.owned.add(this.connect(options.port));
    this.start(false);
  }

  /** A hidden page does not exist: it gets nothing until it asks `ready` again. The reader goes on. */
  hide(): void {
    this.sender.close();
    this.reader.value?.setView(undefined);
  }

  /** The live model has news of the container, or of its engine. */
  containerChanged(): void {
    if (this.reader.value !== undefined) this.reader.value.containerChanged();
    else if (!this.isBroken && this.start(false)) this.channel.tell('reset', undefined);
  }

  dispose(): void {
    this.owned.dispose();
  }

  private connect(port: Port): HostChannel<LogsContract> {
    const nothing = { position: undefined, number: 0, hasWrapped: false, state: noMatches };
    const handlers: HostHandlers<LogsContract> = {
      requests: {
        ready: { accepts: isLogView, answer: (view) => this.ready(view) },
        rows: {
          accepts: isRowsRequest,
          answer: async ({ firstRow, count }) =>
            (await this.reader.value?.rows(firstRow, count)) ?? this.withoutReader().tail,
        },
        find: {
          accepts: isFindRequest,
          answer: async ({ findId, query }) => (await this.reader.value?.find(findId, query)) ?? noMatches,
        },
        step: {
          accepts: isFindStep,
          answer: async (step) => (await this.reader.value?.step(step)) ?? nothing,
        },
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
      },
    };
    return new Channel(port, handlers, (what) => {
      this.log.warn(`log panel: refused ${what}`);
    });
  }

  private async ready(view: LogView): Promise<LogsSnapshot> {
    this.sender.close();
    const update = (await this.reader.value?.snapshot(view)) ?? this.withoutReader();
    return { ...update, seq: this.sender.open(), strings: this.strings, target: this.target };
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
    this.channel.tell('reset', undefined);
  }

  /** What there is to show while nothing reads. */
  private withoutReader(): LogUpdate {
    const phase: LogPhase = this.isBroken ? 'broken' : 'unreachable';
    const state = { extent: emptyExtent, phase, find: noMatches };
    if (!this.isBroken) return { state, tail: noRows };
    const row = { kind: 'event' as const, at: Date.now(), event: { kind: 'readerBroken' as const } };
    return { state: { ...state, extent: { ...emptyExtent, endRow: 1 } }, tail: { ...noRows, rows: [row] } };
  }
}
