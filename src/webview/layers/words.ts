import { formatBytes } from '../../base/format.ts';
import type { LayersStrings } from '../../protocol/layers.ts';

/** What the parts of the page say things with. */
export interface Words {
  readonly strings: LayersStrings;
  formatCount(count: number): string;
  formatBytes(bytes: number): string;
  /** `97.1 %`: rounded down, so that only all is 100. */
  formatPercent(ratio: number): string;
  formatTime(at: number): string;
}

export function createWords(strings: LayersStrings): Words {
  const language = document.documentElement.lang || navigator.language;
  const counts = new Intl.NumberFormat(language);
  const percents = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 });
  const times = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });
  return {
    strings,
    formatCount: (count) => counts.format(count),
    formatBytes,
    formatPercent: (ratio) => percents.format(Math.floor(ratio * 1000) / 1000),
    formatTime: (at) => times.format(at),
  };
}
