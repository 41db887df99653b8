import { fill } from '../../base/fill.ts';
import { pathChanges, type TreeSum } from '../../model/imageLayers.ts';
import type { LayersStrings } from '../../protocol/layers.ts';
import { element } from '../dom.ts';
import type { FilesLook } from './filesBar.ts';
import type { Words } from './words.ts';

/** The line below the files: what those that show come to. */
export class FilesStatus {
  readonly element = element('div', { class: 'status', role: 'status' });
  private readonly words: Words;

  constructor(words: Words) {
    this.words = words;
  }

  show({ counts, sizeBytes, removedBytes }: TreeSum, { scope }: FilesLook): void {
    const { strings, formatCount, formatBytes } = this.words;
    const sentences = {
      added: strings.stepAdded,
      changed: strings.stepChanged,
      rewritten: strings.stepRewritten,
      removed: strings.stepRemoved,
    };
    const changes = pathChanges.flatMap((change) =>
      counts[change] === 0 ? [] : [fill(sentences[change], { count: formatCount(counts[change]) })],
    );
    const bytes = (sentence: string, size: number): readonly string[] =>
      size === 0 ? [] : [fill(sentence, { size: formatBytes(size) })];
    const parts = [
      ...changes,
      ...bytes(scope === 'files' ? strings.bytesInAll : strings.bytesWritten, sizeBytes),
      ...bytes(strings.removedBytes, removedBytes),
    ];
    this.say(parts.join(' · '));
  }

  /** What came of what somebody did, until something else shows. */
  say(sentence: string): void {
    this.element.textContent = sentence;
  }
}

/** Why no path shows. */
export function whyEmpty({ text, scope }: FilesLook, isComparing: boolean, strings: LayersStrings): string {
  if (text !== '') return strings.noMatches;
  if (scope === 'files') return strings.emptyTree;
  return isComparing ? strings.noDifferences : strings.noChanges;
}
