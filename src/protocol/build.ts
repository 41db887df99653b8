import {
  type Build,
  type BuildEvent,
  type BuildItem,
  type BuildOutcome,
  type BuildOutput,
  type BuildStep,
  maxLineCharacters,
  maxOutputLines,
  type StepFacts,
} from '../model/build.ts';
import { type BuildProblem, buildProblemKinds } from '../model/buildProblem.ts';
import type { Contract } from './channel.ts';
import { type Guard, isCount, isFlag, isRecord, isText, listOf, oneOf, optional, shape } from './shape.ts';

/** Between the page of the builds and its host. */
export type BuildContract = {
  readonly requests: {
    /** The page is new, has lost its place, or wants to show another build; deltas count on from `seq`. */
    readonly ready: { readonly params: ReadyRequest; readonly result: BuildSnapshot };
  };
  readonly toPage: {
    readonly delta: BuildDelta;
    /** Other builds, or news of one. */
    readonly builds: readonly BuildSummary[];
    /** Somebody wants to see this one. */
    readonly show: BuildChoice;
  };
  readonly toHost: {
    readonly acknowledge: { readonly seq: number };
    readonly cancel: BuildChoice;
    /** The same again. */
    readonly rebuild: BuildChoice;
    /** Opens the build's Dockerfile at one of its lines, or at its beginning. */
    readonly openLine: OpenLine;
  };
};

/** Proves that the contract is one. */
export type BuildContractCheck = BuildContract extends Contract ? true : never;

export interface ReadyRequest {
  /** Undefined: the one to be seen, which the host knows. */
  readonly buildId: string | undefined;
}

export interface BuildChoice {
  readonly buildId: string;
}

export interface OpenLine extends BuildChoice {
  /** From 0. */
  readonly line: number | undefined;
}

export interface BuildSnapshot {
  readonly seq: number;
  readonly strings: BuildStrings;
  readonly builds: readonly BuildSummary[];
  readonly shown: ShownBuild | undefined;
}

export interface ShownBuild {
  readonly build: Build;
  /** The good build before it, whose output nobody needs. */
  readonly before: BuildBefore | undefined;
}

export interface BuildBefore {
  readonly durationMs: number;
  readonly steps: readonly BuildStep[];
}

/** A line of the list of builds. */
export interface BuildSummary {
  readonly id: string;
  /** Its first tag, or its Dockerfile. */
  readonly name: string;
  /** From the workspace's folder on. */
  readonly dockerfile: string;
  readonly context: string;
  readonly engineName: string;
  readonly builder: string;
  readonly startedAt: number;
  readonly endedAt: number | undefined;
  readonly outcome: BuildOutcome | undefined;
  /** Why it has failed: whole sentences. */
  readonly explanation: string;
  readonly problemLine: number | undefined;
}

export interface BuildDelta {
  readonly seq: number;
  readonly buildId: string;
  readonly events: readonly BuildEvent[];
}

/** What the page keeps over a reload of the window. */
export interface BuildPageState {
  readonly version: 1;
  readonly buildId: string | undefined;
}

export interface BuildStrings {
  readonly builds: string;
  readonly steps: string;
  readonly noBuilds: string;
  readonly cancel: string;
  readonly rebuild: string;
  readonly openDockerfile: string;
  readonly goToLine: string;
  readonly running: string;
  readonly succeeded: string;
  readonly failed: string;
  readonly cancelled: string;
  readonly interrupted: string;
  readonly waiting: string;
  readonly cached: string;
  readonly output: string;
  readonly noOutput: string;
  readonly dropped: string;
  readonly warnings: string;
  readonly on: string;
  readonly context: string;
  readonly image: string;
  readonly slower: string;
  readonly faster: string;
  readonly cachedBefore: string;
  readonly newStep: string;
  readonly language: string;
}

const isOutcome = oneOf('succeeded', 'failed', 'cancelled', 'interrupted') satisfies Guard<BuildOutcome>;

const isTime: Guard<number> = (value): value is number => typeof value === 'number' && Number.isFinite(value);

const isStepFacts: Guard<StepFacts> = shape<StepFacts>({
  id: isText,
  label: isText,
  name: isText,
  line: optional(isCount),
  startedAt: optional(isTime),
  endedAt: optional(isTime),
  isCached: isFlag,
  error: isText,
});

const isItem: Guard<BuildItem> = shape<BuildItem>({
  name: isText,
  current: isTime,
  total: isTime,
  isDone: isFlag,
});

const isLine: Guard<string> = (value): value is string => isText(value) && value.length <= maxLineCharacters;

const isOutput: Guard<BuildOutput> = shape<BuildOutput>({
  lines: listOf(isLine, maxOutputLines),
  droppedLines: isCount,
});

const isProblem: Guard<BuildProblem> = (value): value is BuildProblem =>
  isRecord(value) &&
  oneOf(...buildProblemKinds)(value['kind']) &&
  isText(value['what']) &&
  isText(value['said']) &&
  optional(isCount)(value['line']);

const eventGuards: { readonly [K in BuildEvent['kind']]: Guard<Extract<BuildEvent, { kind: K }>> } = {
  step: shape({ kind: oneOf('step'), step: isStepFacts }),
  item: shape({ kind: oneOf('item'), stepId: isText, item: isItem }),
  output: shape({ kind: oneOf('output'), stepId: isText, output: isOutput }),
  warning: shape({ kind: oneOf('warning'), warning: shape({ text: isText, line: optional(isCount) }) }),
  image: shape({ kind: oneOf('image'), imageId: isText }),
  ended: shape({ kind: oneOf('ended'), outcome: isOutcome, at: isTime, problem: optional(isProblem) }),
};

const isEvent: Guard<BuildEvent> = (value): value is BuildEvent =>
  isRecord(value) && Object.values(eventGuards).some((guard: Guard<BuildEvent>) => guard(value));

const isSummary: Guard<BuildSummary> = shape<BuildSummary>({
  id: isText,
  name: isText,
  dockerfile: isText,
  context: isText,
  engineName: isText,
  builder: isText,
  startedAt: isTime,
  endedAt: optional(isTime),
  outcome: optional(isOutcome),
  explanation: isText,
  problemLine: optional(isCount),
});

export const isSummaries: Guard<readonly BuildSummary[]> = listOf(isSummary, 1000);
export const isBuildDelta: Guard<BuildDelta> = shape<BuildDelta>({
  seq: isCount,
  buildId: isText,
  events: listOf(isEvent, 100_000),
});
export const isBuildChoice: Guard<BuildChoice> = shape<BuildChoice>({ buildId: isText });
export const isReadyRequest: Guard<ReadyRequest> = shape<ReadyRequest>({ buildId: optional(isText) });
export const isOpenLine: Guard<OpenLine> = shape<OpenLine>({ buildId: isText, line: optional(isCount) });
export const isBuildAcknowledgement: Guard<{ readonly seq: number }> = shape<{ readonly seq: number }>({
  seq: isCount,
});
export const isBuildPageState: Guard<BuildPageState> = shape<BuildPageState>({
  version: (value): value is 1 => value === 1,
  buildId: optional(isText),
});
