import type { FileRow, MountRow, NetworkRow, PairRow, PortRow, RunForm } from '../model/runForm.ts';
import { mountTypes, type PortMapping, portProtocols, restartNames } from '../model/runOptions.ts';
import type { Contract } from './channel.ts';
import type { RunStrings } from './runStrings.ts';
import { type Guard, isCount, isFlag, isRecord, isText, listOf, oneOf, shape } from './shape.ts';

/** Between the form for running a container and its host. */
export type RunContract = {
  readonly requests: {
    /** The page is new: all it needs to begin. */
    readonly ready: { readonly params: undefined; readonly result: RunSnapshot };
    /** Which of these ports of the host are taken. */
    readonly checkPorts: { readonly params: readonly PortMapping[]; readonly result: readonly TakenPort[] };
    /** What an image says of its containers; undefined while the engine does not have it. */
    readonly image: { readonly params: { readonly name: string }; readonly result: ImageHints | undefined };
    /** Lets the user choose in the editor's own way; undefined when they turned away. */
    readonly choose: { readonly params: { readonly what: Choice }; readonly result: string | undefined };
    /** Settles when the container runs, or does not. Giving it up ends the work. */
    readonly run: { readonly params: { readonly form: RunForm }; readonly result: RunResult };
  };
  readonly toPage: {
    /** What the engine has, has changed. */
    readonly known: RunKnown;
  };
  readonly toHost: {
    /** Puts the line into the clipboard. */
    readonly copy: { readonly text: string };
  };
};

/** Proves that the contract is one. */
export type RunContractCheck = RunContract extends Contract ? true : never;

export const choices = ['image', 'network', 'volume', 'folder', 'envFile'] as const;
export type Choice = (typeof choices)[number];

export interface RunSnapshot {
  readonly strings: RunStrings;
  readonly target: RunPageTarget;
  /** For a page that has kept none. */
  readonly form: RunForm;
  readonly known: RunKnown;
  /** What relative paths of a pasted line begin at; empty where no folder is open. */
  readonly folder: string;
}

/** Kept by the page for the next window. */
export interface RunPageTarget {
  readonly engineId: string;
  readonly engineName: string;
  /** The container whose place the new one takes. */
  readonly replaces:
    | { readonly id: string; readonly name: string; readonly keptNames: readonly string[] }
    | undefined;
}

/** Names that mean something on the engine. */
export interface RunKnown {
  readonly containers: readonly string[];
  readonly networks: readonly string[];
  /** The engine answers. */
  readonly isConnected: boolean;
}

export interface TakenPort {
  /** Which of those that were asked for. */
  readonly index: number;
  /** The container that has it; empty: some other program. */
  readonly holder: string;
}

export interface ImageHints {
  readonly ports: readonly { readonly containerPort: number; readonly protocol: PortMapping['protocol'] }[];
  readonly entrypoint: string;
  readonly command: string;
  readonly user: string;
  readonly workingDir: string;
}

export type RunResult =
  | { readonly kind: 'done' }
  | { readonly kind: 'cancelled' }
  /** `at`: the field that it is about, or empty. */
  | { readonly kind: 'failed'; readonly message: string; readonly at: string };

/** What a page keeps over a reload of the window: the form too, as the editor keeps what is typed and not yet saved. */
export interface RunPageState {
  readonly version: 1;
  readonly target: RunPageTarget;
  readonly form: RunForm;
}

/** More than any form has, and few enough for a message. */
const maxRows = 500;
const maxText = 100_000;

const isShort = (value: unknown): value is string => isText(value) && value.length <= maxText;

const isPortRow = shape<PortRow>({ host: isShort, container: isShort, protocol: oneOf(...portProtocols) });
const isMountRow = shape<MountRow>({
  type: oneOf(...mountTypes),
  source: isShort,
  target: isShort,
  isReadOnly: isFlag,
  extra: isShort,
});
const isPairRow = shape<PairRow>({ name: isShort, value: isShort });
const isFileRow = shape<FileRow>({ path: isShort });
const isNetworkRow = shape<NetworkRow>({ name: isShort, aliases: isShort, ipAddress: isShort });

export const isRunForm: Guard<RunForm> = shape<RunForm>({
  image: isShort,
  name: isShort,
  platform: isShort,
  entrypoint: isShort,
  command: isShort,
  ports: listOf(isPortRow, maxRows),
  publishesAll: isFlag,
  mounts: listOf(isMountRow, maxRows),
  env: listOf(isPairRow, maxRows),
  envFiles: listOf(isFileRow, maxRows),
  networks: listOf(isNetworkRow, maxRows),
  cpus: isShort,
  memory: isShort,
  pids: isShort,
  restart: oneOf(...restartNames),
  retries: isShort,
  labels: listOf(isPairRow, maxRows),
  user: isShort,
  workingDir: isShort,
  hostname: isShort,
  hasTerminal: isFlag,
  isInteractive: isFlag,
  isRemovedAtEnd: isFlag,
});

export const isRunRequest = shape<{ readonly form: RunForm }>({ form: isRunForm });
export const isImageQuestion = shape<{ readonly name: string }>({ name: isShort });
export const isChooseRequest = shape<{ readonly what: Choice }>({ what: oneOf(...choices) });
export const isCopyText = shape<{ readonly text: string }>({ text: isShort });

export const isPortList: Guard<readonly PortMapping[]> = listOf(
  shape<PortMapping>({
    hostIp: isShort,
    hostPort: isShort,
    containerPort: isCount,
    protocol: oneOf(...portProtocols),
  }),
  maxRows,
);

const isTexts = listOf(isText, 10_000);

export const isRunKnown = shape<RunKnown>({ containers: isTexts, networks: isTexts, isConnected: isFlag });

const isReplaced = shape<NonNullable<RunPageTarget['replaces']>>({
  id: isShort,
  name: isShort,
  keptNames: listOf(isShort, maxRows),
});

/** Read back from the editor's store, which keeps no fields that are undefined. */
export function isRunPageState(value: unknown): value is RunPageState {
  if (!isRecord(value) || value['version'] !== 1 || !isRunForm(value['form'])) return false;
  const { target } = value;
  if (!isRecord(target) || !isText(target['engineId']) || !isText(target['engineName'])) return false;
  const { replaces } = target;
  return replaces === undefined || replaces === null || isReplaced(replaces);
}
