import { fill } from '../../base/fill.ts';
import type {
  OverviewAction,
  OverviewFacts,
  OverviewState,
  OverviewStrings,
  OverviewVerdict,
  Tone,
} from '../../protocol/overview.ts';
import { element } from '../dom.ts';
import { named } from './focus.ts';

/** One of these is what most come for; the other buttons are quieter. */
const primaryActions: readonly OverviewAction[] = ['start', 'successor', 'unpause'];

export interface HeadOptions {
  readonly strings: OverviewStrings;
  readonly onAct: (action: OverviewAction) => void;
}

/** Name, state, what is wrong, and what can be done. */
export class Head {
  readonly element = element('header', { class: 'head' });
  private readonly options: HeadOptions;
  private shown = '';

  constructor(options: HeadOptions) {
    this.options = options;
  }

  /** Whether something is other than before. */
  show(facts: OverviewFacts): boolean {
    const { name, subtitle, state, notice, verdict, actions } = facts;
    const now = JSON.stringify([name, subtitle, state, notice, verdict, actions]);
    if (now === this.shown) return false;
    this.shown = now;
    this.element.replaceChildren(
      element(
        'div',
        { class: 'title' },
        element('h1', {}, name),
        ...(state === undefined ? [] : this.badges(state)),
        element('span', { class: 'subtitle' }, subtitle),
      ),
      ...(notice === '' ? [] : [element('p', { class: 'notice', role: 'status' }, notice)]),
      ...(verdict === undefined ? [] : [this.verdict(verdict, actions)]),
      ...(actions.length === 0 ? [] : [this.toolbar(actions)]),
    );
    return true;
  }

  private badges({ text, tone, health, healthTone }: OverviewState): readonly HTMLElement[] {
    return [badge(text, tone), ...(health === '' ? [] : [badge(health, healthTone)])];
  }

  private toolbar(actions: readonly OverviewAction[]): HTMLElement {
    return element(
      'div',
      { class: 'actions', role: 'toolbar', 'aria-label': this.options.strings.actionsLabel },
      ...actions.map((action) => this.button(action, 'head')),
    );
  }

  private verdict(
    { tone, title, why, next, said, steps }: OverviewVerdict,
    actions: readonly OverviewAction[],
  ): HTMLElement {
    const { strings } = this.options;
    // What is in the toolbar may be pressed here too; what does not work now is not offered.
    const offered = steps.filter((step) => actions.includes(step));
    return element(
      'section',
      { class: `verdict ${tone}`, 'aria-labelledby': 'verdictTitle' },
      element('h2', { id: 'verdictTitle' }, title),
      ...(why === '' ? [] : [element('p', {}, why)]),
      ...(next === '' ? [] : [element('p', {}, element('b', {}, strings.next), ` ${next}`)]),
      ...(said === '' ? [] : [element('p', { class: 'said' }, fill(strings.engineSaid, { said }))]),
      ...(offered.length === 0
        ? []
        : [element('div', { class: 'steps' }, ...offered.map((step) => this.link(step)))]),
    );
  }

  private button(action: OverviewAction, place: string): HTMLElement {
    const kind = primaryActions.includes(action) ? 'action primary' : 'action';
    const made = element('button', { type: 'button', class: kind }, this.options.strings.actions[action]);
    return this.pressing(made, action, place);
  }

  private link(action: OverviewAction): HTMLElement {
    const made = element('button', { type: 'button', class: 'link' }, this.options.strings.actions[action]);
    return this.pressing(made, action, 'verdict');
  }

  private pressing<T extends HTMLElement>(made: T, action: OverviewAction, place: string): T {
    made.addEventListener('click', () => {
      this.options.onAct(action);
    });
    return named(made, `${place}/${action}`);
  }
}

function badge(text: string, tone: Tone): HTMLElement {
  return element('span', { class: `badge ${tone}` }, element('span', { class: 'dot', role: 'none' }), text);
}
