import type { PageChannel } from '../../protocol/channel.ts';
import type {
  OverviewContract,
  OverviewRow,
  OverviewSection,
  OverviewStrings,
  SectionId,
} from '../../protocol/overview.ts';
import { element } from '../dom.ts';
import { keepFocus, named } from './focus.ts';
import { rowView } from './rowView.ts';
import type { Times } from './times.ts';

export interface SectionOptions {
  readonly channel: PageChannel<OverviewContract>;
  readonly strings: OverviewStrings;
  readonly times: Times;
  readonly onCopied: () => void;
}

/** A part of the page that can be folded; drawn anew only when something in it is other than before. */
export class SectionView {
  readonly element: HTMLDetailsElement;
  private readonly options: SectionOptions;
  private readonly title = element('h2');
  private readonly body = element('div', { class: 'body' });
  private section: OverviewSection | undefined;
  private shown = '';
  /** The values that somebody has asked for, by row. */
  private revealed: ReadonlyMap<string, string> = new Map();

  constructor(id: SectionId, options: SectionOptions) {
    this.options = options;
    const summary = named(element('summary', {}, this.title), `${id}#fold`);
    this.element = element('details', { class: 'section', id: `section-${id}` }, summary, this.body);
  }

  show(section: OverviewSection): void {
    const now = JSON.stringify(section);
    if (now === this.shown) return;
    this.shown = now;
    this.section = section;
    this.title.textContent = section.title;
    this.draw();
    // What was masked may have another value now.
    if (this.revealed.size > 0) void this.reveal([...this.revealed.keys()]);
  }

  private draw(): void {
    const { section } = this;
    if (section === undefined) return;
    const secrets = section.groups.flatMap(({ rows }) => rows).filter(({ isSecret }) => isSecret);
    keepFocus(() => {
      this.body.replaceChildren(
        ...(section.note === '' ? [] : [element('p', { class: 'sectionNote' }, section.note)]),
        ...(secrets.length < 2 ? [] : [this.allButton(secrets)]),
        ...section.groups.flatMap(({ title, rows }) => [
          ...(title === '' ? [] : [element('h3', {}, title)]),
          element('dl', {}, ...rows.map((row) => this.row(row))),
        ]),
      );
    });
  }

  private row(row: OverviewRow): HTMLElement {
    const { channel, strings, times, onCopied } = this.options;
    return rowView(row, {
      strings,
      times,
      revealed: this.revealed.get(row.key),
      onCopy: (key) => {
        channel.tell('copy', { key });
        onCopied();
      },
      onOpen: (key) => {
        channel.tell('open', { key });
      },
      onReveal: (key, isShown) => {
        if (isShown) void this.reveal([...this.revealed.keys(), key]);
        else this.hide([key]);
      },
    });
  }

  private allButton(secrets: readonly OverviewRow[]): HTMLElement {
    const { strings } = this.options;
    const keys = secrets.map(({ key }) => key);
    const isAllShown = keys.every((key) => this.revealed.has(key));
    const made = element(
      'button',
      { type: 'button', class: 'link all' },
      isAllShown ? strings.hideAll : strings.showAll,
    );
    made.addEventListener('click', () => {
      if (isAllShown) this.hide(keys);
      else void this.reveal(keys);
    });
    return named(made, 'secrets#all');
  }

  private async reveal(keys: readonly string[]): Promise<void> {
    const values = await this.options.channel.ask('reveal', { keys }).catch(() => []);
    this.revealed = new Map(values.map(({ key, value }) => [key, value]));
    this.draw();
  }

  private hide(keys: readonly string[]): void {
    this.revealed = new Map([...this.revealed].filter(([key]) => !keys.includes(key)));
    this.draw();
  }
}
