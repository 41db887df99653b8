import type { ContainerState, HealthStatus } from './container.ts';

/** How a container is just now, as far as its health goes. */
export interface HealthReport {
  readonly state: ContainerState;
  /** Of the last run; 0 while there was none. */
  readonly exitCode: number;
  readonly oomKilled: boolean;
  /** Undefined where nothing checks it. */
  readonly health:
    | {
        readonly status: HealthStatus;
        /** Failed checks in a row. */
        readonly failingStreak: number;
        /** What the last check said; empty while none was made. */
        readonly lastOutput: string;
      }
    | undefined;
}
