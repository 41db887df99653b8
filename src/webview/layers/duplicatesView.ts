import { fill } from '../../base/fill.ts';
import type { DuplicateContent } from '../../model/imageLayers.ts';
import type { PageChannel } from '../../protocol/channel.ts';
import type { LayersContract } from '../../protocol/layers.ts';
import { element } from '../dom.ts';
import { VirtualList } from '../virtualList.ts';
import type { Words } from './words.ts';

/** How many of a content's paths are written out. */
const shownPaths = 20;

/** Contents that the image has under several paths; what links would save most, first. */
export class DuplicatesView {
  readonly element: HTMLElement;
  private readonly list: VirtualList<DuplicateContent>;
  private readonly empty: HTMLElement;
  private readonly channel: PageChannel<LayersContract>;
  private readonly imageId: string;

  constructor(options: {
    readonly words: Words;
    readonly channel: PageChannel<LayersContract>;
    readonly imageId: string;
  }) {
    const { words } = options;
    const { strings } = words;
    this.channel = options.channel;
    this.imageId = options.imageId;
    this.empty = element('div', { class: 'emptyList', hidden: '' }, strings.noDuplicates);
    this.list = new VirtualList<DuplicateContent>({
      id: 'duplicate',
      role: 'grid',
      name: strings.duplicatesName,
      header: row(strings.duplicatePaths, strings.duplicateSaving, strings.duplicateCopies, 'columnheader'),
      render: (duplicate) => duplicateRow(duplicate, words),
      onClick: () => undefined,
      onActivate: () => undefined,
    });
    this.list.element.classList.add('duplicates');
    this.element = element('div', { class: 'listFrame' }, this.list.element, this.empty);
  }

  async load(): Promise<void> {
    const { imageId } = this;
    await this.list.show((first, count) => this.channel.ask('duplicates', { imageId, first, count }));
    this.empty.hidden = this.list.total > 0;
  }

  focus(): void {
    this.list.focus();
  }
}

function duplicateRow({ sizeBytes, paths }: DuplicateContent, words: Words): HTMLElement {
  const { strings, formatBytes, formatCount } = words;
  const named = paths.slice(0, shownPaths).map((path) => `/${path}`);
  const more = paths.length - named.length;
  const all = more > 0 ? [...named, fill(strings.moreCopies, { count: formatCount(more) })] : named;
  const saving = formatBytes(sizeBytes * (paths.length - 1));
  const copies = fill(strings.duplicateOf, {
    count: formatCount(paths.length),
    size: formatBytes(sizeBytes),
  });
  const made = row(all.join(' = '), saving, copies, 'gridcell');
  made.setAttribute('aria-label', [all.join(', '), copies].join('; '));
  made.children[0]?.setAttribute('title', all.join('\n'));
  return made;
}

function row(path: string, size: string, copies: string, role: string): HTMLElement {
  const cell = (name: string, text: string): HTMLElement =>
    element('span', { class: `cell ${name}`, role }, text);
  return element(
    'div',
    { class: 'listRow wasteRow' },
    cell('path', path),
    cell('size', size),
    cell('reason', copies),
  );
}
