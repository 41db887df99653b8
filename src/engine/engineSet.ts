import { type Clock, systemClock } from '../base/async.ts';
import { Emitter, type Event } from '../base/event.ts';
import type { Disposable } from '../base/lifecycle.ts';
import type { Logger } from '../base/logger.ts';
import type { EngineEvent } from '../model/engineEvent.ts';
import type { Engine } from './engine.ts';
import { EngineStore } from './engineStore.ts';

/** An engine that was found, whether it answers or not. */
export interface EngineDescription {
  /** Stable between sessions; part of every object's identity. */
  readonly id: string;
  readonly name: string;
  /** As a person would write it: `unix:///var/run/docker.sock`. */
  readonly address: string;
  /** True when the engine runs on this machine, so that its daemon can be started and stopped here. */
  readonly isLocal: boolean;
  /** What a worker needs to open its own connection; cloneable between threads, opaque to everyone else. */
  readonly endpoint: unknown;
  open(): Engine;
}

export interface KnownEngine {
  readonly description: EngineDescription;
  readonly store: EngineStore;
}

export interface ReceivedEvent {
  readonly engineId: string;
  readonly event: EngineEvent;
}

/** Every engine that was found, in the order of preference. The first is the default one. */
export class EngineSet implements Disposable {
  private readonly clock: Clock;
  private readonly log: Logger;
  private readonly didChange = new Emitter<KnownEngine | undefined>();
  private readonly didReceive = new Emitter<ReceivedEvent>();
  private known: readonly KnownEngine[] = [];

  constructor(log: Logger, clock: Clock = systemClock) {
    this.log = log;
    this.clock = clock;
  }

  /** With the engine whose state changed, or undefined when the set itself did. */
  readonly onDidChange: Event<KnownEngine | undefined> = this.didChange.event;

  /** Every event of every engine, as it comes. */
  readonly onDidReceiveEvent: Event<ReceivedEvent> = this.didReceive.event;

  get all(): readonly KnownEngine[] {
    return this.known;
  }

  /** Those that the user wants to see: connected, or trying to be. */
  get active(): readonly KnownEngine[] {
    return this.known.filter(({ store }) => store.state.connection.phase !== 'disconnected');
  }

  get(id: string): KnownEngine | undefined {
    return this.known.find(({ description }) => description.id === id);
  }

  /** Takes over what was found now; engines whose id and address are as before keep their connection and state. */
  update(found: readonly EngineDescription[]): void {
    const before = new Map(this.known.map((engine) => [engine.description.id, engine]));
    this.known = found.map((description) => {
      const old = before.get(description.id);
      if (old?.description.address !== description.address) return this.add(description);
      before.delete(description.id);
      return { description, store: old.store };
    });
    for (const { store } of before.values()) store.dispose();
    this.didChange.fire(undefined);
  }

  dispose(): void {
    for (const { store } of this.known) store.dispose();
    this.known = [];
    this.didChange.dispose();
    this.didReceive.dispose();
  }

  private add(description: EngineDescription): KnownEngine {
    const store = new EngineStore(description.id, description.open(), this.clock, this.log);
    const engine = { description, store };
    store.onDidChange(() => {
      this.didChange.fire(engine);
    });
    store.onDidReceiveEvent((event) => {
      this.didReceive.fire({ engineId: description.id, event });
    });
    return engine;
  }
}
