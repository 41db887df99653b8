import { descendants } from '../bed/processes.ts';
import { faultsOfEndedChildren } from './cpu.ts';
import { field, withInspector } from './inspector.ts';

/** What an extension host has started during a period. */
export interface Spawned {
  /** Command lines started from our bundle. */
  readonly byUs: readonly string[];
  /** Started by whatever else runs in the extension host. */
  readonly byOthers: readonly string[];
}

export interface SpawnWatch {
  end(): Promise<Spawned>;
}

/** All ways of starting a program without waiting for it go through this one method of Node's. */
const HOOK = `(() => {
  const { prototype } = process.getBuiltinModule('node:child_process').ChildProcess;
  const { spawn } = prototype;
  const seen = [];
  prototype.spawn = function (options) {
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 100;
    seen.push({ command: [options.file, ...(options.args ?? [])].join(' '), stack: new Error().stack });
    Error.stackTraceLimit = stackTraceLimit;
    return spawn.apply(this, arguments);
  };
  globalThis.quaysideBenchSpawned = { seen, undo: () => { prototype.spawn = spawn; } };
})()`;

const RESULT = '(quaysideBenchSpawned.undo(), quaysideBenchSpawned.seen)';

/**
 * Watches what an extension host starts. Polling /proc would miss short-lived programs, so the starts are noted
 * inside; what would escape that (a synchronous start, one from a worker) the kernel's count of ended children shows.
 */
export async function watchSpawns(hostPid: number): Promise<SpawnWatch> {
  await withInspector(hostPid, ({ evaluate }) => evaluate(HOOK));
  const faults = faultsOfEndedChildren(hostPid);
  const before = new Set(descendants(hostPid).map(({ pid }) => pid));
  return {
    end: async () => {
      const hasNew = descendants(hostPid).some(({ pid }) => !before.has(pid));
      const hasEnded = faultsOfEndedChildren(hostPid) !== faults;
      const answer = await withInspector(hostPid, ({ evaluate }) => evaluate(RESULT));
      const seen = (Array.isArray(answer) ? (answer as unknown[]) : []).map((entry) => ({
        command: String(field(entry, 'command')),
        isOurs: String(field(entry, 'stack')).includes('quayside.quayside'),
      }));
      const unknown = seen.length === 0 && (hasNew || hasEnded) ? ['(started unseen)'] : [];
      return {
        byUs: [...seen.filter(({ isOurs }) => isOurs).map(({ command }) => command), ...unknown],
        byOthers: seen.filter(({ isOurs }) => !isOurs).map(({ command }) => command),
      };
    },
  };
}
