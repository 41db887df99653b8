import type { HistogramStrip } from './histogramStrip.ts';
import type { KeptState } from './kept.ts';
import type { LogList } from './list.ts';
import type { RowLooks } from './rowLooks.ts';
import { nextTimestampMode } from './toolbar.ts';

/** Wrapping, times and the histogram: switched by buttons and keys, and kept. */
export class LookSwitches {
  private readonly kept: KeptState;
  private readonly list: LogList;
  private readonly looks: RowLooks;
  private readonly histogram: HistogramStrip;
  private readonly onChange: () => void;

  constructor(options: {
    readonly kept: KeptState;
    readonly list: LogList;
    readonly looks: RowLooks;
    readonly histogram: HistogramStrip;
    readonly onChange: () => void;
  }) {
    this.kept = options.kept;
    this.list = options.list;
    this.looks = options.looks;
    this.histogram = options.histogram;
    this.onChange = options.onChange;
    const { wrap, histogram } = this.kept.now;
    this.list.setWrapped(wrap);
    this.histogram.setShown(histogram);
    setInterval(() => {
      if (this.kept.now.timestamps === 'relative' && !document.hidden)
        this.list.rows.refreshTimes(Date.now());
    }, 1000);
  }

  wrap(): void {
    const wrap = !this.kept.now.wrap;
    this.kept.keep({ wrap });
    this.onChange();
    this.list.setWrapped(wrap);
  }

  timestamps(): void {
    this.kept.keep({ timestamps: nextTimestampMode(this.kept.now.timestamps) });
    this.onChange();
    this.list.setLook(this.looks.now);
  }

  showHistogram(): void {
    const histogram = !this.kept.now.histogram;
    this.kept.keep({ histogram });
    this.onChange();
    this.histogram.setShown(histogram);
  }
}
