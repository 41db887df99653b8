import type { LogExtent, LogPhase } from '../../model/log.ts';
import type { LogsStrings } from '../../protocol/logs.ts';
import { element, fill } from '../dom.ts';

/** The line below the log: how much there is, what it does, and the way back to its end. */
export class StatusLine {
  readonly element: HTMLElement;
  private readonly strings: LogsStrings;
  private readonly formatCount: (count: number) => string;
  private readonly text = element('span', { class: 'statusText' });
  private readonly jump: HTMLButtonElement;
  /** Lines there were when the reader left the end. */
  private seen: number | undefined;

  constructor(options: {
    readonly strings: LogsStrings;
    readonly formatCount: (count: number) => string;
    readonly onJump: () => void;
  }) {
    this.strings = options.strings;
    this.formatCount = options.formatCount;
    this.jump = element('button', { type: 'button', class: 'jump', title: options.strings.jumpToEnd });
    this.jump.addEventListener('click', options.onJump);
    this.element = element('div', { class: 'status' }, this.text, this.jump);
  }

  show(extent: LogExtent, phase: LogPhase, isFollowing: boolean): void {
    const { strings, formatCount } = this;
    const all = extent.lines + extent.droppedLines;
    if (isFollowing) this.seen = undefined;
    else this.seen ??= all;
    const lines = all === 1 ? strings.oneLine : fill(strings.lines, { count: formatCount(all) });
    const sentences: Readonly<Record<LogPhase, string>> = {
      connecting: strings.connecting,
      following: isFollowing ? strings.following : strings.paused,
      stopped: strings.stopped,
      unreachable: strings.unreachable,
      refused: strings.refused,
      removed: strings.removed,
      broken: strings.broken,
    };
    this.text.textContent = fill(sentences[phase], { lines });
    this.element.dataset['phase'] = isFollowing && phase === 'following' ? 'live' : phase;
    const fresh = this.seen === undefined ? 0 : all - this.seen;
    this.jump.hidden = isFollowing;
    if (fresh <= 0) this.jump.textContent = `↓ ${strings.jumpToEnd}`;
    else if (fresh === 1) this.jump.textContent = `↓ ${strings.oneNewLine}`;
    else this.jump.textContent = `↓ ${fill(strings.newLines, { count: formatCount(fresh) })}`;
  }
}
