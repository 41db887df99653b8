import { type LayersTab, layersTabs } from '../../protocol/layers.ts';
import { element } from '../dom.ts';

/** The names above what can be shown one at a time. */
export class Tabs {
  readonly element = element('div', { class: 'tabs', role: 'tablist' });
  readonly panel = element('div', { class: 'tabPanel', role: 'tabpanel', id: 'tabPanel' });
  private readonly tabs: ReadonlyMap<
    LayersTab,
    { readonly button: HTMLButtonElement; readonly body: HTMLElement }
  >;
  private readonly onChoose: (tab: LayersTab) => void;

  constructor(
    bodies: Readonly<Partial<Record<LayersTab, { readonly name: string; readonly body: HTMLElement }>>>,
    onChoose: (tab: LayersTab) => void,
  ) {
    this.onChoose = onChoose;
    this.tabs = new Map(
      layersTabs.flatMap((tab) => {
        const known = bodies[tab];
        if (known === undefined) return [];
        const button = element(
          'button',
          { type: 'button', id: `tab-${tab}`, class: 'tab', role: 'tab', 'aria-controls': 'tabPanel' },
          known.name,
        );
        button.addEventListener('click', () => {
          this.onChoose(tab);
        });
        return [[tab, { button, body: known.body }]];
      }),
    );
    this.element.append(...[...this.tabs.values()].map(({ button }) => button));
    this.panel.append(...[...this.tabs.values()].map(({ body }) => body));
    this.element.addEventListener('keydown', (event) => {
      if (event.key === 'ArrowLeft' || event.key === 'ArrowRight')
        this.step(event.key === 'ArrowLeft' ? -1 : 1);
    });
  }

  has(tab: LayersTab): boolean {
    return this.tabs.has(tab);
  }

  show(shown: LayersTab): void {
    for (const [tab, { button, body }] of this.tabs) {
      button.setAttribute('aria-selected', String(tab === shown));
      button.tabIndex = tab === shown ? 0 : -1;
      body.hidden = tab !== shown;
    }
    this.panel.setAttribute('aria-labelledby', `tab-${shown}`);
  }

  private step(by: number): void {
    const names = [...this.tabs.keys()];
    const at = names.findIndex((tab) => this.tabs.get(tab)?.button === document.activeElement);
    const next = names[at + by];
    if (next === undefined) return;
    this.onChoose(next);
    this.tabs.get(next)?.button.focus();
  }
}
