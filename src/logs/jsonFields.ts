/** One value of an object: its path, and its text. */
export interface JsonField {
  readonly name: string;
  readonly value: string;
  /** It is a string in the JSON. */
  readonly isText: boolean;
}

/** What lies deeper stays JSON. */
const maxDepth = 5;

/**
 * The fields of the object that the text is from `start` to its end, undefined when it is none. Numbers and lists keep
 * the text they were written with, as parsing would round 64-bit ids. Objects within come as `outer.inner`; empty ones,
 * and those at the fifth level, stay JSON.
 */
export function jsonFields(text: string, start: number): Iterable<JsonField> | undefined {
  const json = text.slice(start).trim();
  if (!json.startsWith('{') || !json.endsWith('}') || !isJson(json)) return undefined;
  return new JsonWalk(json).object('', 1);
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
  private readonly json: string;
  private at = 0;

  constructor(json: string) {
    this.json = json;
  }

  *object(path: string, depth: number): Generator<JsonField> {
    this.at++;
    for (;;) {
      this.pass(separators);
      if (this.json.charAt(this.at) !== '"') break;
      const name = path + unquote(this.value());
      this.pass(separators);
      if (depth < maxDepth && this.isFilledObject()) {
        yield* this.object(`${name}.`, depth + 1);
      } else {
        const value = this.value();
        const isText = value.startsWith('"');
        yield { name, value: isText ? unquote(value) : value, isText };
      }
    }
    this.at++;
  }

  private isFilledObject(): boolean {
    filledObject.lastIndex = this.at;
    return filledObject.test(this.json);
  }

  /** Goes past a value and returns its text. */
  private value(): string {
    const start = this.at;
    let depth = 0;
    do {
      const found = this.pass(token);
      if (found === '') break;
      if (found === '{' || found === '[') depth++;
      else if (found === '}' || found === ']') depth--;
    } while (depth > 0);
    return this.json.slice(start, this.at);
  }

  private pass(expression: RegExp): string {
    expression.lastIndex = this.at;
    const found = expression.exec(this.json)?.[0] ?? '';
    this.at += found.length;
    return found;
  }
}

const separators = /[,:\s]*/y;
const filledObject = /\{\s*"/y;
/** A bracket, a string, a number or name, or what separates them. */
const token = /[{}[\]]|"(?:[^"\\]|\\.)*"|[^{}[\]",:\s]+|[,:\s]+/y;

function unquote(json: string): string {
  const value: unknown = JSON.parse(json);
  return typeof value === 'string' ? value : json;
}
