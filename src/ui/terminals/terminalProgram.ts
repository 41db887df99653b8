import type { Disposable } from '../../base/lifecycle.ts';

export interface TerminalSize {
  readonly columns: number;
  readonly rows: number;
}

/** What is seen of a terminal. */
export interface Screen {
  write(text: string): void;
  close(): void;
}

/** A connection to what runs behind a terminal. */
export interface TerminalSession {
  readonly output: AsyncIterable<{ readonly data: Uint8Array }>;
  /** `detach`: the user wants to leave it running, and nothing more is passed on. */
  write(data: string): 'detach' | undefined;
  resize(columns: number, rows: number): Promise<void>;
  /** Once the output is over; undefined where nobody knows. */
  exitCode(): Promise<number | undefined>;
  /** The terminal is closed, or the connection is of no use any more. */
  end(): void;
}

/** Something to do about it, by one key. */
export interface Offer {
  /** `Enter`, or a letter. */
  readonly key: string;
  readonly label: string;
  /** What comes after it: another connection, nothing more to be seen, or the same offers. */
  run(signal: AbortSignal): Promise<'connect' | 'close' | 'stay'>;
}

/** What to say at the end of a connection, and what one may do then. */
export interface Ending {
  readonly lines: readonly string[];
  readonly offers: readonly Offer[];
}

/** `close`: there is nothing worth saying. */
export type Outcome = { readonly exitCode: number | undefined } | { readonly error: unknown } | 'detached';

/** What happens to the container meanwhile: it stands still, goes on, or can be had again after the end. */
export type News =
  | { readonly kind: 'standsStill'; readonly ending: Ending }
  | { readonly kind: 'goesOn'; readonly line: string }
  | { readonly kind: 'isBack'; readonly ending: Ending };

/** What a terminal is for. */
export interface TerminalProgram {
  /** `show` writes to the terminal. */
  connect(size: TerminalSize, signal: AbortSignal, show: (text: string) => void): Promise<TerminalSession>;
  /** `close` where the end was as wanted. */
  over(outcome: Outcome, signal: AbortSignal): Promise<Ending | 'close'>;
  watch?(onNews: (news: News) => void): Disposable;
}
