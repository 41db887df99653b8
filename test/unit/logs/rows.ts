import { randomUUID } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { TimeLimit } from '../../../src/logs/timeLimit.ts';
import { isPlainText } from '../../../src/model/ansi.ts';
import type { LogEvent } from '../../../src/model/log.ts';
import type { SpoolRow } from '../../../src/logs/spool/block.ts';
import { Spool } from '../../../src/logs/spool/spool.ts';
import { SpoolFiles } from '../../../src/logs/spool/spoolFiles.ts';

/** A line as the row maker would make it; a text is its UTF-8. */
export function row(text: string | Uint8Array, parts: Partial<Omit<SpoolRow, 'data'>> = {}): SpoolRow {
  const data = typeof text === 'string' ? Buffer.from(text) : text;
  return {
    kind: 'line',
    at: undefined,
    isStderr: false,
    isContinuation: false,
    isTraceLine: false,
    isPlain: isPlainText(Buffer.from(data).toString('utf8')),
    level: 0,
    source: 0,
    ...parts,
    data,
  };
}

export function eventRow(event: LogEvent, parts: Partial<Omit<SpoolRow, 'data' | 'kind'>> = {}): SpoolRow {
  return { ...row(JSON.stringify(event), { at: 0, isPlain: true, ...parts }), kind: 'event' };
}

/** Fills a block by itself: what comes next begins another one. */
export const blockfulBytes = 256_000;
export const blockful = row('-'.repeat(blockfulBytes));

/** A name that nothing has; what is made there is gone when the test is over. */
export function tempFolder(): string {
  const folder = join(tmpdir(), `quayside-unit-${randomUUID()}`);
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

/** For a file of any name. */
export function madeFolder(): string {
  const folder = tempFolder();
  mkdirSync(folder);
  return folder;
}

/** On the real disk; whoever makes it disposes of it. */
export function tempSpool(maxBytes = Number.MAX_SAFE_INTEGER): Spool {
  return new Spool(new SpoolFiles(tempFolder()), maxBytes);
}

/** Until the test is over. */
export function openSpool(maxBytes?: number): Spool {
  const spool = tempSpool(maxBytes);
  onTestFinished(() => {
    spool.dispose();
  });
  return spool;
}

/** For one round of a test that has many. */
export function withSpool(work: (spool: Spool) => void): void {
  const spool = tempSpool();
  try {
    work(spool);
  } finally {
    spool.dispose();
  }
}

export function spoolOf(rows: readonly (SpoolRow | string)[]): Spool {
  const spool = openSpool();
  append(spool, rows);
  return spool;
}

export function append(spool: Spool, rows: readonly (SpoolRow | string)[]): void {
  for (const each of rows) spool.append(typeof each === 'string' ? row(each) : each);
}

/** Puts rows before the first, as one part of history would. */
export function prepend(spool: Spool, rows: readonly (SpoolRow | string)[]): void {
  const older = spool.older();
  for (const each of rows) older.add(typeof each === 'string' ? row(each) : each);
  older.commit();
}

/** The texts of all that is held, events by their kind. */
export function textsOf(spool: Spool): string[] {
  return Array.from({ length: spool.end - spool.firstRow }, (_, at) => {
    const held = spool.row(spool.firstRow + at);
    if (held === undefined) return '<nothing>';
    return held.kind === 'line' ? held.text : `<${held.event.kind}>`;
  });
}

export const unlimited: TimeLimit = (work) => {
  work();
  return true;
};
