import { plainText } from '../model/ansi.ts';
import { textOf } from '../model/fields/linePart.ts';
import { parseFields, wordsLead } from '../model/fields/structuredLine.ts';
import type { LogFieldSample, SampledField } from '../model/log.ts';
import type { BlockReader } from './spool/block.ts';
import type { Block, Spool } from './spool/spool.ts';

/** What a log is writing now is looked at whole; of what it wrote before some rows are, however long it is. */
const newestBlocks = 2;
const spreadBlocks = 6;
const rowsOfSpreadBlock = 128;
/** Characters. */
const lengthOfBlock = 300_000;
/** Rows that a filter leaves may be few, and anywhere. */
const rowsOfFilter = 512;

/** A log may have a name for each of its values; nobody looks through more. */
const maxFields = 500;
const maxNameLength = 200;

/** Of so many values all but the longest have room in a column. */
const roomFor = 0.95;

interface Seen {
  readonly widths: number[];
  isNumeric: boolean;
}

/**
 * The fields of a sample of the log's lines: from its newest blocks, some that are spread over all of it, and the first of
 * the rows that a filter leaves.
 */
export function sampleFields(spool: Spool, filtered: Iterable<number> = []): LogFieldSample {
  const wanted = new Set<number>(rowsOfBlocks(spool.blocks));
  let left = rowsOfFilter;
  for (const row of filtered) {
    if (left-- === 0) break;
    wanted.add(row);
  }
  const seen = new Map<string, Seen>();
  let lines = 0;
  for (const text of linesAt(
    spool,
    [...wanted].sort((a, b) => b - a),
  ))
    if (take(text, seen)) lines++;
  return { lines, fields: fieldsOf(seen) };
}

function* rowsOfBlocks(blocks: readonly Block[]): Generator<number, void> {
  const older = blocks.slice(0, -newestBlocks);
  const apart = Math.max(1, older.length / spreadBlocks);
  for (let at = 0; Math.floor(at) < older.length; at += apart) {
    const block = older[Math.floor(at)];
    if (block !== undefined) yield* rowsOf(block, Math.max(1, Math.floor(block.count / rowsOfSpreadBlock)));
  }
  for (const block of blocks.slice(-newestBlocks)) yield* rowsOf(block, 1);
}

/** Counted from its newest: what is cut off is old. */
function* rowsOf({ firstRow, count }: Block, step: number): Generator<number, void> {
  for (let row = count - 1; row >= 0; row -= step) yield firstRow + row;
}

/** The lines, without what follows on one, at rows in descending order; each block is read once. */
function* linesAt(spool: Spool, rows: readonly number[]): Generator<string, void> {
  let block: Block | undefined;
  let reader: BlockReader | undefined;
  let length = 0;
  for (const row of rows) {
    if (block === undefined || reader === undefined || row < block.firstRow) {
      block = spool.blockOf(row);
      if (block === undefined) return;
      reader = spool.read(block);
      length = 0;
    }
    const at = row - block.firstRow;
    const isPart = !reader.isLine(at) || reader.isContinuation(at) || reader.isTraceLine(at);
    if (isPart || length >= lengthOfBlock) continue;
    const text = plainText(reader.textOf(at));
    length += text.length;
    yield text;
  }
}

function take(text: string, seen: Map<string, Seen>): boolean {
  const parsed = parseFields(text);
  if (parsed === undefined || !wordsLead(parsed)) return false;
  const own = new Set<string>();
  for (const { name, value, kind } of parsed.fields) {
    // Of two with the same name a row shows the first.
    if (own.has(name) || name.length > maxNameLength) continue;
    own.add(name);
    const known = seen.get(name) ?? { widths: [], isNumeric: true };
    seen.set(name, known);
    known.widths.push(widthOf(textOf(text, value)));
    known.isNumeric &&= kind === 'number';
  }
  return true;
}

const maxMeasured = 200;
/** East Asian characters and most pictures are as wide as two others. */
const wide = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/g;

function widthOf(text: string): number {
  const measured = text.slice(0, maxMeasured);
  return measured.length + (measured.match(wide)?.length ?? 0);
}

function fieldsOf(seen: ReadonlyMap<string, Seen>): readonly SampledField[] {
  const fields = [...seen].map(([name, { widths, isNumeric }]) => {
    widths.sort((a, b) => a - b);
    const width = widths[Math.ceil(widths.length * roomFor) - 1] ?? 0;
    return { name, lines: widths.length, width, isNumeric };
  });
  return fields.sort((a, b) => b.lines - a.lines).slice(0, maxFields);
}
