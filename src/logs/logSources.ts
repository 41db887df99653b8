import type { Clock } from '../base/async.ts';
import {
  type HistoryPhase,
  type LogEvent,
  type LogHistory,
  type LogSourceInfo,
  noHistory,
} from '../model/log.ts';
import { EngineNews } from './engineNews.ts';
import { HistoryEdge } from './historyEdge.ts';
import { HistoryReader } from './historyReader.ts';
import type { StampedLine } from './lineSplitter.ts';
import { LiveMerge, reorderMs } from './liveMerge.ts';
import type { LogSession } from './logSession.ts';
import { type LogEngine, LogSource } from './logSource.ts';
import { MergedHistory } from './mergedHistory.ts';
import { eventRow, RowMaker } from './rowMaker.ts';
import type { SpoolRow } from './spool/block.ts';
import type { Spool } from './spool/spool.ts';

/** Lines to begin with, of all containers together: what fills the largest screen, and no more work before it shows. */
const tailLines = 200;
const leastTailLines = 50;

/** A container that does not answer holds up the others no longer than this. */
const tailPatienceMs = 1000;

/** So long a container that is over has to say how it ended, which belongs among the lines of the others. */
const endPatienceMs = 50;

/** Of a container that came while the log was open all lines are wanted. */
const wholeTail = 1_000_000;

/** A container whose log is read. */
export interface LogSourceStart extends LogSourceInfo {
  readonly engine: LogEngine;
  readonly containerId: string;
}

export interface LogSourcesOptions {
  readonly spool: Spool;
  readonly session: LogSession;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** Reads one or several containers' logs into one session. More may join while it is open. */
export class LogSources {
  private readonly options: LogSourcesOptions;
  private readonly readers = new Map<string, LogSource>();
  private readonly infos: LogSourceInfo[] = [];
  private history: { more(isAll: boolean): void } | undefined;
  private historyPhase: HistoryPhase | undefined;
  private readonly news = new EngineNews();
  private readonly live: LiveMerge;

  constructor(options: LogSourcesOptions) {
    this.options = options;
    this.live = new LiveMerge(options.clock, (row) => {
      options.session.append(row);
    });
  }

  /** Begins with these. */
  open(sources: readonly LogSourceStart[]): void {
    const [only] = sources;
    if (sources.length === 1 && only !== undefined) this.openOne(only);
    else this.openSeveral(sources);
  }

  /** Others that belong to the log too, from now on. */
  join(sources: readonly LogSourceStart[]): void {
    for (const source of sources) {
      if (this.readers.has(source.ref)) continue;
      const rows = new RowMaker(this.infos.length);
      this.live.open();
      this.read(source, wholeTail, {
        row: this.toLive,
        line: (line) => {
          this.live.push(rows.row(line));
        },
        tailRead: () => undefined,
      });
    }
  }

  more(isAll: boolean): void {
    this.history?.more(isAll);
  }

  /** Something happened to a container. */
  tell(ref: string, event: LogEvent, at: number): void {
    const source = this.infos.findIndex((info) => info.ref === ref);
    if (source < 0) return;
    const row = eventRow(event, at, source);
    if (this.infos.length > 1) this.live.push(row);
    else this.options.session.append(row);
  }

  /** The live model has news of a container: a reason to look again. */
  containerChanged(ref: string): void {
    this.readers.get(ref)?.containerChanged();
  }

  /** The live model has lost an engine, or has it again. */
  engineChanged(engineId: string, isThere: boolean): void {
    for (const [ref, reader] of this.readers) if (engineOf(ref) === engineId) reader.engineChanged(isThere);
  }

  private readonly toLive = (row: SpoolRow): void => {
    this.live.push(row);
  };

  private readonly onHistory = (history: LogHistory): void => {
    this.historyPhase = history.phase;
    this.options.session.history(history);
  };

  private openOne(source: LogSourceStart): void {
    const { spool, session, signal } = this.options;
    const edge = new HistoryEdge();
    const rows = new RowMaker(0);
    const history = new HistoryReader({
      engine: source.engine,
      containerId: source.containerId,
      source: 0,
      edge,
      spool,
      onChange: this.onHistory,
      signal,
    });
    this.history = history;
    this.read(source, tailLines, {
      row: (row) => {
        session.append(row);
      },
      line: (line) => {
        edge.add(line);
        session.append(rows.row(line));
      },
      tailRead: () => {
        history.begin();
      },
    });
  }

  private openSeveral(sources: readonly LogSourceStart[]): void {
    const { spool, clock, signal } = this.options;
    const history = new MergedHistory({
      spool,
      onChange: this.onHistory,
      signal,
    });
    this.history = history;
    let waiting = sources.length;
    /** Those whose newest lines are here and of which it is said how they stand. */
    let settled = 0;
    const begin = (): void => {
      if (waiting < 0) return;
      waiting = -1;
      cancel();
      history.begin({ since: clock.now() - reorderMs, onRow: this.toLive });
      this.live.open();
    };
    let cancel = clock.after(tailPatienceMs, begin);
    const tail = Math.max(leastTailLines, Math.ceil(tailLines / Math.max(1, sources.length)));
    sources.forEach((source, number) => {
      const rows = new RowMaker(number);
      const first: StampedLine[] = [];
      let edge: HistoryEdge | undefined;
      let isSettled = false;
      // Until all tails are here, what is new of one container may be older than what the others' tails bring.
      const arrived = (row: SpoolRow): void => {
        if (edge === undefined || waiting < 0) this.live.push(row);
        else history.hold(number, row);
      };
      this.read(source, tail, {
        row: arrived,
        line: (line) => {
          // A batch is used again for the next one.
          if (edge === undefined && waiting > 0) first.push({ ...line, data: Buffer.from(line.data) });
          else {
            edge?.add(line);
            arrived(rows.row(line));
          }
        },
        tailRead: () => {
          if (waiting < 0) return;
          edge = history.add(source.engine, source.containerId, number, first);
          waiting--;
          if (waiting > 0) return;
          cancel();
          cancel = clock.after(endPatienceMs, begin);
        },
        phase: () => {
          if (edge === undefined || isSettled) return;
          isSettled = true;
          if (++settled === sources.length) begin();
        },
      });
    });
  }

  private read(
    source: LogSourceStart,
    tail: number,
    sink: {
      line(line: StampedLine): void;
      row(row: SpoolRow): void;
      tailRead(): void;
      /** How the container stands was said. */
      phase?(): void;
    },
  ): void {
    const { session, clock, signal } = this.options;
    const number = this.infos.length;
    this.infos.push({ ref: source.ref, name: source.name });
    session.sources([...this.infos]);
    const reader = new LogSource({
      engine: source.engine,
      containerId: source.containerId,
      tail,
      sink: {
        line: (line) => {
          sink.line(line);
        },
        tailRead: () => {
          sink.tailRead();
        },
        event: (event, at) => {
          if (!this.news.isNews(engineOf(source.ref), event)) return;
          // What could not be read can be asked for again.
          if (event.kind === 'reachable' && this.historyPhase === 'unreachable') this.onHistory(noHistory);
          sink.row(eventRow(event, at ?? clock.now(), number));
        },
        phase: (phase) => {
          session.phase(number, phase);
          sink.phase?.();
        },
        whenRoom: () => session.whenRoom(),
      },
      clock,
    });
    this.readers.set(source.ref, reader);
    void reader.run(signal);
  }
}

function engineOf(ref: string): string {
  return ref.slice(0, ref.indexOf('/'));
}
