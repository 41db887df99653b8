import { type ContainerLimits, type LimitChanges, minMemoryBytes } from './containerLimits.ts';
import { parseMemorySize, printMemorySize } from './memorySize.ts';
import { parseRestart, printRestart } from './restartPolicy.ts';

/* Limits as a person types them, in the words of `docker update`. */

export const limitFields = ['memory', 'memoryAndSwap', 'cpus', 'pids', 'restart'] as const;
export type LimitField = (typeof limitFields)[number];

/** What a field's text changes; undefined for one that can't be read. */
export function readLimit(field: LimitField, typed: string): LimitChanges | undefined {
  const text = typed.trim();
  switch (field) {
    case 'memory': {
      const memoryBytes = parseMemorySize(text);
      return memoryBytes === undefined || memoryBytes < minMemoryBytes ? undefined : { memoryBytes };
    }
    case 'memoryAndSwap': {
      const bytes = text === '-1' ? 'unlimited' : parseMemorySize(text);
      return bytes === undefined || bytes === 0 ? undefined : { memoryAndSwapBytes: bytes };
    }
    case 'cpus':
      return /^\d*\.?\d+$/.test(text) && Number(text) > 0 ? { cpus: Number(text) } : undefined;
    case 'pids':
      if (text === '-1') return { pids: 'unlimited' };
      return /^[1-9]\d{0,8}$/.test(text) ? { pids: Number(text) } : undefined;
    case 'restart': {
      const restart = text === '' ? undefined : parseRestart(text);
      return restart === undefined ? undefined : { restart };
    }
  }
}

/** What a field's text is now; empty where nothing is limited. */
export function printLimit(field: LimitField, limits: ContainerLimits | LimitChanges): string {
  switch (field) {
    case 'memory':
      return limits.memoryBytes === undefined ? '' : printMemorySize(limits.memoryBytes);
    case 'memoryAndSwap':
      if (limits.memoryAndSwapBytes === 'unlimited') return '-1';
      return limits.memoryAndSwapBytes === undefined ? '' : printMemorySize(limits.memoryAndSwapBytes);
    case 'cpus':
      return limits.cpus === undefined ? '' : String(limits.cpus);
    case 'pids':
      return limits.pids === 'unlimited' ? '-1' : String(limits.pids ?? '');
    case 'restart':
      return limits.restart === undefined ? '' : printRestart(limits.restart);
  }
}
