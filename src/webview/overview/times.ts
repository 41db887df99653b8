import { largestUnit } from '../../base/format.ts';
import type { OverviewTime } from '../../protocol/overview.ts';
import { element } from '../dom.ts';

const tickMs = 1000;

/** Times in the reader's language; what says how long something lasts goes on while one looks. */
export class Times {
  private readonly moment: Intl.DateTimeFormat;
  private readonly ago: Intl.RelativeTimeFormat;
  private readonly language: string;

  constructor(language: string) {
    this.language = language;
    this.moment = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'medium' });
    this.ago = new Intl.RelativeTimeFormat(language, { numeric: 'always' });
    setInterval(() => {
      this.tick();
    }, tickMs);
  }

  element({ at, as }: OverviewTime): HTMLElement {
    const date = new Date(at);
    const made = element('time', { datetime: date.toISOString(), title: this.moment.format(date) });
    made.dataset['at'] = String(at);
    made.dataset['as'] = as;
    this.write(made);
    return made;
  }

  private tick(): void {
    if (document.hidden) return;
    for (const each of document.querySelectorAll<HTMLElement>('time[data-at]')) this.write(each);
  }

  private write(target: HTMLElement): void {
    const at = Number(target.dataset['at']);
    const { count, unit } = largestUnit(Date.now() - at);
    const text =
      target.dataset['as'] === 'since'
        ? this.span(Date.now() - at)
        : `${this.moment.format(at)} (${this.ago.format(-count, unit)})`;
    if (target.textContent !== text) target.textContent = text;
  }

  /** Two units, as far as there are two: `3 hours 12 minutes`. */
  private span(ms: number): string {
    const { count, unit } = largestUnit(ms);
    const unitMs = { second: 1000, minute: 60_000, hour: 3_600_000, day: 86_400_000 };
    const first = this.amount(count, unit);
    if (unit === 'second' || unit === 'month' || unit === 'year') return first;
    const rest = largestUnit(ms - count * unitMs[unit]);
    return rest.count === 0 ? first : `${first} ${this.amount(rest.count, rest.unit)}`;
  }

  private amount(count: number, unit: string): string {
    return new Intl.NumberFormat(this.language, { style: 'unit', unit, unitDisplay: 'long' }).format(count);
  }
}
