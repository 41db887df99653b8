import { plainText } from '../model/ansi.ts';
import type { FindQuery, LogRow, Marks } from '../model/log.ts';
import type { BlockReader } from './spool/block.ts';

/** The query as what finds it, or what is wrong with it. */
export function compileQuery(query: FindQuery): LineMatcher | { readonly message: string } {
  const { pattern, isRegex, matchCase } = query;
  const source = isRegex ? pattern : pattern.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  const flags = matchCase ? 'g' : 'gi';
  // Without Unicode mode plain ASCII is found a good deal quicker, and nothing else differs.
  const modes = !isRegex && /^[\u0020-\u007e]*$/.test(pattern) ? [flags] : [`${flags}u`, flags];
  let message = '';
  // Unicode mode is stricter; what only it refuses is still an expression to most people.
  for (const mode of modes) {
    try {
      return new LineMatcher(new RegExp(source, mode), !isRegex);
    } catch (error) {
      message = error instanceof Error ? error.message : String(error);
    }
  }
  return { message };
}

/** Start and end offsets of every match that is not empty. */
export function findMarks(text: string, expression: RegExp): Marks {
  const marks: number[] = [];
  for (const match of text.matchAll(expression)) {
    if (match[0] !== '') marks.push(match.index, match.index + match[0].length);
  }
  return marks;
}

/** What is seen of a row; events are told in the reader's language, which is not known here. */
export function searchable(row: LogRow | undefined): string {
  return row?.kind === 'line' ? plainText(row.text) : '';
}

/** Line ends to `^` and `$` in a text of many lines, but characters of a line here. */
const separators = /[\u2028\u2029]/;

/** Finds an expression line by line, a whole block of lines at a time where that gives the same. */
export class LineMatcher {
  /** Global. */
  readonly expression: RegExp;
  /** The same for a text of many lines; undefined when such a text could hide a match that its line has. */
  private readonly forBlock: RegExp | undefined;

  constructor(expression: RegExp, isLiteral: boolean) {
    this.expression = expression;
    // Looking ahead or back sees the neighbouring lines, and `(?-m:` takes the ends of the block for those of a line.
    // All else that matches in a line matches in the block as well.
    const looksAround = !isLiteral && /\(\?(?:[=!]|<[=!]|[a-z]*-[a-z]*m)/.test(expression.source);
    if (!looksAround) this.forBlock = new RegExp(expression.source, `${expression.flags}m`);
  }

  /** Tells each row from `from` on that has matches, and how many. `isPlain`: no text has control characters. */
  eachMatchingRow(
    block: BlockReader,
    from: number,
    isPlain: boolean,
    tell: (row: number, count: number) => void,
  ): void {
    if (isPlain && this.forBlock !== undefined) this.inWholeBlock(block, from, this.forBlock, tell);
    else this.inEachLine(block, from, tell);
  }

  private inEachLine(block: BlockReader, from: number, tell: (row: number, count: number) => void): void {
    for (let row = from; row < block.count; row++) {
      if (block.isLine(row)) this.inLine(plainText(block.textOf(row)), row, tell);
    }
  }

  private inLine(text: string, row: number, tell: (row: number, count: number) => void): void {
    const count = findMarks(text, this.expression).length / 2;
    if (count > 0) tell(row, count);
  }

  /**
   * A match that ends in the line in which it begins is the one that the line alone would give: every way of matching
   * that the expression prefers failed in the block, and so fails in the line. One that does not is looked at closer.
   */
  private inWholeBlock(
    block: BlockReader,
    from: number,
    expression: RegExp,
    tell: (row: number, count: number) => void,
  ): void {
    const { texts, textStarts } = block;
    const skipped = textStarts[from] ?? 0;
    const text = texts.toString('utf8', skipped);
    // Characters are as many as bytes in ASCII alone; else the lines are found by their line feeds.
    const isAscii = text.length === texts.length - skipped;
    if (!isAscii && separators.test(text)) {
      this.inEachLine(block, from, tell);
      return;
    }
    let row = from;
    let lineStart = 0;
    let lineEnd = text.indexOf('\n');
    let count = 0;
    const flush = (): void => {
      if (count > 0 && block.isLine(row)) tell(row, count);
      count = 0;
    };
    expression.lastIndex = 0;
    for (let match = expression.exec(text); match !== null; match = expression.exec(text)) {
      if (match.index > lineEnd) {
        flush();
        if (isAscii) {
          row = rowAt(textStarts, match.index + skipped, row);
          lineStart = (textStarts[row] ?? 0) - skipped;
          lineEnd = (textStarts[row + 1] ?? 0) - skipped - 1;
        } else {
          while (lineEnd >= 0 && lineEnd < match.index) {
            row++;
            lineStart = lineEnd + 1;
            lineEnd = text.indexOf('\n', lineStart);
          }
        }
      }
      if (row >= block.count || lineEnd < 0) return;
      if (match[0] !== '' && match.index + match[0].length <= lineEnd) {
        count++;
        continue;
      }
      count = 0;
      if (block.isLine(row)) this.inLine(text.slice(lineStart, lineEnd), row, tell);
      expression.lastIndex = lineEnd + 1;
    }
    flush();
  }
}

/** The last row that begins at or before the offset. */
function rowAt(starts: Uint32Array, offset: number, from: number): number {
  let low = from;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
