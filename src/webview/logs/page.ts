import { type FindQuery, type LogExtent, type LogState, type LogUpdate } from '../../model/log.ts';
import { Channel, type PageChannel } from '../../protocol/channel.ts';
import { DeltaReceiver } from '../../protocol/deltas.ts';
import {
  isLogsDelta,
  isLogsPageState,
  type LogsContract,
  type LogsDelta,
  type LogsPageState,
  type LogsSnapshot,
  type LogsStrings,
} from '../../protocol/logs.ts';
import { isNothing } from '../../protocol/shape.ts';
import { fill } from '../dom.ts';
import { type HostApi, hostPort } from '../host.ts';
import { FindBox } from './findBox.ts';
import { keySheet } from './keySheet.ts';
import { listenToKeys } from './keys.ts';
import { LogList } from './list.ts';
import { RowCache } from './rowCache.ts';
import type { RowLook } from './rowElement.ts';
import { StatusLine } from './statusLine.ts';
import { type Look, nextTimestampMode, Toolbar } from './toolbar.ts';

/** Rows asked for with the first snapshot, before the size of the screen is known. */
const firstTailRows = 120;

/** What stands on the page once the first snapshot is here. */
interface Parts {
  readonly list: LogList;
  readonly find: FindBox;
  readonly toolbar: Toolbar;
  readonly status: StatusLine;
}

/** The log page: asks for a snapshot, applies what follows, and says what it wants to see. */
export class LogPage {
  private readonly host: HostApi;
  private readonly channel: PageChannel<LogsContract>;
  private readonly receiver = new DeltaReceiver();
  private readonly cache: RowCache;
  private readonly formatCount: (count: number) => string;
  private parts: Parts | undefined;
  private state: LogState | undefined;
  private strings: LogsStrings | undefined;
  private target = { ref: '', name: '' };
  private look: Look = { wrap: false, timestamps: 'local' };
  private query: FindQuery = { pattern: '', isRegex: false, matchCase: false };
  /** The newest delta that is not acknowledged yet: it is once it is on screen. */
  private unacknowledged: number | undefined;
  private tailRows = firstTailRows;
  private starts = 0;

  constructor(host: HostApi) {
    this.host = host;
    const count = new Intl.NumberFormat(document.documentElement.lang || undefined);
    this.formatCount = (value) => count.format(value);
    const kept = host.getState();
    if (isLogsPageState(kept)) {
      this.look = { wrap: kept.wrap, timestamps: kept.timestamps };
      this.query = kept.find;
    }
    const onRefused = (what: string): void => {
      reportError(new Error(`refused ${what}`));
    };
    this.channel = new Channel(
      hostPort(host),
      {
        requests: {},
        events: {
          delta: {
            accepts: isLogsDelta,
            hear: (delta) => {
              this.onDelta(delta);
            },
          },
          reset: { accepts: isNothing, hear: () => void this.start() },
        },
      },
      onRefused,
    );
    this.cache = new RowCache(
      (firstRow, rows) => this.channel.ask('rows', { firstRow, count: rows }),
      () => this.parts?.list.redraw(),
    );
  }

  /** Asks for everything; also when something was missed on the way. */
  async start(): Promise<void> {
    const start = ++this.starts;
    const snapshot = await this.channel.ask('ready', { tailRows: this.tailRows }).catch(() => undefined);
    if (snapshot === undefined || start !== this.starts) return;
    this.receiver.restart(snapshot.seq);
    this.unacknowledged = undefined;
    this.cache.clear();
    const isFirst = this.parts === undefined;
    this.parts ??= this.build(snapshot);
    const { list, find } = this.parts;
    // A page that missed something stays where its reader is; another log begins at its end.
    if (!isFirst && snapshot.state.extent.endRow < (this.state?.extent.endRow ?? 0)) list.clear();
    this.apply(snapshot);
    find.restart();
    this.tellView();
  }

  private onDelta(delta: LogsDelta): void {
    const verdict = this.receiver.accept(delta.seq);
    if (verdict === 'gap') void this.start();
    if (verdict !== 'next') return;
    this.unacknowledged = delta.seq;
    this.apply(delta);
  }

  private apply({ state, tail }: LogUpdate): void {
    if (this.parts === undefined) return;
    this.state = state;
    this.cache.put(tail);
    this.parts.list.setExtent(state.extent);
    this.parts.list.setNotice(this.noticeText(state));
    this.parts.find.update(state.find);
    this.showStatus();
  }

  private build({ strings, target }: LogsSnapshot): Parts {
    this.strings = strings;
    this.target = target;
    const { formatCount } = this;
    const list = new LogList({
      name: fill(strings.listName, { name: target.name }),
      look: this.rowLook(strings),
      cache: this.cache,
      onFollowing: () => {
        this.tellView();
        this.showStatus();
      },
      onDrawn: () => {
        this.acknowledge();
        this.tellView();
      },
    });
    const find = new FindBox({
      strings,
      formatCount,
      query: this.query,
      source: {
        find: (findId, query) => this.channel.ask('find', { findId, query }),
        step: (step) => this.channel.ask('step', step),
      },
      origin: () => ({ row: list.position, isEnd: list.isFollowing }),
      onSearch: (findId, query) => {
        this.query = query;
        this.cache.setFind(findId);
        this.keep();
      },
      onMatch: (position) => {
        list.setCurrent(position);
      },
      onLeave: () => {
        list.element.focus();
      },
    });
    const sheet = keySheet(strings);
    const onWrap = (): void => {
      this.setLook({ ...this.look, wrap: !this.look.wrap });
    };
    const onTimestamps = (): void => {
      this.setLook({ ...this.look, timestamps: nextTimestampMode(this.look.timestamps) });
    };
    const onKeys = (): void => {
      if (!sheet.open) sheet.showModal();
    };
    const toolbar = new Toolbar({ strings, find: find.element, onWrap, onTimestamps, onKeys });
    const onJump = (): void => {
      list.follow();
      list.element.focus();
    };
    const status = new StatusLine({ strings, formatCount, onJump });
    document.body.append(toolbar.element, list.element, status.element, sheet);
    listenToKeys({
      find: () => {
        find.focus();
      },
      next: () => void find.step('next'),
      previous: () => void find.step('previous'),
      endFind: () => {
        find.end();
      },
      end: () => {
        list.follow();
      },
      home: () => {
        list.scrollToTop();
      },
      wrap: onWrap,
      timestamps: onTimestamps,
      keys: onKeys,
    });
    toolbar.show(this.look);
    list.setWrapped(this.look.wrap);
    list.element.focus();
    this.keep();
    return { list, find, toolbar, status };
  }

  private setLook(look: Look): void {
    const before = this.look;
    this.look = look;
    if (this.parts === undefined || this.strings === undefined) return;
    this.parts.toolbar.show(look);
    if (look.wrap !== before.wrap) this.parts.list.setWrapped(look.wrap);
    if (look.timestamps !== before.timestamps) this.parts.list.setLook(this.rowLook(this.strings));
    this.keep();
  }

  private rowLook(strings: LogsStrings): RowLook {
    return { timestamps: this.look.timestamps, strings, containerName: this.target.name };
  }

  private showStatus(): void {
    const { parts, state } = this;
    if (parts !== undefined && state !== undefined)
      parts.status.show(state.extent, state.phase, parts.list.isFollowing);
  }

  private noticeText({ extent, phase }: LogState): string {
    const { strings } = this;
    if (strings === undefined) return '';
    if (extent.endRow === 0 && phase !== 'connecting') return strings.noOutput;
    return droppedText(extent, strings, this.formatCount);
  }

  private acknowledge(): void {
    if (this.unacknowledged === undefined) return;
    this.channel.tell('acknowledge', { seq: this.unacknowledged });
    this.unacknowledged = undefined;
  }

  /** The newest rows are wanted only while they are looked at. */
  private tellView(): void {
    if (this.parts === undefined) return;
    const { list } = this.parts;
    const tailRows = list.isFollowing ? list.tailRows : 0;
    if (tailRows === this.tailRows) return;
    this.tailRows = tailRows;
    this.channel.tell('view', { tailRows });
  }

  private keep(): void {
    const state: LogsPageState = { version: 1, target: this.target, ...this.look, find: this.query };
    this.host.setState(state);
  }
}

function droppedText(
  extent: LogExtent,
  strings: LogsStrings,
  formatCount: (count: number) => string,
): string {
  const count = formatCount(extent.droppedLines);
  if (extent.droppedLines === 0) return extent.hasEarlier ? strings.earlierNotLoaded : '';
  return fill(extent.hasEarlier ? strings.linesDroppedAndEarlier : strings.linesDropped, { count });
}
