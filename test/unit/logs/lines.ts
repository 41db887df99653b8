import type { StampedLine } from '../../../src/logs/lineSplitter.ts';

export interface LineParts {
  readonly stream?: 'stdout' | 'stderr';
  readonly seconds?: number;
  readonly nanos?: number;
}

/** A line as the splitter would make it. */
export function stamped(
  text: string,
  { stream = 'stdout', seconds = 1000, nanos = 0 }: LineParts = {},
): StampedLine {
  return {
    stream,
    stamp: { seconds, nanos },
    text,
    data: Buffer.from(text),
    isContinuation: false,
    records: 1,
  };
}
