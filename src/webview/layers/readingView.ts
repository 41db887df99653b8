import { fill } from '../../base/fill.ts';
import type { LayersPhase } from '../../protocol/layers.ts';
import { element } from '../dom.ts';
import type { Words } from './words.ts';

/** What shows as long as there are no layers to show: how far the reading is, or why there are none. */
export class ReadingView {
  readonly element = element('div', { class: 'reading' });
  private readonly words: Words;
  private readonly onTryAgain: () => void;
  private readonly title = element('div', { class: 'readingTitle' });
  private readonly bar = element('progress', { max: '1' });
  private readonly hint = element('div', { class: 'quiet' });
  private readonly again: HTMLButtonElement;

  constructor(words: Words, onTryAgain: () => void) {
    this.words = words;
    this.onTryAgain = onTryAgain;
    this.again = element('button', { type: 'button', class: 'primary' }, words.strings.tryAgain);
    this.again.addEventListener('click', () => {
      this.onTryAgain();
    });
    this.title.setAttribute('role', 'status');
    this.element.append(this.title, this.bar, this.hint, this.again);
  }

  show(phase: Exclude<LayersPhase, { kind: 'open' }>): void {
    const { strings } = this.words;
    this.element.classList.toggle('failed', phase.kind === 'failed');
    this.again.hidden = phase.kind !== 'failed';
    this.bar.hidden = phase.kind !== 'reading';
    this.hint.textContent = phase.kind === 'reading' ? strings.readingHint : '';
    const title = this.titleOf(phase);
    if (this.title.textContent !== title) this.title.textContent = title;
    if (phase.kind !== 'reading') return;
    const { readBytes, expectedBytes } = phase;
    this.bar.setAttribute('aria-label', title);
    // The size is a guess: an end that is not there yet must not be shown.
    if (expectedBytes === 0 || readBytes === 0) this.bar.removeAttribute('value');
    else this.bar.value = Math.min(0.99, readBytes / expectedBytes);
  }

  private titleOf(phase: Exclude<LayersPhase, { kind: 'open' }>): string {
    const { strings, formatBytes } = this.words;
    switch (phase.kind) {
      case 'waiting':
        return strings.waiting;
      case 'failed':
        return phase.message;
      case 'reading': {
        const [read, all] = [formatBytes(phase.readBytes), formatBytes(phase.expectedBytes)];
        const isKnown = phase.expectedBytes > 0;
        return fill(isKnown ? strings.readingAbout : strings.reading, { image: phase.image, read, all });
      }
    }
  }
}
