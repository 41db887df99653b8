import type { PageChannel } from '../../protocol/channel.ts';
import type { LogsContract, LogsPageTarget, LogsStrings } from '../../protocol/logs.ts';
import type { HistoryWish } from './historyWish.ts';
import type { KeptState } from './kept.ts';
import type { RowCache } from './rowCache.ts';
import type { Shows } from './shows.ts';

/** What the page gives to all that is seen of it. */
export interface ScreenParts {
  readonly strings: LogsStrings;
  readonly formatCount: (count: number) => string;
  readonly target: LogsPageTarget;
  readonly kept: KeptState;
  readonly channel: PageChannel<LogsContract>;
  readonly cache: RowCache;
  readonly shows: Shows;
  readonly wish: HistoryWish;
  readonly onDrawn: () => void;
  readonly onFollowing: () => void;
}
