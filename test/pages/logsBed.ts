import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { systemClock } from '../../src/base/async.ts';
import { english } from '../../src/base/localize.ts';
import { nullLogger } from '../../src/base/logger.ts';
import { answer } from '../../src/logs/answer.ts';
import type { StampedLine } from '../../src/logs/lineSplitter.ts';
import { LogSession } from '../../src/logs/logSession.ts';
import type { LogQuestion } from '../../src/logs/messages.ts';
import { RowMaker } from '../../src/logs/rowMaker.ts';
import { Spool } from '../../src/logs/spool/spool.ts';
import type { SpoolWriteError } from '../../src/logs/spool/spoolWriteError.ts';
import { SpoolFiles, type SpoolPlace } from '../../src/logs/spool/spoolFiles.ts';
import { timeLimit } from '../../src/logs/timeLimit.ts';
import type { LogQuestions } from '../../src/model/logQuestions.ts';
import { LogsHost } from '../../src/ui/panels/logsHost.ts';
import { logsStrings } from '../../src/ui/panels/logsStrings.ts';
import { SavedFilters } from '../../src/ui/panels/savedFilters.ts';
import { FakeMemento } from '../support/fakeMemento.ts';
import { openPage, type PageBed } from './pageBed.ts';
import type { ThemeName } from './themes.ts';

export interface LogsBed extends PageBed {
  readonly session: LogSession;
  readonly spool: Spool;
  /** While it is full nothing more is kept. */
  readonly disk: { problem: SpoolWriteError | undefined };
  /** Lines as a container would write them, a millisecond apart; what begins with `!` goes to stderr. */
  write(...texts: readonly string[]): void;
  /** Lines from before all that is held. */
  writeOlder(...texts: readonly string[]): void;
  /** What the page asked for of the log before its first row. */
  readonly wishes: readonly { readonly isAll: boolean }[];
  /** What the page asked. */
  readonly questions: readonly (keyof LogQuestions)[];
  readonly filters: SavedFilters;
  /** What the browser or the host complained about. */
  readonly complaints: readonly string[];
  /** What was put into the clipboard by the host. */
  readonly copied: string[];
  readonly host: LogsHost;
}

export interface LogsBedOptions {
  readonly theme?: ThemeName;
  readonly maxBytes?: number;
  readonly width?: number;
  readonly height?: number;
  /** Time of the first line. */
  readonly startsAt?: number;
}

/** A real one would have to be filled. */
class Disk extends SpoolFiles {
  problem: SpoolWriteError | undefined;

  override append(data: Uint8Array): SpoolPlace {
    if (this.problem !== undefined) throw this.problem;
    return super.append(data);
  }
}

const noon = Date.parse('2026-03-01T12:00:00Z');

/** The log page with its real host and session; only the engine is missing. */
export async function openLogs(browser: Browser, options: LogsBedOptions = {}): Promise<LogsBed> {
  const { theme = 'dark', maxBytes = 1_000_000_000, width = 900, height = 420, startsAt = noon } = options;
  const bed = await openPage(browser, 'logs', theme, { width, height });
  const folder = mkdtempSync(join(tmpdir(), 'quayside-page-'));
  const disk = new Disk(join(folder, 'spool'));
  const spool = new Spool(disk, maxBytes);
  const complaints: string[] = [];
  const copied: string[] = [];
  const wishes: { readonly isAll: boolean }[] = [];
  const questions: (keyof LogQuestions)[] = [];
  bed.page.on('console', (message) => complaints.push(message.text()));
  bed.page.on('pageerror', (error) => complaints.push(String(error)));
  const filters = new SavedFilters(new FakeMemento());
  let session: LogSession | undefined;
  const host = new LogsHost({
    port: bed.port,
    target: { ref: 'default/container/c', name: 'web' },
    strings: logsStrings(english),
    actions: {
      openSource: () => Promise.resolve(),
      save: () => Promise.resolve(),
      openDocument: () => Promise.resolve(),
      copy: (text) => {
        copied.push(text);
        return Promise.resolve();
      },
      copyLink: () => Promise.resolve(),
      offerToSave: () => copied.push('too much'),
      fail: (error) => complaints.push(String(error)),
    },
    filters,
    log: { ...nullLogger, warn: (message) => complaints.push(message) },
    startReader: ({ onUpdate }) => {
      const made = new LogSession({ spool, clock: systemClock, limit: timeLimit(1000), onUpdate });
      session = made;
      return {
        ask: <K extends keyof LogQuestions>(name: K, params: LogQuestions[K]['params']) => {
          questions.push(name);
          const question = { kind: 'ask', id: 0, name, params } as unknown as LogQuestion;
          return answer(made, question) as Promise<LogQuestions[K]['result']>;
        },
        setView: (view) => {
          made.setView(view);
        },
        more: (isAll) => {
          wishes.push({ isAll });
        },
        resume: () => {
          made.resume();
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
  reader.sources([{ ref: 'default/container/c', name: 'web' }]);
  reader.phase(0, 'following');
  reader.history({ phase: 'complete', pendingLines: 0 });
  const maker = new RowMaker(0);
  let written = 0;
  return {
    ...bed,
    session: reader,
    spool,
    disk,
    wishes,
    questions,
    filters,
    complaints,
    copied,
    host,
    write: (...texts) => {
      for (const text of texts) reader.append(maker.row(lineAt(startsAt + written++, text)));
    },
    writeOlder: (...texts) => {
      const older = spool.older();
      const olderMaker = new RowMaker(0);
      texts.forEach((text, at) => {
        older.add(olderMaker.row(lineAt(startsAt - texts.length + at, text)));
      });
      older.commit();
    },
    close: async () => {
      host.dispose();
      await bed.close();
      spool.dispose();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function lineAt(at: number, text: string): StampedLine {
  return {
    stream: text.startsWith('!') ? 'stderr' : 'stdout',
    stamp: { seconds: Math.floor(at / 1000), nanos: (at % 1000) * 1_000_000 },
    text,
    data: Buffer.from(text),
    isContinuation: false,
    records: 1,
  };
}

/** `line 0` to `line <count - 1>`. */
export function numbered(count: number, from = 0): string[] {
  return Array.from({ length: count }, (_, at) => `line ${String(from + at)}`);
}

/** An error with four lines of its stack. */
export function trace(): string[] {
  return [
    'TypeError: broken is not a function',
    '    at first (/app/first.js:10:5)',
    '    at second (/app/second.js:20:5)',
    '    at third (/app/third.js:30:5)',
    '    at node:internal/main/run_main_module:28:49',
  ];
}
