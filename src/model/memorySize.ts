const unitBytes = { b: 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3, t: 1024 ** 4 } as const;

/** Bytes of a size as Docker reads it: `512m`, `1.5g`, `1 GiB`; undefined for what is none. */
export function parseMemorySize(text: string): number | undefined {
  const found = /^(\d+(?:\.\d+)?) ?(?:([bkmgt])(?:i?b)?)?$/i.exec(text.trim());
  if (found === null) return undefined;
  const unit = (found[2] ?? 'b').toLowerCase();
  const bytes = Math.floor(Number(found[1]) * (isUnit(unit) ? unitBytes[unit] : 1));
  return Number.isSafeInteger(bytes) ? bytes : undefined;
}

/** The largest unit that has no rest: `512m`. */
export function printMemorySize(bytes: number): string {
  for (const unit of ['g', 'm', 'k'] as const)
    if (bytes > 0 && bytes % unitBytes[unit] === 0) return `${String(bytes / unitBytes[unit])}${unit}`;
  return `${String(bytes)}b`;
}

function isUnit(text: string): text is keyof typeof unitBytes {
  return text in unitBytes;
}
