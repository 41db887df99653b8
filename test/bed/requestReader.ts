/** A request as its first line says it. */
export interface RequestLine {
  readonly method: string;
  readonly path: string;
}

const REQUEST_LINE = /^([A-Z]+) (\S+) HTTP\/1\.[01]$/;
/** The longest beginning of a method after which it is certain that these bytes are no request. */
const METHOD_START = /^[A-Z]{1,10}( |$)/;

/**
 * Finds the requests in what a client sends over one connection: heads are read, bodies (by length or chunked)
 * skipped. When the bytes after a request aren't one, the connection was taken over for a raw stream (attach,
 * exec, session) and nothing more is looked for.
 */
export class RequestReader {
  readonly #found: (request: RequestLine) => void;
  #state: 'head' | 'body' | 'chunk-size' | 'chunk' | 'trailer' | 'raw' = 'head';
  #held: Buffer = Buffer.alloc(0);
  #left = 0;

  constructor(found: (request: RequestLine) => void) {
    this.#found = found;
  }

  /** The engine has switched protocols: from here on the client's bytes are a raw stream. */
  becomeRaw(): void {
    this.#state = 'raw';
    this.#held = Buffer.alloc(0);
  }

  read(bytes: Buffer): void {
    if (this.#state === 'raw') return;
    this.#held = this.#held.length === 0 ? bytes : Buffer.concat([this.#held, bytes]);
    while (this.#step()) {
      // Each step takes something off the held bytes.
    }
  }

  /** Takes one piece off the held bytes; false when it needs more of them. */
  #step(): boolean {
    switch (this.#state) {
      case 'head':
        return this.#head();
      case 'body':
      case 'chunk':
        return this.#skip();
      case 'chunk-size':
        return this.#chunkSize();
      case 'trailer':
        return this.#trailer();
      case 'raw':
        return false;
    }
  }

  #head(): boolean {
    if (this.#held.length === 0) return false;
    if (!METHOD_START.test(this.#held.subarray(0, 11).toString('latin1'))) {
      this.becomeRaw();
      return false;
    }
    const end = this.#held.indexOf('\r\n\r\n');
    if (end < 0) return false;
    const [first = '', ...fields] = this.#held.subarray(0, end).toString('latin1').split('\r\n');
    const match = REQUEST_LINE.exec(first);
    if (match === null) {
      this.becomeRaw();
      return false;
    }
    this.#held = this.#held.subarray(end + 4);
    this.#expectBody(fields);
    this.#found({ method: match[1] ?? '', path: match[2] ?? '' });
    return true;
  }

  #expectBody(fields: readonly string[]): void {
    const headers = new Map(
      fields.map((field): [string, string] => {
        const colon = field.indexOf(':');
        return [field.slice(0, colon).toLowerCase(), field.slice(colon + 1).trim()];
      }),
    );
    if (/chunked/i.test(headers.get('transfer-encoding') ?? '')) {
      this.#state = 'chunk-size';
      return;
    }
    this.#left = Number(headers.get('content-length') ?? 0);
    this.#state = this.#left > 0 ? 'body' : 'head';
  }

  #skip(): boolean {
    const taken = Math.min(this.#left, this.#held.length);
    if (taken === 0) return false;
    this.#held = this.#held.subarray(taken);
    this.#left -= taken;
    if (this.#left === 0) this.#state = this.#state === 'chunk' ? 'chunk-size' : 'head';
    return true;
  }

  #chunkSize(): boolean {
    const end = this.#held.indexOf('\r\n');
    if (end < 0) return false;
    const size = Number.parseInt(this.#held.subarray(0, end).toString('latin1'), 16);
    this.#held = this.#held.subarray(end + 2);
    if (size > 0) {
      // The line end after the chunk is skipped with it.
      this.#left = size + 2;
      this.#state = 'chunk';
    } else {
      this.#state = 'trailer';
    }
    return true;
  }

  #trailer(): boolean {
    const end = this.#held.indexOf('\r\n');
    if (end < 0) return false;
    this.#held = this.#held.subarray(end + 2);
    if (end === 0) this.#state = 'head';
    return true;
  }
}
