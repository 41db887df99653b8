import { fill } from '../../base/fill.ts';
import type { LogPhase, LogState } from '../../model/log.ts';
import type { LogsStrings } from '../../protocol/logs.ts';
import { element } from '../dom.ts';

/** The line below the log: how much there is, what it does, and the way back to its end. */
export class StatusLine {
  readonly element: HTMLElement;
  private readonly strings: LogsStrings;
  private readonly formatCount: (count: number) => string;
  private readonly text = element('span', { class: 'statusText' });
  private readonly again: HTMLButtonElement;
  private readonly said = element('span', { class: 'said', role: 'status' });
  private readonly resume: HTMLButtonElement;
  private readonly jump: HTMLButtonElement;
  /** What there was when the reader left the end: lines, or rows of one filter. */
  private seen: { readonly of: number | 'lines'; readonly count: number } | undefined;

  constructor(options: {
    readonly strings: LogsStrings;
    readonly formatCount: (count: number) => string;
    /** The filter was taken off for a while. */
    readonly onFilterAgain: () => void;
    readonly onJump: () => void;
    readonly onResume: () => void;
  }) {
    this.strings = options.strings;
    this.formatCount = options.formatCount;
    this.resume = element('button', { type: 'button', class: 'link' }, options.strings.tryAgain);
    this.resume.addEventListener('click', options.onResume);
    this.resume.hidden = true;
    this.jump = element('button', { type: 'button', class: 'jump', title: options.strings.jumpToEnd });
    this.jump.addEventListener('click', options.onJump);
    this.again = element('button', { type: 'button', class: 'link' }, options.strings.filterAgain);
    this.again.addEventListener('click', options.onFilterAgain);
    this.element = element(
      'div',
      { class: 'status' },
      this.text,
      this.again,
      this.resume,
      this.said,
      this.jump,
    );
  }

  /** What came of what the reader did, until the reader does something else. */
  say(sentence: string): void {
    if (this.said.textContent !== sentence) this.said.textContent = sentence;
  }

  show(
    state: LogState,
    {
      isFollowing,
      isFiltered,
      isFilterOff,
    }: { readonly isFollowing: boolean; readonly isFiltered: boolean; readonly isFilterOff: boolean },
  ): void {
    const { strings } = this;
    const { extent, phase, isShowComplete, halt } = state;
    const lines = isFiltered ? this.shownLines(state) : this.allLines(state);
    const sentences: Readonly<Record<LogPhase, string>> = {
      connecting: strings.connecting,
      following: isFollowing ? strings.following : strings.paused,
      stopped: strings.stopped,
      unreachable: strings.unreachable,
      refused: strings.refused,
      removed: strings.removed,
      broken: strings.broken,
    };
    const sentence = fill(halt === undefined ? sentences[phase] : strings[halt], { lines });
    this.text.textContent = isFiltered && !isShowComplete ? `${sentence} · ${strings.filtering}` : sentence;
    this.again.hidden = !isFilterOff;
    this.resume.hidden = halt === undefined;
    if (halt !== undefined) this.element.dataset['phase'] = 'halted';
    else this.element.dataset['phase'] = isFollowing && phase === 'following' ? 'live' : phase;
    this.showJump(
      isFollowing,
      isFiltered ? state.showId : 'lines',
      isFiltered ? extent.endRow : linesEver(state),
    );
  }

  private showJump(isFollowing: boolean, of: number | 'lines', count: number): void {
    const { strings, formatCount } = this;
    if (isFollowing) this.seen = undefined;
    else if (this.seen?.of !== of) this.seen = { of, count };
    const fresh = this.seen === undefined ? 0 : count - this.seen.count;
    this.jump.hidden = isFollowing;
    if (fresh <= 0) this.jump.textContent = `↓ ${strings.jumpToEnd}`;
    else if (fresh === 1) this.jump.textContent = `↓ ${strings.oneNewLine}`;
    else this.jump.textContent = `↓ ${fill(strings.newLines, { count: formatCount(fresh) })}`;
  }

  private allLines(state: LogState): string {
    const all = state.cleared === undefined ? linesEver(state) : linesHeld(state);
    return all === 1 ? this.strings.oneLine : fill(this.strings.lines, { count: this.formatCount(all) });
  }

  private shownLines(state: LogState): string {
    return fill(this.strings.shownLines, {
      shown: this.formatCount(state.shownLines),
      all: this.formatCount(linesHeld(state)),
    });
  }
}

/** With those that had to go: what is new counts on from them. */
function linesEver({ extent: { lines, droppedLines } }: LogState): number {
  return lines + droppedLines;
}

/** Without those that were cleared from the view. */
function linesHeld({ extent, cleared }: LogState): number {
  return extent.lines - (cleared?.lines ?? 0);
}
