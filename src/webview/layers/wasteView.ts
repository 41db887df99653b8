import { fill } from '../../base/fill.ts';
import type { HiddenCopy, ImageLayers, WastedPath, WasteReason } from '../../model/imageLayers.ts';
import { stepOfLayer } from '../../model/layerSteps.ts';
import type { PageChannel } from '../../protocol/channel.ts';
import type { LayersContract, LayersStrings } from '../../protocol/layers.ts';
import { element } from '../dom.ts';
import { VirtualList } from '../virtualList.ts';
import type { Words } from './words.ts';

/** The paths that take room although nobody sees them, and why; the most bytes first. */
export class WasteView {
  readonly element: HTMLElement;
  private readonly list: VirtualList<WastedPath>;
  private readonly empty: HTMLElement;
  private readonly channel: PageChannel<LayersContract>;
  private readonly imageId: string;

  constructor(options: {
    readonly words: Words;
    readonly channel: PageChannel<LayersContract>;
    readonly imageId: string;
    readonly layers: ImageLayers;
    /** The path, and the step that hid it. */
    readonly onShow: (path: string, step: number) => void;
  }) {
    const { words, layers } = options;
    const { strings } = words;
    this.channel = options.channel;
    this.imageId = options.imageId;
    this.empty = element('div', { class: 'emptyList', hidden: '' }, strings.noWaste);
    this.list = new VirtualList<WastedPath>({
      id: 'wasted',
      role: 'grid',
      name: strings.wasteName,
      header: row(strings.wastePath, strings.wasteBytes, strings.wasteReason, 'columnheader'),
      render: (wasted) => wasteRow(wasted, layers, words),
      onClick: () => undefined,
      onActivate: ({ path, copies }) => {
        const [newest] = copies;
        if (newest !== undefined) options.onShow(path, stepOfLayer(layers, newest.hiddenBy));
      },
    });
    this.list.element.classList.add('waste');
    this.element = element('div', { class: 'listFrame' }, this.list.element, this.empty);
  }

  async load(): Promise<void> {
    const { imageId } = this;
    await this.list.show((first, count) => this.channel.ask('waste', { imageId, first, count }));
    this.empty.hidden = this.list.total > 0;
  }

  focus(): void {
    this.list.focus();
  }
}

function wasteRow({ path, sizeBytes, copies }: WastedPath, layers: ImageLayers, words: Words): HTMLElement {
  const { strings, formatBytes, formatCount } = words;
  const reasons = copies.map((copy) => reasonText(copy, layers, strings));
  const more = copies.length - 1;
  const [first = ''] = reasons;
  const reason = more === 0 ? first : `${first}, ${fill(strings.moreCopies, { count: formatCount(more) })}`;
  const size = formatBytes(sizeBytes);
  const made = row(`/${path}`, size, reason, 'gridcell');
  made.setAttribute(
    'aria-label',
    fill(strings.wasteLabel, { path: `/${path}`, size, reason: reasons.join('; ') }),
  );
  made.children[0]?.setAttribute('title', `/${path}`);
  made.children[2]?.setAttribute('title', reasons.join('\n'));
  return made;
}

function reasonText(
  { layer, hiddenBy, reason }: HiddenCopy,
  layers: ImageLayers,
  strings: LayersStrings,
): string {
  const sentences: Readonly<Record<WasteReason, string>> = {
    removed: strings.reasonRemoved,
    replaced: strings.reasonReplaced,
    changed: strings.reasonChanged,
    metadata: strings.reasonMetadata,
    same: strings.reasonSame,
  };
  const [of, by] = [stepOfLayer(layers, layer) + 1, stepOfLayer(layers, hiddenBy) + 1];
  return fill(sentences[reason], { of, by });
}

function row(path: string, size: string, reason: string, role: string): HTMLElement {
  const cell = (name: string, text: string): HTMLElement =>
    element('span', { class: `cell ${name}`, role }, text);
  return element(
    'div',
    { class: 'listRow wasteRow' },
    cell('path', path),
    cell('size', size),
    cell('reason', reason),
  );
}
