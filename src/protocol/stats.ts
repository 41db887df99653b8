import { type ContainerState, containerStates } from '../model/container.ts';
import type { StatsMetric, StatsSample } from '../model/stats.ts';
import { statsMetrics } from '../model/stats.ts';
import type { Contract } from './channel.ts';
import { type Guard, isCount, isFlag, isRecord, isText, listOf, oneOf, optional, shape } from './shape.ts';

/** Between a page of stats and its host. */
export type StatsContract = {
  readonly requests: {
    /** The page is new, or has missed something; moments count on from `seq`. */
    readonly ready: { readonly params: undefined; readonly result: StatsSnapshot };
    /** What some containers used since then. */
    readonly series: { readonly params: SeriesRequest; readonly result: StatsSeries };
  };
  readonly toPage: {
    readonly moment: StatsMoment;
  };
  readonly toHost: {
    readonly acknowledge: { readonly seq: number };
    /** Writes what these containers used since then to a file that the user names. */
    readonly save: SeriesRequest;
    readonly openLogs: SubjectChoice;
  };
};

/** Proves that the contract is one. */
export type StatsContractCheck = StatsContract extends Contract ? true : never;

export interface SubjectChoice {
  /** A printed object ref. */
  readonly key: string;
}

export interface SeriesRequest {
  readonly keys: readonly string[];
  /** Milliseconds back from now. */
  readonly windowMs: number;
}

/** Values at moments that all containers share; null where nothing was measured. */
export interface StatsSeries {
  /** Milliseconds since the epoch. */
  readonly times: readonly number[];
  readonly of: readonly {
    readonly key: string;
    readonly values: Readonly<Record<StatsMetric, readonly (number | null)[]>>;
  }[];
}

export interface StatsRow extends StatsSample {
  readonly key: string;
  readonly name: string;
  /** Empty where there is only one engine. */
  readonly engineName: string;
  readonly state: ContainerState;
  readonly isOffline: boolean;
  /** Something is measured. */
  readonly isLive: boolean;
}

export interface StatsSnapshot {
  readonly seq: number;
  readonly strings: StatsStrings;
  /** What the panel remembers its scope by. */
  readonly scope: string;
  readonly name: string;
  readonly at: number;
  readonly rows: readonly StatsRow[];
  /** Of the last minute, for the sparklines of the rows. */
  readonly recent: StatsSeries;
}

export interface StatsMoment {
  readonly seq: number;
  readonly at: number;
  /** Those that are new or read differently. */
  readonly rows: readonly StatsRow[];
  /** Keys of those that are there no more. */
  readonly gone: readonly string[];
}

export const sortColumns = [
  'name',
  'cpuPercent',
  'memoryBytes',
  'memoryPercent',
  'netBytes',
  'blockBytes',
  'pids',
] as const;
export type SortColumn = (typeof sortColumns)[number];

export interface StatsSort {
  readonly by: SortColumn;
  readonly isDescending: boolean;
}

/** Minutes that the charts can show. */
export const windowMinutes = [1, 5, 15, 60] as const;

/** What the page keeps over a reload of the window. */
export interface StatsPageState {
  readonly version: 1;
  readonly scope: string;
  readonly name: string;
  readonly sort: StatsSort;
  readonly filter: string;
  /** Undefined until somebody has chosen. */
  readonly charted: readonly string[] | undefined;
  readonly minutes: number;
}

export interface StatsStrings {
  readonly containers: string;
  readonly charts: string;
  readonly name: string;
  readonly cpu: string;
  readonly memory: string;
  readonly memoryPercent: string;
  readonly netIo: string;
  readonly blockIo: string;
  readonly pids: string;
  readonly network: string;
  readonly blockDevices: string;
  readonly in: string;
  readonly out: string;
  readonly read: string;
  readonly written: string;
  readonly perSecond: string;
  readonly filter: string;
  readonly noMatch: string;
  readonly nothingRuns: string;
  readonly pause: string;
  readonly resume: string;
  readonly paused: string;
  readonly window: string;
  readonly minutes: string;
  readonly oneMinute: string;
  readonly oneHour: string;
  readonly save: string;
  readonly openLogs: string;
  readonly unreachable: string;
  readonly chooseRow: string;
  readonly tooMany: string;
  readonly states: Readonly<Record<ContainerState, string>>;
  readonly language: string;
}

/** More rows than any page is sent. */
export const maxRows = 10_000;
/** More containers than charts can tell apart. */
export const maxCharted = 8;
const maxMoments = 4000;

const isNumber: Guard<number> = (value): value is number =>
  typeof value === 'number' && Number.isFinite(value);

const isValue: Guard<number | null> = (value): value is number | null => value === null || isNumber(value);

const isRow: Guard<StatsRow> = shape<StatsRow>({
  key: isText,
  name: isText,
  engineName: isText,
  state: oneOf(...containerStates),
  isOffline: isFlag,
  isLive: isFlag,
  cpuPercent: optional(isNumber),
  memoryBytes: optional(isNumber),
  memoryLimitBytes: isNumber,
  netInBytes: optional(isNumber),
  netOutBytes: optional(isNumber),
  blockReadBytes: optional(isNumber),
  blockWriteBytes: optional(isNumber),
  pids: optional(isNumber),
});

export const isStatsMoment: Guard<StatsMoment> = shape<StatsMoment>({
  seq: isCount,
  at: isNumber,
  rows: listOf(isRow, maxRows),
  gone: listOf(isText, maxRows),
});

const isValues = listOf(isValue, maxMoments);
type SeriesOfOne = StatsSeries['of'][number];
const isAllValues: Guard<SeriesOfOne['values']> = (value): value is SeriesOfOne['values'] =>
  isRecord(value) && statsMetrics.every((metric) => isValues(value[metric]));

export const isStatsSeries: Guard<StatsSeries> = shape<StatsSeries>({
  times: listOf(isNumber, maxMoments),
  of: listOf(shape<SeriesOfOne>({ key: isText, values: isAllValues }), maxRows),
});

const hourMs = 60 * 60_000;
export const isSeriesRequest: Guard<SeriesRequest> = shape<SeriesRequest>({
  keys: listOf(isText, maxRows),
  windowMs: (value): value is number => isNumber(value) && value > 0 && value <= hourMs,
});
export const isSubjectChoice: Guard<SubjectChoice> = shape<SubjectChoice>({ key: isText });
export const isStatsAcknowledgement: Guard<{ readonly seq: number }> = shape<{ readonly seq: number }>({
  seq: isCount,
});
export const isStatsPageState: Guard<StatsPageState> = shape<StatsPageState>({
  version: (value): value is 1 => value === 1,
  scope: isText,
  name: isText,
  sort: shape<StatsSort>({ by: oneOf(...sortColumns), isDescending: isFlag }),
  filter: isText,
  charted: optional(listOf(isText, maxCharted)),
  minutes: (value): value is number => windowMinutes.some((minutes) => minutes === value),
});
