import type { Clock } from '../base/async.ts';
import { type Disposable, DisposableStore, MutableDisposable, toDisposable } from '../base/lifecycle.ts';
import type { Container, ContainerState } from '../model/container.ts';
import { printObjectRef } from '../model/identity.ts';
import type { StatsSample } from '../model/stats.ts';
import type { EngineSet, KnownEngine } from './engineSet.ts';
import { StatsTimeline } from './statsTimeline.ts';

/** As often as an engine measures. */
const momentMs = 1000;

/** A sample older than that says nothing of now; Podman measures every 5 s. */
const validMs = 6000;

const hourMs = 60 * 60_000;

/** A container at this moment. */
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

interface Member {
  readonly key: string;
  readonly engine: KnownEngine;
  readonly container: Container;
}

interface Reading {
  readonly life: AbortController;
  latest: { readonly at: number; readonly sample: StatsSample } | undefined;
}

export interface StatsFeedOptions {
  readonly engines: EngineSet;
  /** Who is measured while it runs, by a printed object ref and what the live model knows. */
  readonly includes: (key: string, container: Container, engineId: string) => boolean;
  readonly clock: Clock;
  /** How long moments are kept; an hour when absent. */
  readonly keepMs?: number;
  /** After each moment. */
  readonly onMoment: () => void;
}

/**
 * Reads what running containers use while somebody watches: one stream a container, and none while nobody does. Who they
 * are is what the live model says at each moment.
 */
export class StatsFeed implements Disposable {
  readonly timeline: StatsTimeline;
  private readonly options: StatsFeedOptions;
  private readonly readings = new Map<string, Reading>();
  private watching: DisposableStore | undefined;

  constructor(options: StatsFeedOptions) {
    this.options = options;
    this.timeline = new StatsTimeline(options.keepMs ?? hourMs);
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

  private members(): readonly Member[] {
    return this.options.engines.active
      .flatMap((engine) => {
        const engineId = engine.description.id;
        return [...engine.store.state.snapshot.container.values()]
          .map((container): Member => {
            const key = printObjectRef({ engineId, kind: 'container', id: container.id });
            return { key, engine, container };
          })
          .filter(({ key, container }) => this.options.includes(key, container, engineId));
      })
      .sort((a, b) => (a.container.name < b.container.name ? -1 : 1));
  }
}
