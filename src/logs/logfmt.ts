export interface LogfmtPair {
  readonly name: string;
  readonly value: string;
}

export interface LogfmtLine {
  readonly pairs: readonly LogfmtPair[];
  /** What stands between the pairs, if anything. */
  readonly rest: string;
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
  const pairs: LogfmtPair[] = [];
  const rest: string[] = [];
  let pairLength = 0;
  let at = 0;
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
      rest.push(take(bare));
      continue;
    }
    pairs.push({ name: key.slice(0, -1), value: line.charAt(at) === '"' ? takeQuoted() : takeBare() });
    pairLength += at - start;
  }
  if (pairs.length < 2 || pairLength * 2 <= line.trim().length) return undefined;
  return { pairs, rest: rest.join(' ') };

  function takeQuoted(): string {
    const text = take(quoted);
    if (text !== '') return unescape(text.slice(1, -1));
    const open = line.slice(at + 1);
    at = line.length;
    return unescape(open);
  }

  function takeBare(): string {
    const text = take(bare);
    return text.endsWith(',') && at < line.length ? text.slice(0, -1) : text;
  }
}

/** Go's escapes. A backslash before anything else is a character, as in a Windows path. */
function unescape(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(/\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(["\\nrt]))/g, (_, ...groups: unknown[]) => {
    const [long, short, sign] = groups;
    const code = long ?? short;
    if (typeof code === 'string') return String.fromCharCode(Number.parseInt(code, 16));
    return sign === 'n' ? '\n' : sign === 'r' ? '\r' : sign === 't' ? '\t' : String(sign);
  });
}
