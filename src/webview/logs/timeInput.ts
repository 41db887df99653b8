const unitsMs: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const dayMs = 86_400_000;

/**
 * The time somebody means by `12:01`, `12:01:02`, `-5m` or an ISO time, in milliseconds since the epoch. A time of day
 * is meant on the day of `near`.
 */
export function timeOf(
  text: string,
  { now, near, isUtc }: { readonly now: number; readonly near: number; readonly isUtc: boolean },
): number | undefined {
  const trimmed = text.trim();
  const back = /^-\s*(\d+(?:\.\d+)?)\s*([smhd])$/.exec(trimmed);
  if (back !== null) return now - Number(back[1]) * (unitsMs[back[2] ?? ''] ?? 0);
  const clock = /^(\d{1,2}):(\d{2})(?::(\d{2}(?:\.\d{1,3})?))?$/.exec(trimmed);
  if (clock !== null) {
    const [hours, minutes, seconds] = [clock[1], clock[2], clock[3] ?? '0'].map(Number);
    if ((hours ?? 24) > 23 || (minutes ?? 60) > 59 || (seconds ?? 60) >= 60) return undefined;
    const ofDay = (hours ?? 0) * 3_600_000 + (minutes ?? 0) * 60_000 + (seconds ?? 0) * 1000;
    if (isUtc) return Math.floor(near / dayMs) * dayMs + ofDay;
    // Not midnight plus so many hours: on two days of the year that is another time.
    const day = new Date(near);
    return day.setHours(hours ?? 0, minutes ?? 0, 0, (seconds ?? 0) * 1000);
  }
  if (!/^\d{4}-\d{2}-\d{2}/.test(trimmed)) return undefined;
  const iso = trimmed.replace(/^(\d{4}-\d{2}-\d{2}) +/, '$1T');
  const hasZone = /(?:Z|[+-]\d{2}:?\d{2})$/i.test(iso.slice(10));
  const whole = iso.length === 10 ? `${iso}T00:00` : iso;
  const at = Date.parse(hasZone || !isUtc ? whole : `${whole}Z`);
  return Number.isNaN(at) ? undefined : at;
}
