import { fill } from '../../base/fill.ts';
import { formatDuration } from '../../base/format.ts';
import type { Build } from '../../model/build.ts';
import type { BuildBefore, BuildStrings, BuildSummary } from '../../protocol/build.ts';
import { element } from '../dom.ts';
import type { ScreenActions } from './screenActions.ts';
import { stateIcon } from './stateIcon.ts';
import { differenceOf, stateWord } from './words.ts';

/** What is built, how far it is, what to do with it, and why it has failed. */
export class BuildHead {
  readonly element: HTMLElement;
  private readonly strings: BuildStrings;
  private readonly actions: ScreenActions;
  private readonly title = element('h1', { class: 'title' });
  private readonly status = element('span', { class: 'status', role: 'status' });
  private readonly time = element('span', { class: 'time' });
  private readonly change = element('span', { class: 'change' });
  private readonly facts = element('div', { class: 'facts' });
  private readonly problem = element('div', { class: 'problem', role: 'alert' });
  private readonly warnings = element('ul', { class: 'warnings' });
  private readonly cancel: HTMLButtonElement;
  private readonly rebuild: HTMLButtonElement;
  private before: BuildBefore | undefined;
  private shownId = '';
  private drawn = '';

  constructor(strings: BuildStrings, actions: ScreenActions) {
    this.strings = strings;
    this.actions = actions;
    this.cancel = textButton(strings.cancel, 'secondary', () => {
      actions.cancel(this.shownId);
    });
    this.rebuild = textButton(strings.rebuild, 'primary', () => {
      actions.rebuild(this.shownId);
    });
    this.warnings.setAttribute('aria-label', strings.warnings);
    this.element = element(
      'header',
      { class: 'head' },
      element(
        'div',
        { class: 'headLine' },
        this.title,
        element('span', { class: 'headState' }, this.status, this.time, this.change),
        element('span', { class: 'actions' }, this.cancel, this.rebuild),
      ),
      this.facts,
      this.problem,
      this.warnings,
    );
  }

  setBefore(before: BuildBefore | undefined): void {
    this.before = before;
  }

  draw(summary: BuildSummary, build: Build, now: number): void {
    this.shownId = build.id;
    this.tick(build, now);
    const key = JSON.stringify([summary, build.outcome, build.imageId, build.warnings]);
    if (key === this.drawn) return;
    this.drawn = key;
    const { strings } = this;
    const state = build.outcome ?? 'running';
    this.title.replaceChildren(stateIcon(state), summary.name);
    this.status.textContent = stateWord(state, strings);
    this.cancel.hidden = build.outcome !== undefined;
    this.rebuild.hidden = build.outcome === undefined;
    this.drawFacts(summary, build);
    this.drawProblem(summary, build);
    this.warnings.hidden = build.warnings.length === 0;
    this.warnings.replaceChildren(...build.warnings.map(({ text, line }) => this.warning(text, line)));
  }

  private tick({ startedAt, endedAt, outcome }: Build, now: number): void {
    const ms = (endedAt ?? now) - startedAt;
    this.time.textContent = formatDuration(ms);
    const before = outcome === 'succeeded' ? this.before : undefined;
    const difference = before === undefined ? undefined : differenceOf(ms, before.durationMs, this.strings);
    this.change.textContent = difference?.text ?? '';
    this.change.title = difference?.sentence ?? '';
    this.change.classList.toggle('slower', difference?.isSlower === true);
  }

  private drawFacts(summary: BuildSummary, { id, imageId }: Build): void {
    const { strings, actions } = this;
    const { dockerfile, context, builder, engineName } = summary;
    const link = linkButton(dockerfile, () => {
      actions.openLine(id, undefined);
    });
    link.title = strings.openDockerfile;
    this.facts.replaceChildren(
      link,
      element('span', {}, fill(strings.context, { folder: context })),
      element('span', {}, fill(strings.on, { builder, engine: engineName })),
      ...(imageId === ''
        ? []
        : [element('span', {}, fill(strings.image, { id: imageId.replace('sha256:', '').slice(0, 12) }))]),
    );
  }

  private drawProblem({ explanation, problemLine }: BuildSummary, { id }: Build): void {
    this.problem.hidden = explanation === '';
    const line = problemLine === undefined ? [] : [this.lineLink(id, problemLine)];
    this.problem.replaceChildren(element('span', {}, explanation), ...line);
  }

  private warning(text: string, line: number | undefined): HTMLElement {
    const link = line === undefined ? [] : [this.lineLink(this.shownId, line)];
    return element('li', {}, element('span', {}, text), ...link);
  }

  private lineLink(id: string, line: number): HTMLElement {
    return linkButton(fill(this.strings.goToLine, { line: line + 1 }), () => {
      this.actions.openLine(id, line);
    });
  }
}

function textButton(text: string, kind: 'primary' | 'secondary', onPress: () => void): HTMLButtonElement {
  const made = element('button', { type: 'button', class: `textButton ${kind}` }, text);
  made.addEventListener('click', onPress);
  return made;
}

function linkButton(text: string, onPress: () => void): HTMLButtonElement {
  const made = element('button', { type: 'button', class: 'link' }, text);
  made.addEventListener('click', onPress);
  return made;
}
