import { type LogShow, type LogState, type LogUpdate, type RowWindow, showAll } from '../../model/log.ts';
import type { LinePlace } from '../../model/logQuestions.ts';
import type { PageChannel } from '../../protocol/channel.ts';
import { DeltaReceiver } from '../../protocol/deltas.ts';
import {
  isCopied,
  isLinePlace,
  isLogsDelta,
  isLogsPageState,
  isLogsSnapshot,
  isSavedFilters,
  type LogsContract,
  type LogsDelta,
  type LogsPageState,
  type LogsSnapshot,
  newPageRequest,
} from '../../protocol/logs.ts';
import { isNothing } from '../../protocol/shape.ts';
import { type HostApi, pageChannel } from '../host.ts';
import type { Sight } from './anchor.ts';
import { createFormatCount } from './formatCount.ts';
import { HistoryWish } from './historyWish.ts';
import { RowCache } from './rowCache.ts';
import { KeptState, keptByNewPage } from './kept.ts';
import { Screen } from './screen.ts';
import { type Shown, Shows } from './shows.ts';

/** Within this time a page that is never idle reads on all the same. */
const readAheadMs = 500;

/** The log page: asks for a snapshot, applies what follows, and says what it wants to see. */
export class LogPage {
  private readonly host: HostApi;
  private readonly channel: PageChannel<LogsContract>;
  private readonly receiver = new DeltaReceiver();
  private readonly formatCount = createFormatCount();
  private readonly cache: RowCache;
  private readonly shows: Shows;
  private readonly wish: HistoryWish;
  private readonly kept = keptByNewPage;
  /** Nobody has used it yet: it shows what every new page does. */
  private readonly isNew: boolean;
  private screen: Screen | undefined;
  private state: LogState | undefined;
  /** The newest delta that is not acknowledged yet: it is once it is on screen. */
  private unacknowledged: number | undefined;
  /** A line that is to be shown first. */
  private revealing: LinePlace | undefined;
  private tailRows = newPageRequest.view.tailRows;
  private starts = 0;
  private isShown = false;

  constructor(host: HostApi) {
    this.host = host;
    const kept = host.getState();
    this.isNew = !isLogsPageState(kept);
    if (isLogsPageState(kept)) this.kept = kept;
    this.channel = pageChannel<LogsContract>(host, {
      snapshot: {
        accepts: isLogsSnapshot,
        hear: (snapshot) => {
          if (!this.isNew || this.screen !== undefined) return;
          // The answer to the question of a new page will be that this was sent.
          this.starts++;
          this.revealing = snapshot.reveal;
          void this.begin(snapshot, this.shows.show, undefined);
        },
      },
      delta: {
        accepts: isLogsDelta,
        hear: (delta) => {
          this.onDelta(delta);
        },
      },
      savedFilters: {
        accepts: isSavedFilters,
        hear: (saved) => this.screen?.setSavedFilters(saved),
      },
      reset: { accepts: isNothing, hear: () => void this.start(true) },
      copy: {
        accepts: isNothing,
        hear: () => {
          this.screen?.copy();
        },
      },
      copied: {
        accepts: isCopied,
        hear: ({ lines }) => {
          this.screen?.tellCopied(lines);
        },
      },
      reveal: {
        accepts: isLinePlace,
        hear: (line) => {
          this.screen?.linked.seek(line, this.state);
        },
      },
    });
    const rows = (firstRow: number, count: number): Promise<RowWindow> =>
      this.channel.ask('rows', { firstRow, count });
    this.cache = new RowCache(rows, () => this.screen?.rows.list.drawNow());
    this.wish = new HistoryWish((isAll) => {
      this.channel.tell('more', { isAll });
    });
    this.shows = new Shows({
      show: { ...showAll, filter: this.kept.filter, isFolding: this.kept.isFolding },
      source: {
        show: (request) => this.channel.ask('show', request),
        rows,
      },
      onShown: (shown) => {
        this.onShown(shown);
      },
      onUpdate: (update) => {
        this.apply(update);
      },
    });
  }

  /** Asks for everything; also when something was missed on the way. `isAnew`: the log is another one. */
  async start(isAnew = false): Promise<void> {
    const start = ++this.starts;
    if (isAnew) this.screen?.forget();
    const asked = this.shows.starting();
    const sight = this.screen?.rows.list.sight();
    const request = { view: { tailRows: this.tailRows }, show: asked };
    // Without an answer the host is gone, and takes its page along.
    const answering = this.channel.ask('ready', request).catch(() => 'gone' as const);
    // Now there is time for it.
    this.formatCount(0);
    const answer = await answering;
    if (answer === 'gone') return;
    this.revealing = answer?.reveal ?? this.revealing;
    if (start !== this.starts) return;
    // What was sent before got lost, or was for a page without a past.
    if (answer === undefined) await this.start();
    else await this.begin(answer, asked, sight);
  }

  private async begin(snapshot: LogsSnapshot, asked: LogShow, sight: Sight | undefined): Promise<void> {
    const start = this.starts;
    this.receiver.restart(snapshot.seq);
    this.unacknowledged = undefined;
    this.wish.restart();
    this.screen ??= this.build(snapshot);
    this.screen.setSavedFilters(snapshot.savedFilters);
    if (this.revealing !== undefined) this.screen.linked.seek(this.revealing, undefined);
    this.revealing = undefined;
    await this.shows.started(snapshot, asked, sight);
    if (start !== this.starts) return;
    this.screen.restart();
    this.tellView();
  }

  private onDelta(delta: LogsDelta): void {
    const verdict = this.receiver.accept(delta.seq);
    if (verdict === 'gap') void this.start();
    if (verdict !== 'next') return;
    this.unacknowledged = delta.seq;
    // What is not drawn needs no drawing to be done with.
    if (!this.shows.update(delta)) this.acknowledge();
  }

  private onShown({ update, anchor, around }: Shown): void {
    const { state, tail } = update;
    this.cache.restart(state.showId);
    this.cache.put(tail);
    if (around !== undefined) this.cache.put(around);
    this.take(state);
    this.screen?.setShown(state, anchor);
  }

  private apply({ state, tail }: LogUpdate): void {
    this.cache.put(tail);
    this.take(state);
    this.screen?.update(state);
  }

  private take(state: LogState): void {
    this.state = state;
    this.wish.update(state);
  }

  private build({ strings, target }: LogsSnapshot): Screen {
    const kept = new KeptState(this.kept, (now) => {
      const state: LogsPageState = { version: 3, target, ...now };
      this.host.setState(state);
    });
    return new Screen({
      strings,
      formatCount: this.formatCount,
      target,
      kept,
      channel: this.channel,
      cache: this.cache,
      shows: this.shows,
      wish: this.wish,
      onDrawn: () => {
        this.acknowledge();
        this.tellView();
        if (!this.isShown) this.readAhead();
        else if (this.screen?.rows.list.isNearTop === true) this.wishMore();
      },
      onFollowing: () => {
        this.tellView();
      },
    });
  }

  /** Somewhat more than what shows, once that is on screen: to read it takes what the editor needs to get there. */
  private readAhead(): void {
    this.isShown = true;
    requestIdleCallback(
      () => {
        this.wishMore();
      },
      { timeout: readAheadMs },
    );
  }

  private wishMore(): void {
    if (this.state !== undefined && this.state.cleared === undefined) this.wish.near(this.state);
  }

  private acknowledge(): void {
    if (this.unacknowledged === undefined) return;
    this.channel.tell('acknowledge', { seq: this.unacknowledged });
    this.unacknowledged = undefined;
  }

  /** The newest rows are wanted only while they are looked at. */
  private tellView(): void {
    if (this.screen === undefined) return;
    const { list } = this.screen.rows;
    const tailRows = list.isFollowing ? list.tailRows : 0;
    if (tailRows === this.tailRows) return;
    this.tailRows = tailRows;
    this.channel.tell('view', { tailRows });
  }
}
