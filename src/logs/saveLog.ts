import { open } from 'node:fs/promises';
import { plainText } from '../model/ansi.ts';
import { type LogLine, logLevels, type LogSourceInfo } from '../model/log.ts';
import type { SaveRequest } from '../model/logQuestions.ts';
import type { Spool } from './spool/spool.ts';

/** Written in pieces of about this many characters. */
const pieceLength = 1_000_000;

/** Writes lines of a log to a file; events are none. Resolves with their number; rejects when the file can't be written. */
export async function saveLog(
  spool: Spool,
  sources: readonly LogSourceInfo[],
  isShown: ((row: number) => boolean) | undefined,
  request: SaveRequest,
): Promise<number> {
  const file = await open(request.path, 'w');
  let lines = 0;
  try {
    let piece = '';
    // What comes while this writes is not waited for. Meanwhile the last block grows, and the first ones may have to go.
    const { end } = spool;
    for (let next = spool.firstRow; next < end; ) {
      const block = spool.blockOf(Math.max(next, spool.firstRow));
      if (block === undefined) break;
      next = block.firstRow + block.count;
      const reader = spool.read(block);
      for (let at = 0; at < Math.min(reader.count, end - block.firstRow); at++) {
        const row = reader.row(at);
        if (row.kind !== 'line' || (isShown !== undefined && !isShown(block.firstRow + at))) continue;
        if (request.source !== undefined && row.source !== request.source) continue;
        piece += print(row, sources, request);
        lines++;
      }
      if (piece.length < pieceLength) continue;
      await file.write(piece);
      piece = '';
    }
    await file.write(piece);
  } finally {
    await file.close();
  }
  return lines;
}

function print(
  row: LogLine,
  sources: readonly LogSourceInfo[],
  { format, hasPrefix, source }: SaveRequest,
): string {
  const name = sources[row.source]?.name ?? '';
  const time = row.at === undefined ? '' : new Date(row.at).toISOString();
  if (format === 'json') {
    const level = logLevels[row.level];
    const known = level === 'unknown' ? {} : { level };
    return `${JSON.stringify({ time, container: name, stream: row.stream, ...known, message: plainText(row.text) })}\n`;
  }
  // A file of one container needs its name in no line.
  const isShared = sources.length > 1 && source === undefined;
  const prefix = hasPrefix ? [time, ...(isShared ? [name] : [])].join(' ') + ' ' : '';
  return `${prefix}${format === 'ansi' ? row.text : plainText(row.text)}\n`;
}
