import { type Disposable, DisposableStore } from '../../base/lifecycle.ts';
import type { EngineSet, KnownEngine } from '../../engine/engineSet.ts';
import type { WorkerSource } from '../../logs/messages.ts';
import type { Container } from '../../model/container.ts';
import type { EngineEvent } from '../../model/engineEvent.ts';
import { printObjectRef } from '../../model/identity.ts';
import type { LogEvent } from '../../model/log.ts';
import { isInScope, type ContainerScope } from '../../model/containerScope.ts';

export interface ScopeListener {
  /** Containers that belong to the scope and were not known. */
  joined(sources: readonly WorkerSource[]): void;
  /** The live model has news of a container, or of its engine. */
  changed(ref: string): void;
  /** Something happened to a container that its log does not tell by itself. */
  happened(ref: string, event: LogEvent, at: number): void;
  /** An engine went, or is back. */
  engineChanged(engineId: string, isThere: boolean): void;
}

/** Which containers a log's scope has, by the live model: those that come later join. */
export class ScopeWatch implements Disposable {
  private readonly scope: ContainerScope;
  private readonly engines: EngineSet;
  private readonly listener: ScopeListener;
  private readonly owned = new DisposableStore();
  private readonly known = new Map<string, WorkerSource>();
  private readonly records = new Map<string, Container>();
  /** By engine: whether it was there when it was last looked at. */
  private readonly links = new Map<string, boolean>();

  constructor(scope: ContainerScope, engines: EngineSet, listener: ScopeListener) {
    this.scope = scope;
    this.engines = engines;
    this.listener = listener;
    for (const engine of engines.all) {
      this.look(engine);
      this.lookAtLink(engine);
    }
  }

  /** All that belonged to it so far, in the order in which they were created. */
  get sources(): readonly WorkerSource[] {
    return [...this.known.values()];
  }

  begin(): void {
    this.owned.add(
      this.engines.onDidChange((engine) => {
        for (const each of engine === undefined ? this.engines.all : [engine]) this.update(each);
      }),
    );
    this.owned.add(
      this.engines.onDidReceiveEvent(({ engineId, event }) => {
        const told = toLogEvent(event);
        const ref = printObjectRef({ engineId, kind: 'container', id: event.id });
        if (told !== undefined && this.known.has(ref)) this.listener.happened(ref, told, event.at);
      }),
    );
  }

  dispose(): void {
    this.owned.dispose();
  }

  private update(engine: KnownEngine): void {
    const fresh = this.look(engine);
    if (fresh.length > 0) this.listener.joined(fresh);
    this.lookAtLink(engine);
    const { snapshot, connection } = engine.store.state;
    for (const ref of this.known.keys()) {
      const [engineId = '', , id = ''] = ref.split('/');
      if (engineId !== engine.description.id) continue;
      const record = snapshot.container.get(id);
      // The engine's state changes for many reasons; a record that is the same object did not change.
      if (record !== undefined && record === this.records.get(ref)) continue;
      if (record === undefined && connection.phase === 'connected' && !this.records.has(ref)) continue;
      if (record === undefined) this.records.delete(ref);
      else this.records.set(ref, record);
      this.listener.changed(ref);
    }
  }

  private lookAtLink({ description: { id }, store }: KnownEngine): void {
    const { phase } = store.state.connection;
    const before = this.links.get(id);
    if (phase === 'connected') this.links.set(id, true);
    else if (phase === 'unreachable' && before !== undefined) this.links.set(id, false);
    const isThere = this.links.get(id);
    if (before !== undefined && isThere !== undefined && isThere !== before)
      this.listener.engineChanged(id, isThere);
  }

  /** Takes in what is new of one engine. */
  private look({ description, store }: KnownEngine): readonly WorkerSource[] {
    const { id: engineId, endpoint } = description;
    const fresh: WorkerSource[] = [];
    const add = (containerId: string, name: string): void => {
      const ref = printObjectRef({ engineId, kind: 'container', id: containerId });
      if (this.known.has(ref)) return;
      const source = { ref, name, endpoint, containerId };
      this.known.set(ref, source);
      fresh.push(source);
    };
    // A named container is read also when the live model does not have it (yet): the engine will say what it is.
    if (this.scope.kind === 'containers')
      for (const ref of this.scope.refs)
        if (ref.engineId === engineId) add(ref.id, store.state.snapshot.container.get(ref.id)?.name ?? '');
    const members = [...store.state.snapshot.container.values()].filter((container) =>
      isInScope(this.scope, engineId, container),
    );
    members.sort((a, b) => a.createdAt - b.createdAt);
    for (const { id, name } of members) add(id, name);
    return fresh;
  }
}

/** Starts and ends are told by the reader of the log itself, which knows where between the lines they belong. */
function toLogEvent({ kind, action, detail }: EngineEvent): LogEvent | undefined {
  if (kind !== 'container') return undefined;
  if (action === 'oom') return { kind: 'outOfMemory' };
  if (action !== 'health_status') return undefined;
  return detail === 'healthy' || detail === 'unhealthy' || detail === 'starting'
    ? { kind: 'health', status: detail }
    : undefined;
}
