import { plainText } from '../model/ansi.ts';
import { textOf } from '../model/fields/linePart.ts';
import { parseFields, wordsLead } from '../model/fields/structuredLine.ts';
import type { LogFieldSample, SampledField } from '../model/log.ts';
import type { Block, Spool } from './spool/spool.ts';

/** What a log is writing now, and what it wrote before: so much is looked at, however long it is. */
const newestBlocks = 2;
const spreadBlocks = 6;
const rowsOfBlock = 128;
const lengthOfBlock = 100_000;

/** A log may have a name for each of its values; nobody looks through more. */
const maxFields = 500;
const maxNameLength = 200;

/** Of so many values all but the longest have room in a column. */
const roomFor = 0.95;

interface Seen {
  readonly widths: number[];
  isNumeric: boolean;
}

/** The fields of a sample of the log's lines: from its newest blocks, and some that are spread over all of it. */
export function sampleFields(spool: Spool): LogFieldSample {
  const seen = new Map<string, Seen>();
  let lines = 0;
  for (const block of sampled(spool.blocks)) {
    const reader = spool.read(block);
    const step = Math.max(1, Math.floor(reader.count / rowsOfBlock));
    let length = 0;
    for (let row = reader.count - 1; row >= 0 && length < lengthOfBlock; row -= step) {
      if (!reader.isLine(row) || reader.isContinuation(row) || reader.isTraceLine(row)) continue;
      const text = plainText(reader.textOf(row));
      length += text.length;
      if (take(text, seen)) lines++;
    }
  }
  return { lines, fields: fieldsOf(seen) };
}

function sampled(blocks: readonly Block[]): readonly Block[] {
  const older = blocks.slice(0, -newestBlocks);
  const step = Math.max(1, older.length / spreadBlocks);
  const spread = Array.from({ length: Math.min(spreadBlocks, older.length) }, (_, at) =>
    Math.floor(at * step),
  );
  return [...older.filter((_, at) => spread.includes(at)), ...blocks.slice(-newestBlocks)];
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
