import type { Clock } from '../base/async.ts';
import { type Disposable, DisposableStore, MutableDisposable, toDisposable } from '../base/lifecycle.ts';
import type { Container, ContainerState } from '../model/container.ts';
import { printObjectRef } from '../model/identity.ts';
import type { StatsSample } from '../model/stats.ts';
import { isInStatsScope, type StatsScope } from '../model/statsScope.ts';
import type { EngineSet, KnownEngine } from './engineSet.ts';
import { StatsTimeline } from './statsTimeline.ts';

/** As often as an engine measures. */
const momentMs = 1000;

/** A sample older than that says nothing of now; Podman measures every 5 s. */
const validMs = 6000;

const keepMs = 60 * 60_000;

/** A container of the scope at this moment. */
export interface StatsSubject {
  /** A printed object ref. */
  readonly key: string;
  readonly engineName: string;
  readonly name: string;
  readonly state: ContainerState;
  /** Its engine is out of reach. */
  readonly isOffline: boolean;
  /** Undefined while nothing is measured. */
  readonly sample: StatsSample | undefined;
}

interface Reading {
  readonly life: AbortController;
  latest: { readonly at: number; readonly sample: StatsSample } | undefined;
}

export interface StatsFeedOptions {
  readonly engines: EngineSet;
  readonly scope: StatsScope;
  readonly clock: Clock;
  /** After each moment. */
  readonly onMoment: () => void;
}

/**
 * Reads what the running containers of a scope use while somebody watches: one stream a container, and none while nobody
 * does. Who belongs to the scope is what the live model says at each moment.
 */
export class StatsFeed implements Disposable {
  readonly timeline = new StatsTimeline(keepMs);
  private readonly options: StatsFeedOptions;
  private readonly readings = new Map<string, Reading>();
  private watching: DisposableStore | undefined;

  constructor(options: StatsFeedOptions) {
    this.options = options;
  }

  /** In the order of their names. */
  get subjects(): readonly StatsSubject[] {
    const now = this.options.clock.now();
    return this.members().map(({ key, engine, container }) => {
      const latest = this.readings.get(key)?.latest;
      return {
        key,
        engineName: engine.description.name,
        name: container.name,
        state: container.state,
        isOffline: engine.store.state.connection.phase !== 'connected',
        sample: latest !== undefined && now - latest.at <= validMs ? latest.sample : undefined,
      };
    });
  }

  /** Reads from now on; what was read before stays in the timeline. */
  watch(): void {
    if (this.watching !== undefined) return;
    const watching = new DisposableStore();
    this.watching = watching;
    for (const { store } of this.options.engines.all) watching.add(store.attend('container'));
    watching.add(
      toDisposable(() => {
        for (const { life } of this.readings.values()) life.abort();
        this.readings.clear();
      }),
    );
    const timer = watching.add(new MutableDisposable());
    const next = (): void => {
      timer.set(toDisposable(this.options.clock.after(momentMs, pass)));
    };
    const pass = (): void => {
      this.measure();
      next();
    };
    this.follow();
    next();
  }

  unwatch(): void {
    this.watching?.dispose();
    this.watching = undefined;
  }

  dispose(): void {
    this.unwatch();
  }

  private measure(): void {
    const samples = this.subjects.flatMap(({ key, sample }): [string, StatsSample][] =>
      sample === undefined ? [] : [[key, sample]],
    );
    this.timeline.push(this.options.clock.now(), new Map(samples));
    this.follow();
    this.options.onMoment();
  }

  /** Reads what runs, and nothing else; at each moment, so that what failed is tried again. */
  private follow(): void {
    const running = new Map(
      this.members()
        .filter(
          ({ engine, container }) =>
            container.state === 'running' && engine.store.state.connection.phase === 'connected',
        )
        .map((member) => [member.key, member]),
    );
    for (const [key, { life }] of this.readings)
      if (!running.has(key)) {
        life.abort();
        this.readings.delete(key);
      }
    for (const [key, { engine, container }] of running)
      if (!this.readings.has(key)) this.read(key, engine, container.id);
  }

  private read(key: string, { store }: KnownEngine, id: string): void {
    const reading: Reading = { life: new AbortController(), latest: undefined };
    this.readings.set(key, reading);
    const { signal } = reading.life;
    const listen = async (): Promise<void> => {
      for await (const sample of store.engine.stats(id, signal))
        reading.latest = { at: this.options.clock.now(), sample };
    };
    listen()
      // The live model will say why it ended: the container did, or the engine went.
      .catch(() => undefined)
      .finally(() => {
        if (signal.aborted) return;
        this.readings.delete(key);
      });
  }

  private members(): readonly {
    readonly key: string;
    readonly engine: KnownEngine;
    readonly container: Container;
  }[] {
    return this.options.engines.active
      .flatMap((engine) =>
        [...engine.store.state.snapshot.container.values()]
          .filter((container) => isInStatsScope(this.options.scope, engine.description.id, container))
          .map((container) => ({
            key: printObjectRef({
              engineId: engine.description.id,
              kind: 'container',
              id: container.id,
            }),
            engine,
            container,
          })),
      )
      .sort((a, b) => (a.container.name < b.container.name ? -1 : 1));
  }
}
