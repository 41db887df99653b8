import { type Disposable, DisposableStore } from '../../base/lifecycle.ts';
import type { Logger } from '../../base/logger.ts';
import type { StatsFeed, StatsSubject } from '../../engine/statsFeed.ts';
import { type StatsMetric, statsMetrics } from '../../model/stats.ts';
import { type StatsScope, printStatsScope } from '../../model/statsScope.ts';
import { Channel, type HostChannel, type HostHandlers, type Port } from '../../protocol/channel.ts';
import { DeltaSender } from '../../protocol/deltas.ts';
import { isNothing } from '../../protocol/shape.ts';
import {
  isSeriesRequest,
  isStatsAcknowledgement,
  isSubjectChoice,
  maxRows,
  type SeriesRequest,
  type StatsContract,
  type StatsRow,
  type StatsSeries,
  type StatsSnapshot,
  type StatsStrings,
} from '../../protocol/stats.ts';
import { KnownRows, mergeChanges, type StatsChanges } from '../../protocol/statsChanges.ts';

const maxUnacknowledged = 3;

/** As long as a sparkline. */
const recentMs = 60_000;

/** What a page can ask the editor for. */
export interface StatsActions {
  save(series: StatsSeries, names: ReadonlyMap<string, string>): void;
  openLogs(key: string): void;
}

export interface StatsHostOptions {
  readonly port: Port;
  readonly feed: Pick<StatsFeed, 'subjects' | 'timeline' | 'watch' | 'unwatch'>;
  readonly scope: StatsScope;
  readonly name: string;
  readonly strings: StatsStrings;
  readonly now: () => number;
  readonly log: Logger;
  readonly actions: StatsActions;
}

/** Between a page of stats and what is measured: which is nothing unless the page is there to be seen. */
export class StatsHost implements Disposable {
  private readonly options: StatsHostOptions;
  private readonly owned = new DisposableStore();
  private readonly channel: HostChannel<StatsContract>;
  private readonly sender: DeltaSender<StatsChanges>;
  private readonly sent = new KnownRows();
  /** Also of containers that are gone: what they used can still be saved. */
  private readonly names = new Map<string, string>();

  constructor(options: StatsHostOptions) {
    this.options = options;
    this.sender = new DeltaSender({
      maxUnacknowledged,
      merge: mergeChanges,
      post: (seq, moment) => {
        this.channel.tell('moment', { seq, ...moment });
      },
    });
    this.channel = this.owned.add(this.connect(options.port));
  }

  /** Something was measured. */
  onMoment(): void {
    const changes = this.sent.changesTo(this.rows(), this.options.now());
    this.sent.take(changes);
    this.sender.offer(changes);
  }

  /** A hidden page does not exist: nothing is measured for it until it asks `ready` again. */
  hide(): void {
    this.sender.close();
    this.options.feed.unwatch();
  }

  dispose(): void {
    this.hide();
    this.owned.dispose();
  }

  private connect(port: Port): HostChannel<StatsContract> {
    const handlers: HostHandlers<StatsContract> = {
      requests: {
        ready: { accepts: isNothing, answer: () => this.ready() },
        series: { accepts: isSeriesRequest, answer: (request) => this.series(request) },
      },
      events: {
        acknowledge: {
          accepts: isStatsAcknowledgement,
          hear: ({ seq }) => {
            this.sender.acknowledge(seq);
          },
        },
        save: {
          accepts: isSeriesRequest,
          hear: (request) => {
            this.options.actions.save(this.series(request), this.names);
          },
        },
        openLogs: {
          accepts: isSubjectChoice,
          hear: ({ key }) => {
            if (this.names.has(key)) this.options.actions.openLogs(key);
          },
        },
      },
    };
    return new Channel(port, handlers, (what) => {
      this.options.log.warn(`stats panel: refused ${what}`);
    });
  }

  private ready(): StatsSnapshot {
    const { feed, strings, scope, name, now } = this.options;
    feed.watch();
    const rows = this.rows();
    this.sent.restart(rows);
    return {
      seq: this.sender.open(),
      strings,
      scope: printStatsScope(scope),
      name,
      at: now(),
      rows,
      recent: this.series({ keys: rows.map(({ key }) => key), windowMs: recentMs }),
    };
  }

  private series({ keys, windowMs }: SeriesRequest): StatsSeries {
    const { feed, now } = this.options;
    const since = now() - windowMs;
    return {
      times: feed.timeline.times(since),
      of: keys.map((key) => ({
        key,
        values: valuesOf((metric) => feed.timeline.values(key, metric, since)),
      })),
    };
  }

  private rows(): readonly StatsRow[] {
    const subjects = this.options.feed.subjects.slice(0, maxRows);
    const hasOneEngine = new Set(subjects.map(({ engineName }) => engineName)).size < 2;
    for (const { key, name } of subjects) this.names.set(key, name);
    return subjects.map((subject) => rowOf(subject, hasOneEngine));
  }
}

function rowOf(
  { key, name, engineName, state, isOffline, sample }: StatsSubject,
  hasOneEngine: boolean,
): StatsRow {
  return {
    key,
    name,
    engineName: hasOneEngine ? '' : engineName,
    state,
    isOffline,
    isLive: sample !== undefined,
    cpuPercent: sample?.cpuPercent,
    memoryBytes: sample?.memoryBytes,
    memoryLimitBytes: sample?.memoryLimitBytes ?? 0,
    netInBytes: sample?.netInBytes,
    netOutBytes: sample?.netOutBytes,
    blockReadBytes: sample?.blockReadBytes,
    blockWriteBytes: sample?.blockWriteBytes,
    pids: sample?.pids,
  };
}

function valuesOf<T>(read: (metric: StatsMetric) => T): Readonly<Record<StatsMetric, T>> {
  // eslint-disable-next-line no-restricted-syntax -- fromEntries forgets that every metric is there
  return Object.fromEntries(statsMetrics.map((metric) => [metric, read(metric)])) as Record<StatsMetric, T>;
}
