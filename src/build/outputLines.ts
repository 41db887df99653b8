import { type BuildOutput, maxLineCharacters, maxOutputLines } from '../model/build.ts';

/** Makes lines of a step's output, whatever the pieces it comes in. */
export class OutputLines {
  private readonly decoder = new TextDecoder();
  private rest = '';

  /** The lines that this piece has ended. */
  add(piece: string | Uint8Array): readonly string[] {
    const text = typeof piece === 'string' ? piece : this.decoder.decode(piece, { stream: true });
    const lines = (this.rest + text).split('\n');
    this.rest = lines.pop() ?? '';
    // One that never ends is not kept whole either.
    if (this.rest.length > 4 * maxLineCharacters) {
      const at = Math.max(this.rest.lastIndexOf('\r'), 0);
      this.rest = this.rest.slice(at, at + maxLineCharacters);
    }
    return lines.map(shown);
  }

  /** What stands behind the last end of a line. */
  end(): readonly string[] {
    const { rest } = this;
    this.rest = '';
    return rest === '' ? [] : [shown(rest)];
  }
}

/** No more of them than are kept. */
export function boundedOutput(lines: readonly string[]): BuildOutput {
  const droppedLines = Math.max(0, lines.length - maxOutputLines);
  return { lines: droppedLines === 0 ? lines : lines.slice(droppedLines), droppedLines };
}

/** A carriage return begins the line anew, as a terminal would do it: of a bar that grows, its last state. */
function shown(line: string): string {
  const ended = line.endsWith('\r') ? line.slice(0, -1) : line;
  return ended.slice(ended.lastIndexOf('\r') + 1).slice(0, maxLineCharacters);
}
