import {
  type LogPlace,
  type LogShow,
  type LogUpdate,
  maxWindowRows,
  type RowWindow,
} from '../../model/log.ts';
import type { ShowRequest } from '../../model/logQuestions.ts';
import type { Sight } from './anchor.ts';

/** What is shown from now on: where the row that stays in sight is now, and the rows around it. */
export interface Shown {
  readonly update: LogUpdate;
  readonly anchor: { readonly row: number; readonly offset: number } | undefined;
  readonly around: RowWindow | undefined;
}

export interface ShowSource {
  show(request: ShowRequest): Promise<LogUpdate & LogPlace>;
  rows(firstRow: number, count: number): Promise<RowWindow>;
}

/** Rows around the anchor that are there before anything is drawn: nothing flickers. */
const rowsAround = 200;

/**
 * Which rows the log shows. With every change positions begin anew; until the answer is here the page goes on showing
 * what it showed, and whatever carries another number than the newest is of no use to it.
 */
export class Shows {
  show: LogShow;
  private readonly source: ShowSource;
  private readonly onShown: (shown: Shown) => void;
  private readonly onUpdate: (update: LogUpdate) => void;
  private lastId = 0;
  private newest = 0;
  private isShown = false;
  private isStarting = false;
  /** Came before what it follows on was drawn. */
  private held: LogUpdate | undefined;

  constructor(options: {
    readonly show: LogShow;
    readonly source: ShowSource;
    readonly onShown: (shown: Shown) => void;
    readonly onUpdate: (update: LogUpdate) => void;
  }) {
    this.show = options.show;
    this.source = options.source;
    this.onShown = options.onShown;
    this.onUpdate = options.onUpdate;
  }

  get id(): number {
    return this.newest;
  }

  /** News of the log: false when it is of no use, or of none yet. */
  update(update: LogUpdate): boolean {
    if (update.state.showId !== this.newest || this.isStarting) return false;
    if (!this.isShown) this.held = update;
    else this.onUpdate(update);
    return this.isShown;
  }

  /** The page asks for everything; what changes until then is asked for after that. */
  starting(): LogShow {
    this.isStarting = true;
    return this.show;
  }

  /** The answer for what `starting` gave. It tells of the newest rows: where a row in sight is has to be asked. */
  async started(update: LogUpdate, asked: LogShow, sight: Sight | undefined): Promise<void> {
    this.isStarting = false;
    const isAsked = this.show === asked;
    // The reader knows what was cleared, also by a page before this one.
    if (this.show.fromRow === asked.fromRow)
      this.show = { ...this.show, fromRow: update.state.cleared?.fromRow };
    if (sight !== undefined || !isAsked) {
      await this.change(this.show, sight);
      return;
    }
    this.begin(update.state.showId);
    await this.finish(update.state.showId, update, undefined, undefined);
  }

  /** Keeps the row in sight where it is. Answers its new position, when it was asked for and is shown now. */
  async change(show: LogShow, sight: Sight | undefined): Promise<number | undefined> {
    this.show = show;
    if (this.isStarting) return undefined;
    const showId = ++this.lastId;
    this.begin(showId);
    const answer = await this.source.show({ showId, show, anchorRow: sight?.row }).catch(() => undefined);
    if (answer === undefined || showId !== this.newest) return undefined;
    // Nobody reads just now: there is nothing to show, under whatever number.
    this.newest = answer.state.showId;
    const isShown = await this.finish(this.newest, answer, answer.position, sight);
    return isShown ? answer.position : undefined;
  }

  private begin(showId: number): void {
    this.newest = showId;
    this.isShown = false;
    this.held = undefined;
  }

  private async finish(
    showId: number,
    update: LogUpdate,
    position: number | undefined,
    sight: Sight | undefined,
  ): Promise<boolean> {
    const anchor =
      position === undefined || sight === undefined ? undefined : { row: position, offset: sight.offset };
    let around: RowWindow | undefined;
    if (anchor !== undefined) {
      const count = Math.min(rowsAround, maxWindowRows);
      around = await this.source.rows(anchor.row - count / 2, count).catch(() => undefined);
    }
    if (showId !== this.newest || this.isStarting) return false;
    this.isShown = true;
    this.onShown({ update, anchor, around });
    const { held } = this;
    this.held = undefined;
    if (held !== undefined) this.onUpdate(held);
    return true;
  }
}
