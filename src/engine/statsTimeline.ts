import { type StatsMetric, statsMetrics, type StatsSample } from '../model/stats.ts';

/** Moments kept together, and let go together. */
const blockMoments = 60;

/** The values of one metric at the moments of a series; null where nothing was measured. */
export type StatsValues = readonly (number | null)[];

interface Block {
  readonly times: number[];
  /** By container: a metric's values beside each other, a metric after the other. */
  readonly values: Map<string, Float64Array>;
}

/**
 * What containers used at moments that they share, so that their values can be drawn over each other. Bounded: as blocks
 * of moments grow old they go, and with them what is known of containers that are long gone.
 */
export class StatsTimeline {
  private readonly keepMs: number;
  private readonly blocks: Block[] = [];

  constructor(keepMs: number) {
    this.keepMs = keepMs;
  }

  /** Times in milliseconds since the epoch, each later than the one before. */
  push(at: number, samples: ReadonlyMap<string, StatsSample>): void {
    const block = this.openBlock();
    const moment = block.times.push(at) - 1;
    for (const [key, sample] of samples) {
      let values = block.values.get(key);
      if (values === undefined) {
        values = new Float64Array(statsMetrics.length * blockMoments).fill(Number.NaN);
        block.values.set(key, values);
      }
      for (const [index, metric] of statsMetrics.entries())
        values[index * blockMoments + moment] = sample[metric] ?? Number.NaN;
    }
    while ((this.blocks[0]?.times.at(-1) ?? at) < at - this.keepMs) this.blocks.shift();
  }

  /** The moments from one on. */
  times(since: number): readonly number[] {
    return this.blocks.flatMap(({ times }) => times.filter((at) => at >= since));
  }

  /** A value for each of the moments from one on. */
  values(key: string, metric: StatsMetric, since: number): StatsValues {
    const offset = statsMetrics.indexOf(metric) * blockMoments;
    return this.blocks.flatMap(({ times, values }) => {
      const own = values.get(key);
      return times.flatMap((at, moment) => {
        if (at < since) return [];
        const value = own?.[offset + moment] ?? Number.NaN;
        return [Number.isNaN(value) ? null : value];
      });
    });
  }

  private openBlock(): Block {
    const last = this.blocks.at(-1);
    if (last !== undefined && last.times.length < blockMoments) return last;
    const block: Block = { times: [], values: new Map() };
    this.blocks.push(block);
    return block;
  }
}
