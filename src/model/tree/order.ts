import type { SortBy } from './viewOptions.ts';

/** What an object can be sorted by; names sort with numbers as numbers: web-2 before web-10. */
export interface SortKeys {
  readonly name: string;
  /** The name as `naturalKey` makes it, where it is known already. */
  readonly sortName?: string;
  readonly createdAt: number;
  readonly state?: string;
  readonly image?: string;
  readonly sizeBytes?: number;
}

/** Sorts without changing the input; newest and biggest first, ties by name. */
export function sortItems<T>(items: readonly T[], by: SortBy, keysOf: (item: T) => SortKeys): readonly T[] {
  const keyed = items.map((item) => ({ item, keys: keysOf(item), name: '' }));
  for (const entry of keyed) entry.name = entry.keys.sortName ?? naturalKey(entry.keys.name);
  const compare = comparisons[by];
  return keyed.sort((a, b) => compare(a.keys, b.keys) || compareText(a.name, b.name)).map(({ item }) => item);
}

const comparisons: Readonly<Record<SortBy, (a: SortKeys, b: SortKeys) => number>> = {
  name: () => 0,
  created: (a, b) => b.createdAt - a.createdAt,
  state: (a, b) => compareText(a.state ?? '', b.state ?? ''),
  image: (a, b) => compareText(a.image ?? '', b.image ?? ''),
  size: (a, b) => (b.sizeBytes ?? 0) - (a.sizeBytes ?? 0),
};

/** The order of headings: that of the rows, so that app-2 stands before app-10 here too. */
export function compareNames(a: string, b: string): number {
  return compareText(naturalKey(a), naturalKey(b)) || compareText(a, b);
}

/** Comparing code units is an order of magnitude quicker than a collator, and engine names are nearly always ASCII. */
function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** A name as it is compared. */
export function naturalKey(name: string): string {
  const lower = name.toLowerCase();
  return /\d/.test(lower) ? lower.replace(/\d+/g, (digits) => digits.padStart(12, '0')) : lower;
}
