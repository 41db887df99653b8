import { fill } from '../../base/fill.ts';
import type { FindQuery, FindState, FindStep, FindStepResult } from '../../model/log.ts';
import { noMatches } from '../../model/log.ts';
import type { LogsStrings } from '../../protocol/logs.ts';
import { button, element, setPressed } from '../dom.ts';
import { icon } from '../icons.ts';
import { mindsCase } from './smartCase.ts';

export interface FindSource {
  find(findId: number, query: FindQuery | undefined): Promise<FindState>;
  step(step: FindStep): Promise<FindStepResult>;
  /** Where a row is now. */
  locate(row: number): Promise<number | undefined>;
  /** Number of what is shown: positions of another are no good. */
  readonly showId: () => number;
}

/** The match that find stands on: by its row's number, and where that is. */
export interface CurrentMatch {
  readonly row: number;
  readonly ordinal: number;
  readonly position: number;
}

/** Where the reader is. */
export interface Origin {
  readonly row: number;
  /** The end of the log is on screen. */
  readonly isEnd: boolean;
}

/** Find in place: the box, its toggles, what it found, and where it stands. */
export class FindBox {
  readonly element: HTMLElement;
  private readonly strings: LogsStrings;
  private readonly source: FindSource;
  private readonly origin: () => Origin;
  private readonly onSearch: (findId: number, query: FindQuery) => void;
  private readonly onMatch: (
    match: CurrentMatch | undefined,
    foldedIn: number | undefined,
  ) => Promise<number | undefined>;
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
  private current: (CurrentMatch & { readonly showId: number }) | undefined;
  private number = 0;
  /**
   * Where the reader was when they began to type: each further letter searches from there, and not from where the
   * letters before it led. Until they step, or begin anew.
   */
  private anchor: Origin | undefined;

  constructor(options: {
    readonly strings: LogsStrings;
    readonly source: FindSource;
    readonly query: FindQuery;
    readonly origin: () => Origin;
    readonly onSearch: (findId: number, query: FindQuery) => void;
    /** Brings the match on screen, also out of the trace it is folded away in. Answers where it is then. */
    readonly onMatch: (
      match: CurrentMatch | undefined,
      foldedIn: number | undefined,
    ) => Promise<number | undefined>;
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
    this.anchor = undefined;
    this.input.focus();
    this.input.select();
  }

  /** Searches for nothing any more; the focus goes back to the log. */
  end(): void {
    this.input.value = '';
    this.anchor = undefined;
    this.change({ pattern: '' });
    this.onLeave();
  }

  /** Searches again for what the box holds: the log is another one, or the page is new. */
  restart(): void {
    this.anchor = undefined;
    if (this.query.pattern !== '') void this.search(false);
  }

  /** What was found changes as lines come and go. */
  update(state: FindState): void {
    // Other rows are shown and searched anew: the number on screen waits for the whole.
    const isBehind = this.current !== undefined && !state.isComplete && state.total < this.number;
    if (!isBehind) this.state = state;
    this.show();
  }

  async step(direction: 'next' | 'previous'): Promise<void> {
    if (this.query.pattern === '') {
      this.focus();
      return;
    }
    this.anchor = undefined;
    await this.go(direction);
  }

  private async go(direction: 'next' | 'previous'): Promise<void> {
    const { findId } = this;
    const from = await this.from();
    const result = await this.source.step({ ...from, direction }).catch(() => undefined);
    if (result === undefined || findId !== this.findId) return;
    this.state = result.state;
    this.number = result.number;
    const { position: at, row, foldedIn } = result;
    if (at === undefined || row === undefined) {
      this.current = undefined;
      void this.onMatch(undefined, undefined);
    } else {
      const match = { row, ordinal: at.ordinal, position: at.row };
      this.current = { ...match, showId: this.source.showId() };
      const position = await this.onMatch(match, foldedIn === row ? undefined : foldedIn);
      if (findId !== this.findId) return;
      this.current = { ...match, position: position ?? at.row, showId: this.source.showId() };
    }
    this.show();
  }

  private async from(): Promise<{ readonly row: number; readonly ordinal: number | undefined }> {
    const { current } = this;
    if (current === undefined) return { row: (this.anchor ?? this.origin()).row, ordinal: undefined };
    const { row, ordinal, position, showId } = current;
    if (showId === this.source.showId()) return { row: position, ordinal };
    return { row: (await this.source.locate(row)) ?? position, ordinal };
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
    if (reveals) this.anchor ??= this.origin();
    this.current = undefined;
    void this.onMatch(undefined, undefined);
    this.onSearch(findId, this.query);
    this.state = noMatches;
    const { pattern, isRegex, matchCase } = this.query;
    const isEmpty = pattern === '';
    const query = isEmpty
      ? undefined
      : { pattern, isRegex, matchCase: mindsCase(pattern, isRegex, matchCase) };
    const state = await this.source.find(findId, query).catch(() => undefined);
    if (state === undefined || findId !== this.findId) return;
    this.state = state;
    this.show();
    if (reveals && !isEmpty && state.problem === undefined)
      await this.go(this.anchor?.isEnd === true ? 'previous' : 'next');
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
