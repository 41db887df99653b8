import type { Disposable } from '../../base/lifecycle.ts';
import { DisposableStore } from '../../base/lifecycle.ts';
import type { EngineSet, KnownEngine } from '../../engine/engineSet.ts';
import type { Container } from '../../model/container.ts';
import { hasReason } from '../../model/engineError.ts';
import type { ObjectRef } from '../../model/identity.ts';

const answerMs = 10_000;

/** What there is of a container now. */
export type Whereabouts = Container | 'removed' | 'unreachable';

/** What happened to it, or to its engine. */
export type ContainerEvent = 'paused' | 'unpaused' | 'died' | 'started' | 'engineBack';

const events: Readonly<Record<string, ContainerEvent>> = {
  pause: 'paused',
  unpause: 'unpaused',
  die: 'died',
  destroy: 'died',
  start: 'started',
};

/**
 * One container as a person means it: when it is removed and another one has its name, it is that one. Its engine may
 * have been found again meanwhile.
 */
export class FollowedContainer {
  private readonly engines: EngineSet;
  private readonly engineId: string;
  private currentId: string;
  private lastName: string;

  constructor(engines: EngineSet, ref: ObjectRef, name: string) {
    this.engines = engines;
    this.engineId = ref.engineId;
    this.currentId = ref.id;
    this.lastName = name;
  }

  get id(): string {
    return this.currentId;
  }

  get ref(): ObjectRef {
    return { engineId: this.engineId, kind: 'container', id: this.currentId };
  }

  get name(): string {
    this.lastName = this.known?.name ?? this.lastName;
    return this.lastName;
  }

  get owner(): KnownEngine | undefined {
    return this.engines.get(this.engineId);
  }

  /** As far as it is in the live model. */
  get known(): Container | undefined {
    return this.owner?.store.state.snapshot.container.get(this.currentId);
  }

  async find(): Promise<Whereabouts> {
    const engine = this.owner?.store.engine;
    if (engine === undefined) return 'unreachable';
    // By its id, then by its name.
    for (const wanted of new Set([this.currentId, this.name]))
      try {
        const found = await engine.read('container', wanted, AbortSignal.timeout(answerMs));
        this.currentId = found.id;
        this.lastName = found.name;
        return found;
      } catch (error) {
        if (!hasReason(error, 'notFound')) return 'unreachable';
      }
    return 'removed';
  }

  watch(onEvent: (event: ContainerEvent) => void): Disposable {
    const owned = new DisposableStore();
    let isThere = this.isEngineThere();
    owned.add(
      this.engines.onDidReceiveEvent(({ engineId, event }) => {
        const isOurs =
          engineId === this.engineId &&
          event.kind === 'container' &&
          (event.id === this.currentId || event.attributes['name'] === this.lastName);
        const happened = events[event.action];
        if (isOurs && happened !== undefined) onEvent(happened);
      }),
    );
    owned.add(
      this.engines.onDidChange(() => {
        const was = isThere;
        isThere = this.isEngineThere();
        if (isThere && !was) onEvent('engineBack');
      }),
    );
    return owned;
  }

  private isEngineThere(): boolean {
    return this.owner?.store.state.connection.phase === 'connected';
  }
}
