import type { RestartPolicy } from './runOptions.ts';

/** What a container may use, and what happens when it ends: all of it can be changed while it runs. */
export interface ContainerLimits {
  /** Undefined: as much as there is. */
  readonly memoryBytes: number | undefined;
  /** Memory and swap together, as Docker counts them; undefined where nobody has said. */
  readonly memoryAndSwapBytes: number | 'unlimited' | undefined;
  /** Undefined: all. */
  readonly cpus: number | undefined;
  /** Undefined: as many as there can be. */
  readonly pids: number | undefined;
  readonly restart: RestartPolicy;
}

/** What is to become different. Engines can't take a limit of memory or CPUs away from a container that exists. */
export interface LimitChanges {
  readonly memoryBytes?: number;
  readonly memoryAndSwapBytes?: number | 'unlimited';
  readonly cpus?: number;
  readonly pids?: number | 'unlimited';
  readonly restart?: RestartPolicy;
}

/** The least that engines accept. */
export const minMemoryBytes = 6 * 1024 * 1024;

/**
 * The changes as an engine takes them: it wants to hear of memory and swap together, and would leave the swap where it
 * was. By default it is what the engine makes of a new container: twice the memory.
 */
export function withSwap(now: ContainerLimits, changes: LimitChanges): LimitChanges {
  const { memoryBytes } = changes;
  if (memoryBytes === undefined || changes.memoryAndSwapBytes !== undefined) return changes;
  const before = now.memoryAndSwapBytes;
  const isDefault = before === undefined || (now.memoryBytes !== undefined && before === 2 * now.memoryBytes);
  return { ...changes, memoryAndSwapBytes: isDefault ? 2 * memoryBytes : before };
}

export type LimitProblem = 'swapBelowMemory' | 'swapNeedsMemory';

/** Why the limits can't be right together, whatever the engine; undefined when they may be. */
export function limitProblem(now: ContainerLimits, changes: LimitChanges): LimitProblem | undefined {
  const whole = withSwap(now, changes);
  const memory = whole.memoryBytes ?? now.memoryBytes;
  const swap = whole.memoryAndSwapBytes;
  if (swap === undefined) return undefined;
  if (memory === undefined) return 'swapNeedsMemory';
  return swap !== 'unlimited' && swap < memory ? 'swapBelowMemory' : undefined;
}
