import type { Stage } from './stage.ts';

/** A limit from the issue, and what it holds for. */
export interface Target {
  readonly limit: number;
  /** `every`: no single run may be above it. */
  readonly of: 'median' | 'every';
}

/** One line of the table. */
export interface Measurement {
  readonly figure: string;
  /** Containers the engine had; absent where they don't matter. */
  readonly size?: number;
  readonly unit: 'ms' | 'kB' | 'MB' | '%' | 'calls' | 'processes' | 'rows';
  /** One for each run. */
  readonly samples: readonly number[];
  /** Absent: told for information only. */
  readonly target?: Target;
  /** What the daemon alone takes for the same, in the same run. */
  readonly daemonMs?: number;
  readonly note?: string;
}

export interface FigureContext {
  readonly stage: Stage;
  /** Containers the engine has now. */
  readonly size: number;
  /** `full` of them usually, `quick` of them with `--quick`. */
  runs(full: number, quick: number): number;
  /** How long a figure watches that goes on for as long as one likes; its own choice when absent. */
  readonly minutes: number | undefined;
}

export interface Figure {
  /** For `--only`. */
  readonly name: string;
  /** At which of the sizes it is taken, or at a size of its own. */
  readonly at: 'smallest' | 'each' | 'largest' | { readonly size: number };
  /** Left out, unless asked for by name: always, or of quick runs. */
  readonly isLeftOut?: 'always' | 'of quick runs';
  run(context: FigureContext): Promise<readonly Measurement[]>;
}
