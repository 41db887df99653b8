import { fill } from '../../base/fill.ts';
import type { LogState } from '../../model/log.ts';
import { Bookmarks } from './bookmarks.ts';
import { Clearing } from './clearing.ts';
import { ContextLines } from './contextLines.ts';
import { Copying } from './copying.ts';
import { Folding } from './folding.ts';
import { Jumps } from './jumps.ts';
import { LogList } from './list.ts';
import { Pointed } from './pointed.ts';
import { logContext } from './rowContext.ts';
import type { RowLooks } from './rowLooks.ts';
import type { ScreenParts } from './screenParts.ts';
import { Selection } from './selection.ts';

/** The rows of the log, and all that can be done with some of them. */
export class LogRows {
  readonly list: LogList;
  readonly bookmarks = new Bookmarks();
  readonly pointed: Pointed;
  readonly selection: Selection;
  readonly copying: Copying;
  readonly folding: Folding;
  readonly contexts: ContextLines;
  readonly clearing: Clearing;
  readonly jumps: Jumps;

  constructor(
    { strings, target, kept, channel, cache, shows }: ScreenParts,
    options: {
      readonly looks: RowLooks;
      /** The line above the first row. */
      readonly notice: HTMLElement;
      readonly state: () => LogState | undefined;
      readonly onFollowing: () => void;
      readonly onDrawn: () => void;
    },
  ) {
    const { state } = options;
    this.list = new LogList({
      name: fill(strings.listName, { name: target.name }),
      look: options.looks.now,
      cache,
      notice: options.notice,
      decorate: (made, { row }) => {
        this.decorate(made, row);
      },
      onFollowing: options.onFollowing,
      onDrawn: options.onDrawn,
    });
    const { list, bookmarks } = this;
    list.element.dataset['vscodeContext'] = logContext(target.ref);
    const pointed = new Pointed(list);
    this.pointed = pointed;
    this.selection = new Selection({ list, pointed, channel, state });
    this.copying = new Copying({
      selection: this.selection,
      timestamps: () => kept.now.timestamps,
      copyRows: (request) => {
        channel.tell('copy', request);
      },
    });
    this.folding = new Folding({ list, shows, cache, pointed });
    this.contexts = new ContextLines({ list, shows, pointed });
    const clearing = new Clearing({ list, shows, state });
    this.clearing = clearing;
    this.jumps = new Jumps({ channel, list, pointed, bookmarks, clearing, state });
  }

  focus(): void {
    this.list.element.focus();
  }

  /** The log is another one: rows that were meant are no more. */
  forget(): void {
    this.list.clear();
    this.bookmarks.clear();
    this.pointed.clear();
    this.selection.clear();
    this.folding.forget();
    this.contexts.forget();
  }

  private decorate(made: HTMLElement, row: number): void {
    const isSelected = this.selection.has(row);
    made.classList.toggle('bookmarked', this.bookmarks.has(row));
    made.classList.toggle('pointed', this.pointed.row === row);
    made.classList.toggle('selected', isSelected);
    if (made.ariaSelected !== String(isSelected)) made.ariaSelected = String(isSelected);
  }
}
