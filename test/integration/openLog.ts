import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../src/base/async.ts';
import type { Disposable } from '../../src/base/lifecycle.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { LogSession } from '../../src/logs/logSession.ts';
import { LogSources } from '../../src/logs/logSources.ts';
import { Spool } from '../../src/logs/spool/spool.ts';
import { SpoolFiles } from '../../src/logs/spool/spoolFiles.ts';
import { type LogEvent, type LogLine, type LogRow, type LogState, showAll } from '../../src/model/log.ts';
import { waitFor } from '../bed/bed.ts';
import { patienceMs } from './sandbox.ts';

export interface OpenLog extends Disposable {
  readonly spool: Spool;
  readonly sources: LogSources;
  state(): LogState;
  /** All lines that are held. */
  lines(): readonly LogLine[];
  /** What was told between them. */
  events(): readonly LogEvent[];
  until(what: string, isSo: () => boolean): Promise<void>;
}

/** The whole way of a log, from an engine into the spool, without a thread and a page. */
export function openLog(
  engine: Engine,
  containers: readonly { readonly id: string; readonly name: string }[],
): OpenLog {
  const folder = mkdtempSync(join(tmpdir(), 'quayside-log-'));
  const spool = new Spool(new SpoolFiles(join(folder, 'spool')), 1e9);
  const session = new LogSession({
    spool,
    clock: systemClock,
    limit: (work) => {
      work();
      return true;
    },
    onUpdate: () => undefined,
  });
  const life = new AbortController();
  const sources = new LogSources({ spool, session, clock: systemClock, signal: life.signal });
  sources.open(
    containers.map(({ id, name }) => ({ ref: `bed/container/${id}`, name, containerId: id, engine })),
  );
  const rows = (): readonly LogRow[] => {
    const all = Array.from({ length: spool.end - spool.firstRow }, (_, at) => spool.row(spool.firstRow + at));
    return all.filter((row) => row !== undefined);
  };
  return {
    spool,
    sources,
    state: () => session.show(1, showAll, undefined).state,
    lines: () => rows().filter((row) => row.kind === 'line'),
    events: () => rows().flatMap((row) => (row.kind === 'event' ? [row.event] : [])),
    until: async (what, isSo) => {
      await waitFor({ what, deadlineMs: patienceMs, everyMs: 20 }, () => isSo());
    },
    dispose: () => {
      life.abort();
      session.dispose();
      spool.dispose();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The first number in each line. */
export function numbersIn(lines: readonly LogLine[]): readonly number[] {
  return lines.map(({ text }) => Number(/\d+/.exec(text)?.[0]));
}

export function upTo(count: number): readonly number[] {
  return Array.from({ length: count }, (_, at) => at + 1);
}
