import type { Browser } from 'playwright-core';
import { systemClock } from '../../src/base/async.ts';
import { english } from '../../src/base/localize.ts';
import { nullLogger } from '../../src/base/logger.ts';
import { LogSession } from '../../src/logs/logSession.ts';
import { timeLimit } from '../../src/logs/timeLimit.ts';
import { LogsHost } from '../../src/ui/panels/logsHost.ts';
import { logsStrings } from '../../src/ui/panels/logsStrings.ts';
import { openPage, type PageBed } from './pageBed.ts';
import type { ThemeName } from './themes.ts';

export interface LogsBed extends PageBed {
  readonly session: LogSession;
  /** Lines as a container would write them; what begins with `!` goes to stderr. */
  write(...texts: readonly string[]): void;
  /** What the browser or the host complained about. */
  readonly complaints: readonly string[];
}

/** The log page with its real host and session; only the engine is missing. */
export async function openLogs(
  browser: Browser,
  options: { readonly theme?: ThemeName; readonly maxRows?: number; readonly width?: number } = {},
): Promise<LogsBed> {
  const { theme = 'dark', maxRows = 200_000, width = 900 } = options;
  const bed = await openPage(browser, 'logs', theme, { width, height: 420 });
  const complaints: string[] = [];
  bed.page.on('console', (message) => complaints.push(message.text()));
  bed.page.on('pageerror', (error) => complaints.push(String(error)));
  let session: LogSession | undefined;
  const host = new LogsHost({
    port: bed.port,
    target: { ref: 'default/container/c', name: 'web' },
    strings: logsStrings(english),
    log: { ...nullLogger, warn: (message) => complaints.push(message) },
    startReader: ({ onUpdate }) => {
      const made = new LogSession({
        limits: { maxRows, maxBytes: 64_000_000 },
        clock: systemClock,
        limit: timeLimit(1000),
        onUpdate,
      });
      session = made;
      return {
        snapshot: (view) => Promise.resolve(made.snapshot(view)),
        rows: (firstRow, count) => Promise.resolve(made.rows(firstRow, count)),
        find: (findId, query) => Promise.resolve(made.find(findId, query)),
        step: (step) => made.step(step),
        setView: (view) => {
          made.setView(view);
        },
        containerChanged: () => undefined,
        dispose: () => {
          made.dispose();
        },
      };
    },
  });
  if (session === undefined) throw new Error('the host started no reader');
  const reader = session;
  reader.phase('following');
  let written = 0;
  return {
    ...bed,
    session: reader,
    complaints,
    write: (...texts) => {
      for (const text of texts) {
        const stamp = { seconds: 1_772_366_400, nanos: (written++ % 1000) * 1_000_000 };
        const stream = text.startsWith('!') ? 'stderr' : 'stdout';
        reader.line({ stream, stamp, text, sizeBytes: text.length, isContinuation: false, records: 1 });
      }
    },
    close: async () => {
      host.dispose();
      await bed.close();
    },
  };
}

/** `line 0` to `line <count - 1>`. */
export function numbered(count: number, from = 0): string[] {
  return Array.from({ length: count }, (_, at) => `line ${String(from + at)}`);
}
