import { fill } from '../../base/fill.ts';
import type { PageChannel } from '../../protocol/channel.ts';
import {
  isOverviewProcesses,
  type OverviewContract,
  type OverviewProcess,
  type OverviewStrings,
} from '../../protocol/overview.ts';
import { button, element } from '../dom.ts';
import { icon } from '../icons.ts';
import { keepFocus, named } from './focus.ts';

const restMs = 3000;

/** What runs in the container, asked anew as long as somebody can see it. */
export class ProcessTable {
  readonly element: HTMLDetailsElement;
  private readonly channel: PageChannel<OverviewContract>;
  private readonly strings: OverviewStrings;
  private readonly body = element('div', { class: 'body' });
  private readonly count = element('span', { class: 'count' });
  private shown = '';
  private timer: ReturnType<typeof setTimeout> | undefined;
  private isWanted = false;
  private isAsking = false;

  constructor(channel: PageChannel<OverviewContract>, strings: OverviewStrings) {
    this.channel = channel;
    this.strings = strings;
    const title = element('h2', {}, strings.processes, ' ', this.count);
    this.element = element(
      'details',
      { class: 'section', id: 'section-processes' },
      named(element('summary', {}, title), 'processes#fold'),
      this.body,
    );
    this.body.append(element('p', { class: 'sectionNote' }, strings.reading));
    this.element.addEventListener('toggle', () => {
      this.next(0);
    });
    document.addEventListener('visibilitychange', () => {
      this.next(0);
    });
  }

  /** Whether the container has processes at all. */
  show(isWanted: boolean): void {
    this.element.hidden = !isWanted;
    if (isWanted === this.isWanted) return;
    this.isWanted = isWanted;
    this.next(0);
  }

  private next(ms: number): void {
    clearTimeout(this.timer);
    if (!this.isWanted || !this.element.open || document.hidden) return;
    this.timer = setTimeout(() => void this.ask(), ms);
  }

  private async ask(): Promise<void> {
    if (this.isAsking) return;
    this.isAsking = true;
    const answer: unknown = await this.channel.ask('processes', undefined).catch(() => undefined);
    this.isAsking = false;
    if (isOverviewProcesses(answer) && this.isWanted) {
      const now = JSON.stringify(answer);
      if (now !== this.shown) {
        this.shown = now;
        keepFocus(() => {
          this.draw(answer.processes, answer.problem);
        });
      }
    }
    this.next(restMs);
  }

  private draw(processes: readonly OverviewProcess[], problem: string): void {
    const { strings } = this;
    this.count.textContent = problem === '' ? String(processes.length) : '';
    if (problem !== '') {
      this.body.replaceChildren(
        element('p', { class: 'sectionNote' }, fill(strings.noProcesses, { why: problem })),
      );
      return;
    }
    const head = [strings.pid, strings.user, strings.command].map((text) =>
      element('th', { scope: 'col' }, text),
    );
    this.body.replaceChildren(
      element(
        'table',
        { class: 'processes', 'aria-label': strings.processes },
        element('thead', {}, element('tr', {}, ...head, element('td'))),
        element('tbody', {}, ...processes.map((process) => this.row(process))),
      ),
    );
  }

  private row({ pid, user, command }: OverviewProcess): HTMLElement {
    const send = button(fill(this.strings.sendSignal, { pid }), icon('signal'), () => {
      this.channel.tell('signal', { pid, command });
    });
    return element(
      'tr',
      {},
      element('td', { class: 'number' }, pid),
      element('td', {}, user),
      element('td', { class: 'commandLine' }, command),
      element('td', {}, named(send, `process/${pid}`)),
    );
  }
}
