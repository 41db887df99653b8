import { fill } from '../../base/fill.ts';
import { formatBytes, formatDuration } from '../../base/format.ts';
import type { Build, BuildItem, BuildStep } from '../../model/build.ts';
import { durationOf, type StepBefore } from '../../model/buildHistory.ts';
import type { BuildStrings } from '../../protocol/build.ts';
import { element } from '../dom.ts';
import { OutputView } from './outputView.ts';
import { stateIcon } from './stateIcon.ts';
import { differenceOf, type StateName, stateWord } from './words.ts';

export interface StepPlace {
  readonly build: Build;
  /** How it went the time before; undefined when it is new, or there was no time before. */
  readonly before: StepBefore | undefined;
  readonly hasBefore: boolean;
}

/** One step: its state, its instruction, where in the build's time it stands, how long it took, and its output. */
export class StepRow {
  readonly element: HTMLElement;
  private readonly strings: BuildStrings;
  private readonly openLine: (line: number) => void;
  private readonly head: HTMLButtonElement;
  private readonly icon = element('span', { class: 'stepIcon' });
  private readonly label = element('span', { class: 'stepLabel' });
  private readonly name = element('span', { class: 'stepName' });
  private readonly bar = element('span', { class: 'bar' });
  private readonly change = element('span', { class: 'change' });
  private readonly time = element('span', { class: 'stepTime' });
  private readonly body: HTMLElement;
  private readonly detail = element('div', { class: 'stepDetail' });
  private readonly output: OutputView;
  private step: BuildStep | undefined;
  private place: StepPlace | undefined;
  /** What the user said; undefined leaves it to how the step goes. */
  private isOpenByHand: boolean | undefined;
  private drawnState: StateName | undefined;

  /** `id`: of its element, of which there is no other on the page. */
  constructor(strings: BuildStrings, id: string, openLine: (line: number) => void) {
    this.strings = strings;
    this.openLine = openLine;
    this.output = new OutputView(strings);
    this.body = element('div', { class: 'stepBody', id }, this.detail, this.output.element);
    this.head = element(
      'button',
      { type: 'button', class: 'stepHead', 'aria-controls': id },
      element('span', { class: 'twistie', 'aria-hidden': 'true' }),
      this.icon,
      element('span', { class: 'stepText' }, this.label, this.name),
      element('span', { class: 'track', 'aria-hidden': 'true' }, this.bar),
      this.change,
      this.time,
    );
    this.head.addEventListener('click', () => {
      this.isOpenByHand = !this.isOpen;
      this.drawBody();
    });
    this.element = element('div', { class: 'step', role: 'listitem' }, this.head, this.body);
  }

  set(step: BuildStep, place: StepPlace): void {
    if (step === this.step && place.build.outcome === this.place?.build.outcome) {
      this.place = place;
      return;
    }
    this.step = step;
    this.place = place;
    const state = stateOf(step, place.build);
    if (state !== this.drawnState) this.icon.replaceChildren(stateIcon(state));
    this.drawnState = state;
    this.element.className = `step is-${state}${step.label === '' ? ' is-internal' : ''}`;
    this.label.textContent = step.label;
    this.name.textContent = step.name;
    this.name.title = step.name;
    this.drawBody();
    this.tick(Date.now());
  }

  /** What gets older by itself. */
  tick(now: number): void {
    const { step, place } = this;
    if (step === undefined || place === undefined) return;
    const { build } = place;
    const ms = durationOf(step, build.endedAt ?? now);
    const state = stateOf(step, build);
    this.time.textContent =
      step.startedAt === undefined ? '' : state === 'cached' ? this.strings.cached : formatDuration(ms);
    this.drawBar(step, build, ms, now);
    const change = step.endedAt === undefined ? undefined : this.changeOf(step, ms, place);
    this.change.textContent = change?.text ?? '';
    this.change.title = change?.sentence ?? '';
    this.change.classList.toggle('slower', change?.isSlower === true);
    const words = [
      step.label,
      step.name,
      stateWord(state, this.strings),
      formatDuration(ms),
      change?.sentence ?? '',
    ];
    const label = words.filter((word) => word !== '').join(', ');
    if (this.head.getAttribute('aria-label') !== label) this.head.setAttribute('aria-label', label);
  }

  private get isOpen(): boolean {
    const { step, place } = this;
    if (this.isOpenByHand !== undefined || step === undefined || place === undefined)
      return this.isOpenByHand === true;
    const state = stateOf(step, place.build);
    return (
      state === 'failed' || (state === 'running' && (step.output.lines.length > 0 || step.items.length > 0))
    );
  }

  private changeOf(
    step: BuildStep,
    ms: number,
    { before, hasBefore }: StepPlace,
  ): { readonly text: string; readonly sentence: string; readonly isSlower: boolean } | undefined {
    const { strings } = this;
    if (step.label === '' || !hasBefore) return undefined;
    if (before === undefined) return { text: strings.newStep, sentence: strings.newStep, isSlower: false };
    if (before.isCached !== step.isCached)
      return step.isCached
        ? differenceOf(ms, before.durationMs, strings)
        : { text: `+${formatDuration(ms)}`, sentence: strings.cachedBefore, isSlower: true };
    return step.isCached ? undefined : differenceOf(ms, before.durationMs, strings);
  }

  private drawBar({ startedAt }: BuildStep, build: Build, ms: number, now: number): void {
    const whole = Math.max(1, (build.endedAt ?? now) - build.startedAt);
    const from =
      startedAt === undefined ? 0 : Math.min(1, Math.max(0, (startedAt - build.startedAt) / whole));
    const share = Math.min(1 - from, ms / whole);
    this.bar.hidden = startedAt === undefined;
    this.bar.style.left = `${String(from * 100)}%`;
    this.bar.style.width = `${String(share * 100)}%`;
  }

  private drawBody(): void {
    const { step, isOpen } = this;
    this.head.setAttribute('aria-expanded', String(isOpen));
    this.body.hidden = !isOpen;
    if (step === undefined || !isOpen) return;
    const place = step.line === undefined ? [] : [this.lineLink(step.line)];
    const error = step.error === '' ? [] : [element('div', { class: 'stepError' }, step.error)];
    const items = step.items.filter(({ isDone }) => !isDone).map(itemLine);
    const isQuiet =
      step.output.lines.length + items.length + error.length === 0 && step.endedAt !== undefined;
    const quiet = isQuiet ? [element('span', { class: 'quiet' }, this.strings.noOutput)] : [];
    this.detail.replaceChildren(...quiet, ...place, ...items, ...error);
    this.output.set(step);
  }

  private lineLink(line: number): HTMLElement {
    const link = element(
      'button',
      { type: 'button', class: 'link' },
      fill(this.strings.goToLine, { line: line + 1 }),
    );
    link.addEventListener('click', () => {
      this.openLine(line);
    });
    return link;
  }
}

function stateOf({ startedAt, endedAt, isCached, error }: BuildStep, build: Build): StateName {
  if (error !== '') return build.outcome === 'cancelled' ? 'cancelled' : 'failed';
  if (isCached) return 'cached';
  if (startedAt === undefined) return 'waiting';
  if (endedAt === undefined) return build.outcome ?? 'running';
  return 'succeeded';
}

function itemLine({ name, current, total }: BuildItem): HTMLElement {
  const done =
    total > 0 ? `${formatBytes(current)} / ${formatBytes(total)}` : current > 0 ? formatBytes(current) : '';
  const short = name.replace(/(sha256:[0-9a-f]{12})[0-9a-f]+/g, '$1');
  const line = element(
    'div',
    { class: 'item' },
    element('span', { class: 'itemName' }, short),
    element('span', {}, done),
  );
  if (total > 0)
    line.prepend(element('progress', { max: String(total), value: String(current), 'aria-label': short }));
  return line;
}
