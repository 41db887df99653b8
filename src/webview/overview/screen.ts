import type { PageChannel } from '../../protocol/channel.ts';
import {
  type OverviewContract,
  type OverviewFacts,
  type OverviewStrings,
  type SectionId,
  sectionIds,
} from '../../protocol/overview.ts';
import { element } from '../dom.ts';
import { keepFocus } from './focus.ts';
import { Head } from './head.ts';
import { ProcessTable } from './processTable.ts';
import { SectionView } from './sectionView.ts';
import { Times } from './times.ts';

export interface ScreenOptions {
  readonly channel: PageChannel<OverviewContract>;
  readonly strings: OverviewStrings;
  /** Sections that are folded. */
  readonly closed: readonly SectionId[];
  readonly onFold: () => void;
}

/** The head, then the sections in one order, whatever comes and goes. */
export class Screen {
  private readonly options: ScreenOptions;
  private readonly head: Head;
  private readonly views = new Map<SectionId, SectionView>();
  private readonly processes: ProcessTable;
  private readonly content = element('main', { class: 'sections' });
  /** Said aloud, seen for a moment. */
  private readonly status = element('div', { class: 'copied', role: 'status' });
  private readonly folded: Set<SectionId>;
  private readonly times: Times;
  private quietTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: ScreenOptions) {
    this.options = options;
    const { channel, strings } = options;
    document.documentElement.lang = strings.language;
    this.folded = new Set(options.closed);
    this.times = new Times(strings.language);
    this.head = new Head({
      strings,
      onAct: (action) => {
        channel.tell('act', { action });
      },
    });
    this.processes = new ProcessTable(channel, strings);
    this.watchFold('processes', this.processes.element);
    document.body.append(element('div', { class: 'page' }, this.head.element, this.content), this.status);
  }

  get closed(): readonly SectionId[] {
    return [...this.folded];
  }

  show(facts: OverviewFacts): void {
    keepFocus(() => {
      this.head.show(facts);
    });
    for (const section of facts.sections) this.view(section.id).show(section);
    this.processes.show(facts.hasProcesses);
    const there = new Set<SectionId>(facts.sections.map(({ id }) => id));
    const wanted = sectionIds.flatMap((id) =>
      id === 'processes' ? [this.processes.element] : there.has(id) ? [this.view(id).element] : [],
    );
    // Moved about, an element would lose the focus.
    if (
      wanted.some((each, index) => this.content.children[index] !== each) ||
      wanted.length !== this.content.childElementCount
    )
      keepFocus(() => {
        this.content.replaceChildren(...wanted);
      });
  }

  private view(id: SectionId): SectionView {
    const known = this.views.get(id);
    if (known !== undefined) return known;
    const { channel, strings } = this.options;
    const made = new SectionView(id, {
      channel,
      strings,
      times: this.times,
      onCopied: () => {
        this.say(strings.copied);
      },
    });
    this.views.set(id, made);
    this.watchFold(id, made.element);
    return made;
  }

  private watchFold(id: SectionId, details: HTMLDetailsElement): void {
    details.open = !this.folded.has(id);
    details.addEventListener('toggle', () => {
      if (details.open) this.folded.delete(id);
      else this.folded.add(id);
      this.options.onFold();
    });
  }

  private say(text: string): void {
    this.status.textContent = text;
    clearTimeout(this.quietTimer);
    this.quietTimer = setTimeout(() => {
      this.status.textContent = '';
    }, 2000);
  }
}
