import { fill } from '../../base/fill.ts';
import type { DuplicateContent } from '../../model/imageLayers.ts';
import type { PageChannel } from '../../protocol/channel.ts';
import type { LayersContract } from '../../protocol/layers.ts';
import { PathList, type RowTexts } from './pathList.ts';
import type { Words } from './words.ts';

/** How many of a content's paths are written out. */
const shownPaths = 20;

/** Contents that the image has under several paths; what links would save most, first. */
export function duplicatesView(options: {
  readonly words: Words;
  readonly channel: PageChannel<LayersContract>;
  readonly imageId: string;
}): PathList<DuplicateContent> {
  const { words, channel, imageId } = options;
  const { strings } = words;
  return new PathList<DuplicateContent>({
    id: 'duplicate',
    className: 'duplicates',
    name: strings.duplicatesName,
    columns: [strings.duplicatePaths, strings.duplicateSaving, strings.duplicateCopies],
    emptyText: strings.noDuplicates,
    textsOf: (duplicate) => duplicateTexts(duplicate, words),
    ask: (first, count) => channel.ask('duplicates', { imageId, first, count }),
  });
}

function duplicateTexts({ sizeBytes, paths }: DuplicateContent, words: Words): RowTexts {
  const { strings, formatBytes, formatCount } = words;
  const named = paths.slice(0, shownPaths).map((path) => `/${path}`);
  const more = paths.length - named.length;
  const all = more > 0 ? [...named, fill(strings.moreCopies, { count: formatCount(more) })] : named;
  const saving = formatBytes(sizeBytes * (paths.length - 1));
  const copies = fill(strings.duplicateOf, {
    count: formatCount(paths.length),
    size: formatBytes(sizeBytes),
  });
  return {
    columns: [all.join(' = '), saving, copies],
    label: [all.join(', '), copies].join('; '),
    pathTitle: all.join('\n'),
  };
}
