/** What `docker buildx build --progress=rawjson` prints: JSON values, and text between and behind them. */
export type RawPiece = { readonly value: unknown } | { readonly text: string };

/** Far beyond any status of a build: what is longer is no JSON. */
const maxValueCharacters = 8_000_000;

/**
 * Reads them from pieces of any size. Older versions print a value over many lines, newer ones one on each; in both
 * its first line begins with a brace, and its last one ends with one at the margin.
 */
export class RawJson {
  private readonly decoder = new TextDecoder();
  private rest = '';
  private value = '';

  add(piece: Uint8Array): readonly RawPiece[] {
    const lines = (this.rest + this.decoder.decode(piece, { stream: true })).split('\n');
    this.rest = lines.pop() ?? '';
    return lines.flatMap((line) => this.line(line));
  }

  end(): readonly RawPiece[] {
    const { rest } = this;
    this.rest = '';
    const last = rest === '' ? [] : this.line(rest);
    const open = this.value;
    this.value = '';
    return open === '' ? last : [...last, { text: open }];
  }

  private line(line: string): readonly RawPiece[] {
    if (this.value === '' && !line.startsWith('{')) return [{ text: line }];
    this.value += `${line}\n`;
    const isLast = line === '}' || (line.startsWith('{') && line.endsWith('}'));
    if (!isLast && this.value.length < maxValueCharacters) return [];
    const whole = this.value;
    this.value = '';
    try {
      const value: unknown = JSON.parse(whole);
      return [{ value }];
    } catch {
      return whole
        .trimEnd()
        .split('\n')
        .map((text) => ({ text }));
    }
  }
}
