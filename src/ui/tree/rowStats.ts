import type { Clock } from '../../base/async.ts';
import { Emitter, type Event } from '../../base/event.ts';
import { type Disposable, DisposableStore } from '../../base/lifecycle.ts';
import type { EngineSet } from '../../engine/engineSet.ts';
import { StatsFeed } from '../../engine/statsFeed.ts';
import { parseObjectRef } from '../../model/identity.ts';
import { useText } from '../../model/tree/useText.ts';

/** Numbers move on every few moments: each time, the editor draws the rows anew. */
const everyMoments = 3;

export interface RowStatsOptions {
  readonly engines: EngineSet;
  readonly clock: Clock;
  readonly isWanted: () => boolean;
  readonly onDidChangeWanted: Event<void>;
}

/** What running containers use, for their rows; measured while the view is in sight and somebody wants it. */
export class RowStats implements Disposable {
  private readonly options: RowStatsOptions;
  private readonly owned = new DisposableStore();
  private readonly didChange = this.owned.add(new Emitter<void>());
  private readonly feed: StatsFeed;
  private texts: ReadonlyMap<string, ReadonlyMap<string, string>> = new Map();
  private moments = 0;
  private mayMove: (key: string) => boolean = () => false;
  readonly onDidChange = this.didChange.event;

  constructor(options: RowStatsOptions) {
    this.options = options;
    this.feed = this.owned.add(
      new StatsFeed({
        engines: options.engines,
        includes: (key, { state }) => state === 'running' && this.mayMove(key),
        clock: options.clock,
        keepMs: 0,
        onMoment: () => {
          this.onMoment();
        },
      }),
    );
  }

  /** By container id, what its row says. */
  of(engineId: string): ReadonlyMap<string, string> {
    return this.texts.get(engineId) ?? new Map();
  }

  /**
   * The view is in sight until this ends. Measured is whose row may move: it may be hidden by a filter, or in a group that
   * is closed.
   */
  watch(mayMove: (key: string) => boolean): Disposable {
    this.mayMove = mayMove;
    const { isWanted, onDidChangeWanted } = this.options;
    const watching = new DisposableStore();
    const follow = (): void => {
      if (isWanted()) this.feed.watch();
      else this.rest();
    };
    watching.add(onDidChangeWanted(follow));
    watching.add({
      dispose: () => {
        this.rest();
      },
    });
    follow();
    return watching;
  }

  dispose(): void {
    this.owned.dispose();
  }

  private rest(): void {
    this.feed.unwatch();
    this.moments = 0;
    if (this.texts.size === 0) return;
    this.texts = new Map();
    this.didChange.fire();
  }

  private onMoment(): void {
    if (this.texts.size > 0 && ++this.moments % everyMoments > 0) return;
    const texts = new Map<string, Map<string, string>>();
    for (const { key, sample } of this.feed.subjects) {
      const ref = parseObjectRef(key);
      if (ref === undefined || sample === undefined) continue;
      const own = texts.get(ref.engineId) ?? new Map<string, string>();
      texts.set(ref.engineId, own.set(ref.id, useText(sample)));
    }
    if (texts.size + this.texts.size === 0) return;
    this.texts = texts;
    this.didChange.fire();
  }
}
