import { formatDuration } from '../../base/format.ts';
import { printTime } from '../../model/logTime.ts';
import type { BuildStrings, BuildSummary } from '../../protocol/build.ts';
import { element, rename } from '../dom.ts';
import { stateIcon } from './stateIcon.ts';
import { stateWord } from './words.ts';

/** The builds of the workspace: a list where there is room, a drop-down where there is none. */
export class BuildList {
  readonly element: HTMLElement;
  private readonly rows: HTMLElement;
  private readonly select: HTMLSelectElement;
  private readonly strings: BuildStrings;
  private readonly onSelect: (id: string) => void;
  private drawn = '';

  constructor(strings: BuildStrings, onSelect: (id: string) => void) {
    this.strings = strings;
    this.onSelect = onSelect;
    this.rows = element('div', { class: 'builds', role: 'listbox', 'aria-label': strings.builds });
    this.select = element('select', { class: 'buildSelect', 'aria-label': strings.builds });
    this.select.addEventListener('change', () => {
      onSelect(this.select.value);
    });
    this.rows.addEventListener('keydown', (event) => {
      this.onKey(event);
    });
    this.element = element('nav', { class: 'history' }, this.rows, this.select);
  }

  draw(builds: readonly BuildSummary[], shownId: string | undefined, now: number): void {
    const key = JSON.stringify([shownId, builds.map(({ id, outcome }) => [id, outcome])]);
    if (key !== this.drawn) this.build(builds, shownId);
    this.drawn = key;
    for (const [at, build] of builds.entries()) {
      const text = this.detail(build, now);
      const detail = this.rows.children[at]?.querySelector('.buildDetail');
      if (detail !== null && detail !== undefined && detail.textContent !== text) detail.textContent = text;
    }
  }

  private build(builds: readonly BuildSummary[], shownId: string | undefined): void {
    const hadFocus = this.rows.contains(document.activeElement);
    this.rows.replaceChildren(...builds.map((build) => this.row(build, build.id === shownId)));
    this.select.replaceChildren(...builds.map((build) => this.option(build, build.id === shownId)));
    if (hadFocus) this.rows.querySelector<HTMLElement>('[aria-selected="true"]')?.focus();
  }

  private row(build: BuildSummary, isShown: boolean): HTMLElement {
    const state = build.outcome ?? 'running';
    const row = element(
      'div',
      { class: 'buildRow', role: 'option', 'aria-selected': String(isShown), tabindex: isShown ? '0' : '-1' },
      stateIcon(state),
      element('span', { class: 'buildName' }, build.name),
      element('span', { class: 'buildDetail' }),
    );
    rename(row, `${build.name}, ${stateWord(state, this.strings)}`);
    row.dataset['build'] = build.id;
    row.addEventListener('click', () => {
      this.onSelect(build.id);
    });
    return row;
  }

  private option(build: BuildSummary, isShown: boolean): HTMLOptionElement {
    const word = stateWord(build.outcome ?? 'running', this.strings);
    const text = `${build.name} · ${word} · ${this.detail(build, Date.now())}`;
    const option = element('option', { value: build.id }, text);
    option.selected = isShown;
    return option;
  }

  private detail({ startedAt, endedAt }: BuildSummary, now: number): string {
    const language = this.strings.language;
    const ago = printTime(startedAt, 'relative', { now, offsetMs: () => 0, language });
    return `${formatDuration((endedAt ?? now) - startedAt)} · ${ago}`;
  }

  private onKey(event: KeyboardEvent): void {
    const rows = [...this.rows.children].filter((row) => row instanceof HTMLElement);
    const at = rows.findIndex((row) => row === document.activeElement);
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key];
    const row = next === undefined ? undefined : rows[next];
    const id = row?.dataset['build'];
    if (row === undefined || id === undefined) return;
    event.preventDefault();
    row.focus();
    this.onSelect(id);
  }
}
