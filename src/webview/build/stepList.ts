import type { Build } from '../../model/build.ts';
import { orderedSteps, stepsBefore } from '../../model/buildHistory.ts';
import type { BuildBefore, BuildStrings } from '../../protocol/build.ts';
import { element } from '../dom.ts';
import { StepRow } from './stepRow.ts';

/** The steps of a build, each on a line with its place in time; what it wrote below it. */
export class StepList {
  readonly element: HTMLElement;
  private readonly strings: BuildStrings;
  private readonly openLine: (line: number) => void;
  private readonly rows = new Map<string, StepRow>();
  private build: Build | undefined;

  constructor(strings: BuildStrings, openLine: (line: number) => void) {
    this.strings = strings;
    this.openLine = openLine;
    this.element = element('div', { class: 'steps', role: 'list', 'aria-label': strings.steps });
    this.element.addEventListener('keydown', (event) => {
      this.onKey(event);
    });
  }

  set(build: Build, before: BuildBefore | undefined): void {
    if (build.id !== this.build?.id) this.clear();
    this.build = build;
    const then = stepsBefore(build, before);
    const ordered = orderedSteps(build.steps);
    ordered.forEach((step, at) => {
      const row = this.rows.get(step.id) ?? this.add(step.id);
      // In its place first: what it wrote is drawn by the room that there is.
      if (this.element.children[at] !== row.element)
        this.element.insertBefore(row.element, this.element.children[at] ?? null);
      row.set(step, { build, before: then[step.id], hasBefore: before !== undefined });
    });
  }

  tick(now: number): void {
    for (const row of this.rows.values()) row.tick(now);
  }

  private add(id: string): StepRow {
    const row = new StepRow(this.strings, `step${String(this.rows.size)}`, this.openLine);
    this.rows.set(id, row);
    return row;
  }

  private clear(): void {
    this.rows.clear();
    this.element.replaceChildren();
    this.element.scrollTop = 0;
  }

  /** From step to step, as in a tree of the editor. */
  private onKey(event: KeyboardEvent): void {
    const heads = [...this.element.querySelectorAll<HTMLElement>('.stepHead')];
    const at = heads.findIndex((head) => head === document.activeElement);
    if (at < 0) return;
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: heads.length - 1 }[event.key];
    const isOpen = heads[at]?.getAttribute('aria-expanded') === 'true';
    if (next !== undefined) heads[next]?.focus();
    else if ((event.key === 'ArrowRight' && !isOpen) || (event.key === 'ArrowLeft' && isOpen))
      heads[at]?.click();
    else return;
    event.preventDefault();
  }
}
