import { fill } from '../../base/fill.ts';
import type { HiddenCopy, ImageLayers, WastedPath, WasteReason } from '../../model/imageLayers.ts';
import { stepOfLayer } from '../../model/layerSteps.ts';
import type { PageChannel } from '../../protocol/channel.ts';
import type { LayersContract, LayersStrings } from '../../protocol/layers.ts';
import { PathList, type RowTexts } from './pathList.ts';
import type { Words } from './words.ts';

/** The paths that take room although nobody sees them, and why; the most bytes first. */
export function wasteView(options: {
  readonly words: Words;
  readonly channel: PageChannel<LayersContract>;
  readonly imageId: string;
  readonly layers: ImageLayers;
  /** The path, and the step that hid it. */
  readonly onShow: (path: string, step: number) => void;
}): PathList<WastedPath> {
  const { words, channel, imageId, layers, onShow } = options;
  const { strings } = words;
  return new PathList<WastedPath>({
    id: 'wasted',
    className: 'waste',
    name: strings.wasteName,
    columns: [strings.wastePath, strings.wasteBytes, strings.wasteReason],
    emptyText: strings.noWaste,
    textsOf: (wasted) => wasteTexts(wasted, layers, words),
    onActivate: ({ path, copies }) => {
      const [newest] = copies;
      if (newest !== undefined) onShow(path, stepOfLayer(layers, newest.hiddenBy));
    },
    ask: (first, count) => channel.ask('waste', { imageId, first, count }),
  });
}

function wasteTexts({ path, sizeBytes, copies }: WastedPath, layers: ImageLayers, words: Words): RowTexts {
  const { strings, formatBytes, formatCount } = words;
  const reasons = copies.map((copy) => reasonText(copy, layers, strings));
  const more = copies.length - 1;
  const [first = ''] = reasons;
  const reason = more === 0 ? first : `${first}, ${fill(strings.moreCopies, { count: formatCount(more) })}`;
  const size = formatBytes(sizeBytes);
  return {
    columns: [`/${path}`, size, reason],
    label: fill(strings.wasteLabel, { path: `/${path}`, size, reason: reasons.join('; ') }),
    pathTitle: `/${path}`,
    aboutTitle: reasons.join('\n'),
  };
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
