import fc from 'fast-check';
import { type FakeLog, recordLength } from '../../support/fakeLog.ts';

/** A stretch of a log. */
export interface Stretch {
  readonly kind: 'rising' | 'equal' | 'disordered' | 'long' | 'setBack';
  readonly lines: number;
  /** Tells which lines are on stderr and which come late. */
  readonly seed: number;
}

const stretch = fc.record<Stretch>({
  kind: fc.constantFrom('rising', 'rising', 'equal', 'disordered', 'disordered', 'long'),
  lines: fc.oneof(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 1800 })),
  seed: fc.nat(),
});

export const anyLog = fc.array(stretch, { minLength: 1, maxLength: 5 });

/** … whose clock is set back now and then. */
export const anyLogSetBack = fc.array(
  fc.oneof(
    { weight: 2, arbitrary: stretch },
    { weight: 1, arbitrary: stretch.map((each): Stretch => ({ ...each, kind: 'setBack' })) },
  ),
  { minLength: 1, maxLength: 6 },
);

/** Records that are more than the longest line has. */
export const leastTail = 8;

/** How far a line may come behind those that were stamped after it. */
const longestDelay = 5;

/** Writes the stretches one after the other, each line with a text of its own; returns the last line's nanoseconds. */
export function writeAll(log: FakeLog, parts: readonly Stretch[], name = ''): number {
  let nanos = 0;
  let number = 0;
  for (const { kind, lines, seed } of parts) {
    const random = randomOf(seed);
    if (kind === 'setBack') nanos -= Math.floor(random() * 3e9);
    const count = kind === 'long' ? Math.min(lines, 6) : lines;
    const made = Array.from({ length: count }, () => {
      if (kind !== 'equal') nanos += Math.floor(random() * 3) * 700_000;
      const fill = kind === 'long' ? 'x'.repeat(Math.floor(random() * 5.5 * recordLength)) : '';
      const stream = random() < 0.3 ? ('stderr' as const) : ('stdout' as const);
      return { text: `${name}${String(number++)} ${fill}`, nanos, stream };
    });
    // The reader of one stream stamps a line, and the other writes some before it has its turn.
    if (kind === 'disordered')
      for (let at = 0; at + longestDelay < made.length; at += longestDelay + 1)
        made.splice(at + Math.floor(random() * longestDelay), 0, ...made.splice(at, 1));
    for (const each of made) log.write(each.text, each.nanos, each.stream);
    nanos += 1000;
  }
  return nanos;
}

/** Lehmer's generator: the same numbers for the same seed. */
function randomOf(seed: number): () => number {
  let state = (seed % 2_147_483_646) + 1;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}
