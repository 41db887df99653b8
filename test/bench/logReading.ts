import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { systemClock } from '../../src/base/async.ts';
import { LogThreads } from '../../src/logs/logThreads.ts';
import { LogWorker } from '../../src/logs/logWorker.ts';
import { type LogState, showAll } from '../../src/model/log.ts';
import type { Stage } from './stage.ts';

/** The thread that reads a log, as packaged, without editor and page. */
export interface Reading {
  readonly worker: LogWorker;
  /** What is known by now does not count any more. */
  forget(): void;
  until(isSo: (now: LogState) => boolean): Promise<LogState>;
}

/** Begins to read a container's log. */
export async function openReader(stage: Stage, containerId: string): Promise<Reading> {
  let state: LogState | undefined;
  const source = {
    ref: `bench/container/${containerId}`,
    name: 'read',
    containerId,
    endpoint: { kind: 'socket', path: stage.engine.socket },
  };
  const threads = new LogThreads(join(await stage.extensionFolder(), 'dist', 'logsWorker.cjs'), systemClock);
  const worker = new LogWorker({
    thread: threads.take(),
    start: {
      sources: [source],
      spoolFolder: join(mkdtempSync(join(tmpdir(), 'quayside-bench-')), 'spool'),
      maxSpoolBytes: 4e9,
      isRestart: false,
    },
    onUpdate: (update) => {
      state = update.state;
    },
    onBroken: (error) => {
      throw error;
    },
  });
  // One is enough.
  threads.dispose();
  await worker.ask('snapshot', { view: { tailRows: 50 }, show: showAll });
  return {
    worker,
    forget: () => {
      state = undefined;
    },
    until: async (isSo) => {
      for (;;) {
        if (state !== undefined && isSo(state)) return state;
        await pause(2);
      }
    },
  };
}
