import { fill } from '../../base/fill.ts';
import { isFiltering, type LogFilter, type LogState } from '../../model/log.ts';
import type { LogsStrings } from '../../protocol/logs.ts';
import { element } from '../dom.ts';

interface Words {
  readonly text: string;
  readonly action?: { readonly name: string; readonly run: () => void };
}

/** The line above the first row: what there is before it, and what can be done about that. */
export class Notice {
  readonly element = element('div', { class: 'row notice' });
  private readonly text = element('span');
  private readonly link = element('button', { type: 'button', class: 'link' });
  private readonly strings: LogsStrings;
  private readonly formatCount: (count: number) => string;
  private readonly onAll: () => void;
  private readonly onAgain: () => void;
  private readonly onShowCleared: () => void;
  private run: () => void = () => undefined;

  constructor(options: {
    readonly strings: LogsStrings;
    readonly formatCount: (count: number) => string;
    readonly onAll: () => void;
    readonly onAgain: () => void;
    readonly onShowCleared: () => void;
  }) {
    this.strings = options.strings;
    this.formatCount = options.formatCount;
    this.onAll = options.onAll;
    this.onAgain = options.onAgain;
    this.onShowCleared = options.onShowCleared;
    this.link.addEventListener('click', () => {
      this.run();
    });
    this.element.append(this.text, this.link);
    this.element.hidden = true;
  }

  show(state: LogState, filter: LogFilter): void {
    const { text, action } = this.words(state, filter);
    if (this.text.textContent !== text) this.text.textContent = text;
    this.element.hidden = text === '';
    this.link.hidden = action === undefined;
    if (action === undefined) return;
    if (this.link.textContent !== action.name) this.link.textContent = action.name;
    this.run = action.run;
  }

  private words({ extent, cleared, phase, history, isShowComplete }: LogState, filter: LogFilter): Words {
    const { strings } = this;
    if (cleared !== undefined && cleared.lines > 0) return this.clearedWords(cleared.lines);
    if (history.phase === 'reading')
      return { text: fill(strings.historyReading, { count: this.formatCount(history.pendingLines) }) };
    if (history.phase === 'unreachable')
      return { text: strings.historyUnreachable, action: { name: strings.tryAgain, run: this.onAgain } };
    if (history.phase === 'failed') {
      const text = fill(strings.historyFailed, { reason: history.reason ?? '' });
      return { text, action: { name: strings.tryAgain, run: this.onAgain } };
    }
    if (history.phase === 'diskFull')
      return { text: strings.historyDiskFull, action: { name: strings.tryAgain, run: this.onAgain } };
    if (history.phase === 'gone') return { text: strings.historyGone };
    if (extent.droppedLines > 0)
      return { text: fill(strings.linesDropped, { count: this.formatCount(extent.droppedLines) }) };
    if (history.phase === 'full') return { text: strings.historyFull };
    const isEmpty = extent.endRow === extent.firstRow;
    if (history.phase === 'partial' && (!isEmpty || isFiltering(filter)))
      return { text: strings.historyPartial, action: { name: strings.readAll, run: this.onAll } };
    if (!isEmpty || phase === 'connecting') return { text: '' };
    if (!isFiltering(filter)) return { text: strings.noOutput };
    return { text: isShowComplete ? strings.nothingPasses : '' };
  }

  private clearedWords(lines: number): Words {
    const { strings, onShowCleared: run } = this;
    if (lines === 1) return { text: strings.oneLineCleared, action: { name: strings.showClearedLine, run } };
    const text = fill(strings.linesCleared, { count: this.formatCount(lines) });
    return { text, action: { name: strings.showClearedLines, run } };
  }
}
