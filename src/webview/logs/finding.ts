import type { FindQuery } from '../../model/log.ts';
import type { PageChannel } from '../../protocol/channel.ts';
import type { LogsContract, LogsStrings } from '../../protocol/logs.ts';
import { type CurrentMatch, FindBox } from './findBox.ts';
import type { Folding } from './folding.ts';
import type { HistoryWish } from './historyWish.ts';
import type { KeptState } from './kept.ts';
import type { LogList } from './list.ts';
import type { RowCache } from './rowCache.ts';
import type { Shows } from './shows.ts';

/** Find in this log: the reader searches, and the list shows the match that find stands on. */
export function createFindBox(parts: {
  readonly strings: LogsStrings;
  readonly formatCount: (count: number) => string;
  readonly channel: PageChannel<LogsContract>;
  readonly kept: KeptState;
  readonly list: LogList;
  readonly cache: RowCache;
  readonly shows: Shows;
  readonly wish: HistoryWish;
  readonly folding: Folding;
  readonly onLeave: () => void;
}): FindBox {
  const { strings, formatCount, channel, kept, list, cache, shows, wish, folding, onLeave } = parts;
  const showMatch = async (
    match: CurrentMatch | undefined,
    foldedIn: number | undefined,
  ): Promise<number | undefined> => {
    const position =
      match === undefined || foldedIn === undefined
        ? match?.position
        : await folding.unfold(foldedIn, { row: match.row, offset: list.thirdOfScreen });
    list.setCurrent(match === undefined ? undefined : { ...match, position: position ?? match.position });
    return position;
  };
  return new FindBox({
    strings,
    formatCount,
    query: kept.now.find,
    source: {
      find: (findId, query) => channel.ask('find', { findId, query }),
      step: (step) => channel.ask('step', step),
      locate: async (row) => (await channel.ask('locate', { at: undefined, row })).position,
      showId: () => shows.id,
    },
    origin: () => ({ row: list.position, isEnd: list.isFollowing }),
    onSearch: (findId, query: FindQuery) => {
      cache.setFind(findId);
      kept.keep({ find: query });
      if (query.pattern !== '') wish.all();
    },
    onMatch: showMatch,
    onLeave,
  });
}
