/** How many bytes there were at a moment. */
export interface ByteSample {
  /** In milliseconds. */
  readonly at: number;
  readonly bytes: number;
}

/** A rate is over this long: shorter ones jump, longer ones lag. */
const windowMs = 3000;
const shortestMs = 500;

/** Bytes at moments of the last seconds, oldest first; the first sample of the window stays as its edge. */
export function addSample(samples: readonly ByteSample[], latest: ByteSample): readonly ByteSample[] {
  const edge = samples.findLastIndex(({ at }) => at <= latest.at - windowMs);
  return [...samples.slice(Math.max(edge, 0)), latest];
}

/** Bytes a second; undefined when too little was measured. */
export function byteRate(samples: readonly ByteSample[]): number | undefined {
  const [first] = samples;
  const last = samples.at(-1);
  if (first === undefined || last === undefined || last.at - first.at < shortestMs) return undefined;
  return Math.max(0, ((last.bytes - first.bytes) * 1000) / (last.at - first.at));
}
