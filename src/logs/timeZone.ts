/** No zone changes its offset more often. */
const sameMs = 15 * 60_000;

/** What a zone is ahead of UTC, in milliseconds, at a time. An unknown zone is taken for UTC. */
export function offsetsOf(timeZone: string): (at: number) => number {
  const format = formatOf(timeZone);
  const known = new Map<number, number>();
  return (at) => {
    const start = Math.floor(at / sameMs) * sameMs;
    let offset = known.get(start);
    if (offset === undefined) {
      offset = format === undefined ? 0 : offsetAt(format, start);
      known.set(start, offset);
    }
    return offset;
  };
}

function formatOf(timeZone: string): Intl.DateTimeFormat | undefined {
  const two = '2-digit';
  const fields = { year: 'numeric', month: two, day: two, hour: two, minute: two, second: two } as const;
  try {
    return new Intl.DateTimeFormat('en-US', { ...fields, timeZone, hourCycle: 'h23' });
  } catch {
    return undefined;
  }
}

function offsetAt(format: Intl.DateTimeFormat, at: number): number {
  const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
  const local = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  );
  return local - at;
}
