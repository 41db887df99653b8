import { linePart, type LinePart } from './linePart.ts';
import type { LogField } from './logField.ts';

export interface LogfmtLine {
  readonly pairs: readonly LogField[];
  /** What stands before, between and behind the pairs, if anything. */
  readonly rest: readonly LinePart[];
}

const separators = /[\s,]*/y;
const keyAndSign = /[A-Za-z_@][\w.\-/@]{0,99}=/y;
const quoted = /"(?:[^"\\]|\\.)*"/y;
const bare = /\S*/y;

/**
 * A line of `key=value` pairs, as logrus, slog, Prometheus and Grafana write them: at least two, and more of the line
 * than anything else. A value with spaces is quoted. A quote that is not closed goes to the end of the line, which may
 * have been cut. Commas between pairs are nobody's.
 */
export function readLogfmt(line: string): LogfmtLine | undefined {
  const equals = line.indexOf('=');
  if (equals < 0 || !line.includes('=', equals + 1)) return undefined;
  const pairs: LogField[] = [];
  const rest: LinePart[] = [];
  let pairLength = 0;
  let at = 0;
  let isInRest = false;
  const take = (expression: RegExp): string => {
    expression.lastIndex = at;
    const found = expression.exec(line)?.[0] ?? '';
    at += found.length;
    return found;
  };
  for (;;) {
    take(separators);
    if (at >= line.length) break;
    const start = at;
    const key = take(keyAndSign);
    if (key === '') {
      take(bare);
      // Words that follow each other stay as they stand.
      const from = (isInRest ? rest.pop()?.start : undefined) ?? start;
      rest.push(linePart(line, from, at, 'none'));
      isInRest = true;
      continue;
    }
    isInRest = false;
    const path = [linePart(line, start, at - 1, 'none')];
    const isQuoted = line.charAt(at) === '"';
    const value = isQuoted ? takeQuoted() : takeBare();
    pairs.push({ name: key.slice(0, -1), path, value, kind: isQuoted ? 'text' : kindOf(line, value) });
    pairLength += at - start;
  }
  if (pairs.length < 2 || pairLength * 2 <= line.trim().length) return undefined;
  return { pairs, rest };

  function takeQuoted(): LinePart {
    const start = at + 1;
    if (take(quoted) !== '') return linePart(line, start, at - 1, 'go');
    at = line.length;
    return linePart(line, start, at, 'go');
  }

  function takeBare(): LinePart {
    const start = at;
    const text = take(bare);
    return linePart(line, start, text.endsWith(',') && at < line.length ? at - 1 : at, 'none');
  }
}

const number = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;
const literal = /^(?:true|false|null|nil|<nil>)$/;
const maxWordLength = 40;

/** What writes logfmt quotes no more than it has to: what is meant can only be told by how it looks. */
function kindOf(line: string, { start, end }: LinePart): LogField['kind'] {
  if (end - start > maxWordLength) return 'text';
  const text = line.slice(start, end);
  if (number.test(text)) return 'number';
  return literal.test(text) ? 'literal' : 'text';
}
