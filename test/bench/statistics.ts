export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.ceil(sorted.length / 2) - 1];
  return upper === undefined || lower === undefined ? Number.NaN : (upper + lower) / 2;
}

export function lowest(values: readonly number[]): number {
  return Math.min(...values);
}

export function highest(values: readonly number[]): number {
  return Math.max(...values);
}
