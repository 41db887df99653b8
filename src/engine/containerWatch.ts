import { type Clock, type Throttled, throttle } from '../base/async.ts';
import { Emitter } from '../base/event.ts';
import { type Disposable, DisposableStore } from '../base/lifecycle.ts';
import type { ConnectionPhase } from '../model/connectionPhase.ts';
import type { Container } from '../model/container.ts';
import type { ContainerDetails } from '../model/containerDetails.ts';
import { asEngineError, type EngineError, hasReason } from '../model/engineError.ts';
import type { EngineEvent } from '../model/engineEvent.ts';
import type { ObjectRef } from '../model/identity.ts';
import type { ContainerRecipe } from './engine.ts';
import type { EngineSet } from './engineSet.ts';

/** Of a burst of changes only the first and the last are read. */
const restMs = 250;

/** What is known of the container now; the last facts stay when it is gone or its engine is. */
export interface WatchedContainer {
  readonly phase: ConnectionPhase;
  readonly details: ContainerDetails | undefined;
  readonly recipe: ContainerRecipe | undefined;
  /** As the live model has it. */
  readonly container: Container | undefined;
  readonly isGone: boolean;
  /** Has the name of one that is gone. */
  readonly successor: Container | undefined;
  /** Why it could not be read the last time. */
  readonly error: EngineError | undefined;
}

export interface ContainerWatchOptions {
  readonly engines: EngineSet;
  readonly ref: ObjectRef;
  /** Until the engine has told. */
  readonly name: string;
  readonly clock: Clock;
}

/** Follows one container while somebody watches: it is read when the live model or an event says that it changed. */
export class ContainerWatch implements Disposable {
  private readonly options: ContainerWatchOptions;
  private readonly didChange = new Emitter<void>();
  readonly onDidChange = this.didChange.event;
  private readonly reading: Throttled;
  private watching: DisposableStore | undefined;
  private life = new AbortController();
  private attended: ObjectRef['engineId'] | undefined;
  private details: ContainerDetails | undefined;
  private recipe: ContainerRecipe | undefined;
  private container: Container | undefined;
  private phase: ConnectionPhase = 'disconnected';
  private isGone = false;
  private error: EngineError | undefined;
  private isStale = true;
  private isReading = false;

  constructor(options: ContainerWatchOptions) {
    this.options = options;
    this.reading = throttle(options.clock, () => {
      void this.read();
      return restMs;
    });
  }

  get state(): WatchedContainer {
    const { phase, details, recipe, container, isGone, error } = this;
    return { phase, details, recipe, container, isGone, successor: this.successor(), error };
  }

  get name(): string {
    return this.container?.name ?? this.details?.name ?? this.options.name;
  }

  watch(): void {
    if (this.watching !== undefined) return;
    const { engines, ref } = this.options;
    const watching = new DisposableStore();
    this.watching = watching;
    this.life = new AbortController();
    this.attended = undefined;
    // What happened while nobody watched is not known.
    this.isStale = true;
    watching.add(
      engines.onDidChange((engine) => {
        if (engine === undefined || engine.description.id === ref.engineId) this.look();
      }),
    );
    watching.add(
      engines.onDidReceiveEvent(({ engineId, event }) => {
        if (engineId === ref.engineId && this.concerns(event)) this.want();
      }),
    );
    this.look();
  }

  unwatch(): void {
    this.watching?.dispose();
    this.watching = undefined;
    this.life.abort();
    this.reading.dispose();
  }

  dispose(): void {
    this.unwatch();
    this.didChange.dispose();
  }

  /** What the model does not show: probes of a health check, and what changes networks and limits. */
  private concerns(event: EngineEvent): boolean {
    const { id } = this.options.ref;
    if (event.kind === 'network') return event.attributes['container'] === id;
    if (event.kind !== 'container' || event.id !== id) return false;
    return event.action !== 'exec_die' || this.details?.health !== undefined;
  }

  private look(): void {
    const { engines, ref } = this.options;
    const store = engines.get(ref.engineId)?.store;
    const before = this.state;
    this.phase = store?.state.connection.phase ?? 'disconnected';
    if (store === undefined || this.phase !== 'connected') {
      // Whatever happens until it is back goes unseen.
      this.isStale = true;
      if (this.phase !== before.phase) this.didChange.fire();
      return;
    }
    if (this.attended !== ref.engineId) {
      this.attended = ref.engineId;
      this.watching?.add(store.attend('container'));
    }
    const container = store.state.snapshot.container.get(ref.id);
    this.isGone = container === undefined && store.state.loaded.has('container');
    if (container !== undefined && container !== this.container) {
      this.container = container;
      this.want();
    } else if (this.isStale && !this.isGone) this.want();
    const { successor } = this.state;
    if (this.phase !== before.phase || this.isGone !== before.isGone || successor !== before.successor)
      this.didChange.fire();
  }

  private want(): void {
    this.isStale = true;
    if (this.watching !== undefined && this.phase === 'connected' && !this.isGone) this.reading.call();
  }

  private async read(): Promise<void> {
    // Whatever came during a read is read after it.
    if (this.isReading) return;
    const { engines, ref } = this.options;
    const engine = engines.get(ref.engineId)?.store.engine;
    const { life } = this;
    const isOver = (): boolean => life.signal.aborted;
    if (engine === undefined || isOver()) return;
    this.isReading = true;
    this.isStale = false;
    try {
      const { details, recipe } = await engine.containerDetails(ref.id, life.signal);
      this.details = details;
      this.recipe = recipe;
      this.error = undefined;
    } catch (error) {
      if (!isOver()) this.fail(asEngineError(error));
    } finally {
      this.isReading = false;
    }
    if (!isOver()) this.didChange.fire();
    this.catchUp();
  }

  private catchUp(): void {
    if (this.isStale) this.want();
  }

  /** A connection that broke says it by itself. */
  private fail(error: EngineError): void {
    if (hasReason(error, 'notFound')) this.isGone = true;
    else if (!hasReason(error, 'unreachable')) this.error = error;
  }

  private successor(): Container | undefined {
    const { engines, ref } = this.options;
    const containers = this.isGone ? engines.get(ref.engineId)?.store.state.snapshot.container : undefined;
    return [...(containers?.values() ?? [])].find(({ id, name }) => id !== ref.id && name === this.name);
  }
}
