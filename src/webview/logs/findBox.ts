import type { FindQuery, FindState, FindStep, FindStepResult, MatchPosition } from '../../model/log.ts';
import { noMatches } from '../../model/log.ts';
import type { LogsStrings } from '../../protocol/logs.ts';
import { button, element, fill, setPressed } from '../dom.ts';
import { icon } from '../icons.ts';

export interface FindSource {
  find(findId: number, query: FindQuery | undefined): Promise<FindState>;
  step(step: FindStep): Promise<FindStepResult>;
}

/** Find in place: the box, its toggles, what it found, and where it stands. */
export class FindBox {
  readonly element: HTMLElement;
  private readonly strings: LogsStrings;
  private readonly source: FindSource;
  private readonly origin: () => { readonly row: number; readonly isEnd: boolean };
  private readonly onSearch: (findId: number, query: FindQuery) => void;
  private readonly onMatch: (position: MatchPosition | undefined) => void;
  private readonly onLeave: () => void;
  private readonly formatCount: (count: number) => string;
  private readonly input: HTMLInputElement;
  private readonly caseToggle: HTMLButtonElement;
  private readonly regexToggle: HTMLButtonElement;
  private readonly previousButton: HTMLButtonElement;
  private readonly nextButton: HTMLButtonElement;
  private readonly count = element('span', { class: 'count', role: 'status' });
  private query: FindQuery;
  private findId = 0;
  private state: FindState = noMatches;
  private current: MatchPosition | undefined;
  private number = 0;

  constructor(options: {
    readonly strings: LogsStrings;
    readonly source: FindSource;
    readonly query: FindQuery;
    /** Where the reader is. */
    readonly origin: () => { readonly row: number; readonly isEnd: boolean };
    readonly onSearch: (findId: number, query: FindQuery) => void;
    readonly onMatch: (position: MatchPosition | undefined) => void;
    readonly onLeave: () => void;
    readonly formatCount: (count: number) => string;
  }) {
    const { strings, query } = options;
    this.strings = strings;
    this.source = options.source;
    this.query = query;
    this.origin = options.origin;
    this.onSearch = options.onSearch;
    this.onMatch = options.onMatch;
    this.onLeave = options.onLeave;
    this.formatCount = options.formatCount;
    const field = {
      type: 'text',
      role: 'searchbox',
      class: 'find',
      spellcheck: 'false',
      autocomplete: 'off',
    };
    this.input = element('input', {
      ...field,
      'aria-label': strings.find,
      placeholder: strings.findPlaceholder,
    });
    this.input.value = query.pattern;
    this.caseToggle = button(strings.matchCase, 'Aa', () => {
      this.change({ matchCase: !this.query.matchCase });
    });
    this.regexToggle = button(strings.useRegex, '.*', () => {
      this.change({ isRegex: !this.query.isRegex });
    });
    this.previousButton = button(strings.previousMatch, icon('up'), () => void this.step('previous'));
    this.nextButton = button(strings.nextMatch, icon('down'), () => void this.step('next'));
    const frame = element('div', { class: 'findFrame' }, this.input, this.caseToggle, this.regexToggle);
    this.element = element(
      'div',
      { class: 'findBox' },
      frame,
      this.count,
      this.previousButton,
      this.nextButton,
    );
    this.input.addEventListener('input', () => {
      this.change({ pattern: this.input.value });
    });
    this.input.addEventListener('keydown', (event) => {
      this.onKey(event);
    });
    this.show();
  }

  focus(): void {
    this.input.focus();
    this.input.select();
  }

  /** Searches for nothing any more; the focus goes back to the log. */
  end(): void {
    this.input.value = '';
    this.change({ pattern: '' });
    this.onLeave();
  }

  /** Searches again for what the box holds: the log is another one, or the page is new. */
  restart(): void {
    if (this.query.pattern !== '') void this.search(false);
  }

  /** What was found changes as lines come and go. */
  update(state: FindState): void {
    this.state = state;
    this.show();
  }

  async step(direction: 'next' | 'previous'): Promise<void> {
    if (this.query.pattern === '') {
      this.focus();
      return;
    }
    const { findId } = this;
    const from = this.current ?? { row: this.origin().row, ordinal: undefined };
    const result = await this.source.step({ ...from, direction }).catch(() => undefined);
    if (result === undefined || findId !== this.findId) return;
    this.state = result.state;
    this.current = result.position;
    this.number = result.number;
    this.onMatch(result.position);
    this.show();
  }

  private onKey(event: KeyboardEvent): void {
    if (event.key === 'Enter') void this.step(event.shiftKey ? 'previous' : 'next');
    else if (event.key === 'Escape') this.end();
    else return;
    event.preventDefault();
  }

  private change(part: Partial<FindQuery>): void {
    this.query = { ...this.query, ...part };
    void this.search(true);
  }

  private async search(reveals: boolean): Promise<void> {
    const findId = ++this.findId;
    this.current = undefined;
    this.onMatch(undefined);
    this.onSearch(findId, this.query);
    this.state = noMatches;
    const isEmpty = this.query.pattern === '';
    const state = await this.source.find(findId, isEmpty ? undefined : this.query).catch(() => undefined);
    if (state === undefined || findId !== this.findId) return;
    this.state = state;
    this.show();
    if (reveals && !isEmpty && state.problem === undefined)
      await this.step(this.origin().isEnd ? 'previous' : 'next');
  }

  private show(): void {
    const { query, state } = this;
    setPressed(this.caseToggle, query.matchCase);
    setPressed(this.regexToggle, query.isRegex);
    const hasProblem = state.problem?.kind === 'invalid';
    this.input.setAttribute('aria-invalid', String(hasProblem));
    const text = this.countText();
    if (this.count.textContent !== text) this.count.textContent = text;
    this.count.title = state.problem?.kind === 'invalid' ? state.problem.message : '';
    this.count.classList.toggle(
      'problem',
      state.problem !== undefined || (query.pattern !== '' && state.isComplete && state.total === 0),
    );
    for (const each of [this.previousButton, this.nextButton])
      each.disabled = query.pattern === '' || hasProblem;
  }

  private countText(): string {
    const { strings, state, formatCount } = this;
    if (this.query.pattern === '') return '';
    if (state.problem?.kind === 'invalid') return strings.invalidExpression;
    if (state.problem?.kind === 'tooSlow') return strings.expressionTooSlow;
    if (!state.isComplete && state.total === 0) return strings.searching;
    if (state.total === 0) return strings.noMatches;
    const total = formatCount(state.total);
    if (this.current !== undefined) return fill(strings.matchOf, { number: formatCount(this.number), total });
    return state.total === 1 ? strings.oneMatch : fill(strings.matches, { total });
  }
}
