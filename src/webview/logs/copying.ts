import type { CopyRequest } from '../../model/logQuestions.ts';
import type { TimestampMode } from '../../model/logTime.ts';
import { hasSelectedText, type Selection } from './selection.ts';

/**
 * Copies by the editor's own ways, of which there are several: each ends in the page's event. Selected text goes as it is;
 * rows are put together by who has them all.
 */
export class Copying {
  private readonly selection: Selection;
  private readonly timestamps: () => TimestampMode;
  private readonly copyRows: (request: CopyRequest) => void;

  constructor(options: {
    readonly selection: Selection;
    readonly timestamps: () => TimestampMode;
    readonly copyRows: (request: CopyRequest) => void;
  }) {
    this.selection = options.selection;
    this.timestamps = options.timestamps;
    this.copyRows = options.copyRows;
    document.addEventListener('copy', (event) => {
      if (hasSelectedText() || event.target instanceof HTMLInputElement || !this.selection.isMeant) return;
      event.preventDefault();
      void this.rows();
    });
  }

  /** As if by the key. */
  copy(): void {
    if (hasSelectedText()) void navigator.clipboard.writeText(document.getSelection()?.toString() ?? '');
    else void this.rows();
  }

  private async rows(): Promise<void> {
    const range = await this.selection.range();
    if (range === undefined) return;
    const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
    const language = document.documentElement.lang || navigator.language;
    this.copyRows({ ...range, timestamps: this.timestamps(), timeZone, language });
  }
}
