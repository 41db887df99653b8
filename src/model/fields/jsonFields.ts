import { linePart, type LinePart, textOf } from './linePart.ts';
import type { LogField } from './logField.ts';

/** What lies deeper stays JSON. */
const maxDepth = 5;

/**
 * The fields of the object that the line is from `start` to its end, undefined when it is none. Numbers and lists keep
 * the text they were written with, as parsing would round 64-bit ids. Objects within come as `outer.inner`; empty ones,
 * and those at the fifth level, stay JSON.
 */
export function jsonFields(line: string, start: number): Iterable<LogField> | undefined {
  const json = line.slice(start).trim();
  if (!json.startsWith('{') || !json.endsWith('}') || !isJson(json)) return undefined;
  return new JsonWalk(line, start).object('', [], 1);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Goes through an object that is known to be right, and so looks at no more than it needs, once. */
class JsonWalk {
  private readonly line: string;
  private at: number;

  constructor(line: string, start: number) {
    this.line = line;
    this.at = start;
  }

  *object(prefix: string, outer: readonly LinePart[], depth: number): Generator<LogField> {
    this.at++;
    for (;;) {
      this.pass(separators);
      if (this.line.charAt(this.at) !== '"') break;
      const key = this.value();
      const name = prefix + textOf(this.line, key);
      const path = [...outer, key];
      this.pass(separators);
      if (depth < maxDepth && this.isFilledObject()) yield* this.object(`${name}.`, path, depth + 1);
      else {
        const kind = kinds[this.line.charAt(this.at)] ?? 'number';
        yield { name, path, value: this.value(), kind };
      }
    }
    this.at++;
  }

  private isFilledObject(): boolean {
    filledObject.lastIndex = this.at;
    return filledObject.test(this.line);
  }

  /** Goes past a value and tells where it is. */
  private value(): LinePart {
    const start = this.at;
    let depth = 0;
    do {
      const found = this.pass(token);
      if (found === '') break;
      if (found === '{' || found === '[') depth++;
      else if (found === '}' || found === ']') depth--;
    } while (depth > 0);
    return this.line.charAt(start) === '"'
      ? linePart(this.line, start + 1, this.at - 1, 'json')
      : linePart(this.line, start, this.at, 'none');
  }

  private pass(expression: RegExp): string {
    expression.lastIndex = this.at;
    const found = expression.exec(this.line)?.[0] ?? '';
    this.at += found.length;
    return found;
  }
}

/** What a value is, by its first character; others are numbers. */
const kinds: Readonly<Record<string, LogField['kind']>> = {
  '"': 'text',
  '{': 'json',
  '[': 'json',
  t: 'literal',
  f: 'literal',
  n: 'literal',
};

const separators = /[,:\s]*/y;
const filledObject = /\{\s*"/y;
/** A bracket, a string, a number or name, or what separates them. */
const token = /[{}[\]]|"(?:[^"\\]|\\.)*"|[^{}[\]",:\s]+|[,:\s]+/y;
