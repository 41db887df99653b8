import { type ContainerState, containerStates } from '../model/container.ts';
import type { Contract } from './channel.ts';
import { type Guard, isCount, isFlag, isRecord, isText, listOf, oneOf, optional, shape } from './shape.ts';

/** Between a container's page and its host. */
export type OverviewContract = {
  readonly requests: {
    /** The page is new, or has missed something; changes count on from `seq`. */
    readonly ready: { readonly params: undefined; readonly result: OverviewSnapshot };
    /** The values of these masked rows; of those that are not there any more nothing. */
    readonly reveal: { readonly params: RowChoice; readonly result: readonly RevealedValue[] };
    /** What runs in it now. */
    readonly processes: { readonly params: undefined; readonly result: OverviewProcesses };
  };
  readonly toPage: {
    readonly facts: NumberedFacts;
  };
  readonly toHost: {
    readonly acknowledge: { readonly seq: number };
    readonly act: { readonly action: OverviewAction };
    /** Puts what the row stands for into the clipboard, also where it is masked. */
    readonly copy: { readonly key: string };
    readonly open: { readonly key: string };
    /** Asks for a signal, and sends it to one of the processes. */
    readonly signal: ProcessChoice;
  };
};

/** Proves that the contract is one. */
export type OverviewContractCheck = OverviewContract extends Contract ? true : never;

/** What can be done with the whole of it; the page knows no command. */
export const overviewActions = [
  'start',
  'stop',
  'restart',
  'pause',
  'unpause',
  'logs',
  'shell',
  'stats',
  'files',
  'changes',
  'recreate',
  'inspect',
  'reveal',
  'project',
  'successor',
] as const;
export type OverviewAction = (typeof overviewActions)[number];

export const tones = ['plain', 'good', 'warning', 'error'] as const;
export type Tone = (typeof tones)[number];

export const sectionIds = [
  'state',
  'health',
  'ports',
  'mounts',
  'networks',
  'processes',
  'program',
  'environment',
  'limits',
  'isolation',
  'image',
  'labels',
  'history',
  'recipe',
] as const;
export type SectionId = (typeof sectionIds)[number];

export interface RowChoice {
  readonly keys: readonly string[];
}

export interface RevealedValue {
  readonly key: string;
  readonly value: string;
}

export interface ProcessChoice {
  readonly pid: string;
  readonly command: string;
}

export interface OverviewProcesses {
  readonly processes: readonly OverviewProcess[];
  /** Why there are none; empty when it could be asked. */
  readonly problem: string;
}

export interface OverviewProcess {
  readonly pid: string;
  readonly user: string;
  readonly command: string;
}

export interface OverviewSnapshot {
  readonly seq: number;
  readonly strings: OverviewStrings;
  readonly target: OverviewPageTarget;
  readonly facts: OverviewFacts;
}

/** Kept by the page for the next window. */
export interface OverviewPageTarget {
  readonly engineId: string;
  readonly id: string;
}

export interface NumberedFacts {
  readonly seq: number;
  readonly facts: OverviewFacts;
}

/** All that is shown, in the words in which it is shown. */
export interface OverviewFacts {
  readonly name: string;
  /** Below the name: image and, where there are several, engine. */
  readonly subtitle: string;
  /** Undefined until it is known. */
  readonly state: OverviewState | undefined;
  /** What stands above all: it is gone, its engine is; empty as a rule. */
  readonly notice: string;
  readonly verdict: OverviewVerdict | undefined;
  readonly actions: readonly OverviewAction[];
  readonly sections: readonly OverviewSection[];
  /** It has processes that can be asked for. */
  readonly hasProcesses: boolean;
}

export interface OverviewState {
  readonly state: ContainerState;
  readonly text: string;
  readonly tone: Tone;
  /** Empty without a health check. */
  readonly health: string;
  readonly healthTone: Tone;
}

/** Why it is as it is, and what to do about it. */
export interface OverviewVerdict {
  readonly tone: Tone;
  readonly title: string;
  readonly why: string;
  readonly next: string;
  /** The engine's own words; empty for none. */
  readonly said: string;
  readonly steps: readonly OverviewAction[];
}

export interface OverviewSection {
  readonly id: SectionId;
  readonly title: string;
  /** A sentence below the title; empty for none. */
  readonly note: string;
  readonly groups: readonly OverviewGroup[];
}

export interface OverviewGroup {
  /** Empty where there is only one. */
  readonly title: string;
  readonly rows: readonly OverviewRow[];
}

export interface OverviewRow {
  /** Tells it from all other rows of the page. */
  readonly key: string;
  readonly label: string;
  readonly value: string;
  /** In place of the value. */
  readonly time: OverviewTime | undefined;
  /** Beside the value, in grey. */
  readonly note: string;
  readonly tone: Tone;
  /** Several lines, as they are; empty for none. */
  readonly block: string;
  readonly isSecret: boolean;
  readonly canCopy: boolean;
  /** What its link does: `Open http://localhost:8080`; empty without one. */
  readonly opens: string;
}

export interface OverviewTime {
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** `moment`: shown with its date; `since`: how long ago it is. */
  readonly as: 'moment' | 'since';
}

export interface OverviewStrings {
  readonly actions: Readonly<Record<OverviewAction, string>>;
  readonly actionsLabel: string;
  readonly copy: string;
  readonly copied: string;
  readonly show: string;
  readonly hide: string;
  readonly showAll: string;
  readonly hideAll: string;
  readonly masked: string;
  readonly engineSaid: string;
  readonly next: string;
  readonly pid: string;
  readonly user: string;
  readonly command: string;
  readonly sendSignal: string;
  readonly processes: string;
  readonly noProcesses: string;
  readonly reading: string;
  readonly language: string;
}

/** What the page keeps over a reload of the window. */
export interface OverviewPageState {
  readonly version: 1;
  readonly target: OverviewPageTarget;
  readonly name: string;
  readonly closed: readonly SectionId[];
}

const maxRows = 5000;
const maxProcesses = 5000;

const isNumber: Guard<number> = (value): value is number =>
  typeof value === 'number' && Number.isFinite(value);
const isTone = oneOf(...tones);
const isAction = oneOf(...overviewActions);
const isActions = listOf(isAction, overviewActions.length);

const isRow: Guard<OverviewRow> = shape<OverviewRow>({
  key: isText,
  label: isText,
  value: isText,
  time: optional(shape<OverviewTime>({ at: isNumber, as: oneOf('moment', 'since') })),
  note: isText,
  tone: isTone,
  block: isText,
  isSecret: isFlag,
  canCopy: isFlag,
  opens: isText,
});

const isFacts: Guard<OverviewFacts> = shape<OverviewFacts>({
  name: isText,
  subtitle: isText,
  state: optional(
    shape<OverviewState>({
      state: oneOf(...containerStates),
      text: isText,
      tone: isTone,
      health: isText,
      healthTone: isTone,
    }),
  ),
  notice: isText,
  verdict: optional(
    shape<OverviewVerdict>({
      tone: isTone,
      title: isText,
      why: isText,
      next: isText,
      said: isText,
      steps: isActions,
    }),
  ),
  actions: isActions,
  sections: listOf(
    shape<OverviewSection>({
      id: oneOf(...sectionIds),
      title: isText,
      note: isText,
      groups: listOf(shape<OverviewGroup>({ title: isText, rows: listOf(isRow, maxRows) }), maxRows),
    }),
    sectionIds.length,
  ),
  hasProcesses: isFlag,
});

export const isNumberedFacts: Guard<NumberedFacts> = shape<NumberedFacts>({ seq: isCount, facts: isFacts });

export const isRowChoice: Guard<RowChoice> = shape<RowChoice>({ keys: listOf(isText, maxRows) });
export const isOneRow = shape<{ readonly key: string }>({ key: isText });
export const isActionChoice = shape<{ readonly action: OverviewAction }>({ action: isAction });
export const isProcessChoice: Guard<ProcessChoice> = shape<ProcessChoice>({ pid: isText, command: isText });
export const isFactsAcknowledgement = shape<{ readonly seq: number }>({ seq: isCount });

export const isOverviewProcesses: Guard<OverviewProcesses> = shape<OverviewProcesses>({
  processes: listOf(shape<OverviewProcess>({ pid: isText, user: isText, command: isText }), maxProcesses),
  problem: isText,
});

const isTarget = shape<OverviewPageTarget>({ engineId: isText, id: isText });
const isClosed = listOf(oneOf(...sectionIds), sectionIds.length);

export function isOverviewPageState(value: unknown): value is OverviewPageState {
  return (
    isRecord(value) &&
    value['version'] === 1 &&
    isTarget(value['target']) &&
    isText(value['name']) &&
    isClosed(value['closed'])
  );
}
