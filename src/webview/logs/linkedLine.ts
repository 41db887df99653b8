import type { LogState } from '../../model/log.ts';
import type { LinePlace } from '../../model/logQuestions.ts';
import type { PageChannel } from '../../protocol/channel.ts';
import type { LogsContract, LogsStrings } from '../../protocol/logs.ts';
import type { Folding } from './folding.ts';
import type { LogList } from './list.ts';
import type { Pointed } from './pointed.ts';

/** Leads to the line that a link names: reads back as far as that may be, and points at it. */
export class LinkedLine {
  private readonly channel: PageChannel<LogsContract>;
  private readonly strings: LogsStrings;
  private readonly list: LogList;
  private readonly pointed: Pointed;
  private readonly folding: Folding;
  private readonly say: (sentence: string) => void;
  private wanted: LinePlace | undefined;
  private newest: LogState | undefined;
  private isAsking = false;

  constructor(options: {
    readonly channel: PageChannel<LogsContract>;
    readonly strings: LogsStrings;
    readonly list: LogList;
    readonly pointed: Pointed;
    readonly folding: Folding;
    readonly say: (sentence: string) => void;
  }) {
    this.channel = options.channel;
    this.strings = options.strings;
    this.list = options.list;
    this.pointed = options.pointed;
    this.folding = options.folding;
    this.say = options.say;
  }

  seek(line: LinePlace, state: LogState | undefined): void {
    this.wanted = line;
    if (state !== undefined) this.update(state);
  }

  /** There is news of the log: maybe it reaches back far enough now. */
  update(state: LogState): void {
    this.newest = state;
    if (this.wanted === undefined || this.isAsking || state.history.phase === 'reading') return;
    void this.look(this.wanted, state);
  }

  private async look(line: LinePlace, state: LogState): Promise<void> {
    this.isAsking = true;
    const result = await this.channel.ask('seek', line).catch(() => undefined);
    this.isAsking = false;
    if (result === undefined || line !== this.wanted) return;
    if (result.kind === 'older') {
      this.say(this.strings.linkedReading);
      if (state.history.phase === 'partial') this.channel.tell('more', { isAll: false });
      // There was news while this was asked.
      if (this.newest !== undefined && this.newest !== state) this.update(this.newest);
      return;
    }
    const { kind, row, position, foldedIn } = result;
    const place =
      row === undefined || foldedIn === undefined
        ? position
        : await this.folding.unfold(foldedIn, { row, offset: this.list.thirdOfScreen });
    this.wanted = undefined;
    this.say(kind === 'found' ? '' : this.strings.linkedMissing);
    if (row === undefined || place === undefined) return;
    this.pointed.point(row);
    this.list.scrollTo(place);
    this.list.element.focus();
  }
}
