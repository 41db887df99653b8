import type { Engine } from '../engine/engine.ts';

/** Where a place's files are found: in which container, below which folder. */
export interface Located {
  readonly engine: Engine;
  readonly containerId: string;
  /** Without a slash at its end: empty for a container's own root. */
  readonly root: string;
  /** Says that it is not needed any more. */
  done(): void;
}

/** Counts what goes through it. */
export type Meter = (
  pieces: AsyncIterable<Uint8Array>,
  totalBytes: number | undefined,
) => AsyncIterable<Uint8Array>;
