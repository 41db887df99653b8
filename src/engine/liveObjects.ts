import { type Clock, mapLimited } from '../base/async.ts';
import { asEngineError, type EngineError, hasReason } from '../model/engineError.ts';
import type { EngineEvent } from '../model/engineEvent.ts';
import { type ObjectKind, objectKinds } from '../model/identity.ts';
import { type EngineSnapshot, emptySnapshot, type ObjectOf, put, reduce } from '../model/snapshot.ts';
import type { Engine } from './engine.ts';

/** Above this many objects of one kind, listing the kind is less work for both sides than reading them one by one. */
const relistAbove = 64;
const parallelReads = 8;

/**
 * So long a change waits for the reads that make it exact, to be drawn once. An engine answers within two or three
 * milliseconds, but an inspect of a container that is being started waits for the start: 200 ms and more.
 */
const graceMs = 20;

/** The events after which there is no such object any more. */
const endings: readonly string[] = ['destroy', 'delete', 'remove'];

export interface LiveObjectsOptions {
  readonly engine: Engine;
  readonly clock: Clock;
  /** Whether somebody looks at this kind; containers are loaded anyway, for the count of running ones. */
  readonly isAttended: (kind: ObjectKind) => boolean;
  readonly onChange: (objects: KnownObjects) => void;
  /** The connection is not to be trusted any more: whoever owns it must make a new one. */
  readonly onBroken: (error: EngineError) => void;
}

export interface KnownObjects {
  readonly snapshot: EngineSnapshot;
  /** The kinds that were asked for. */
  readonly loaded: ReadonlySet<ObjectKind>;
  /** Of those, the ones that the engine could not list, and why. */
  readonly failed: ReadonlyMap<ObjectKind, EngineError>;
}

/**
 * Keeps a snapshot true: applies each event at once to what it concerns, remembers which objects it made stale, and
 * reads those in one flush at a time, so that a burst costs few requests. What takes long to read is published as the
 * event alone tells it. Not connected, it keeps what it has.
 */
export class LiveObjects {
  private readonly options: LiveObjectsOptions;
  private snapshot: EngineSnapshot = emptySnapshot;
  private loaded: ReadonlySet<ObjectKind> = new Set();
  private failed: ReadonlyMap<ObjectKind, EngineError> = new Map();
  /** Per kind, ids to read again; the empty id asks for the whole kind. */
  private readonly stale = new Map<ObjectKind, Set<string>>(objectKinds.map((kind) => [kind, new Set()]));
  /** Ids that an event named while a read was under way: what was read of them may be older than the event. */
  private readonly touched = new Set<string>();
  /** Records that came from reading the object itself. */
  private readonly exact = new WeakSet<object>();
  /** Events since a list was asked for: the list may be older than they are. */
  private sinceList: EngineEvent[] | undefined;
  private signal: AbortSignal | undefined;
  private flushing: Promise<void> | undefined;
  private cancelGrace: (() => void) | undefined;

  constructor(options: LiveObjectsOptions) {
    this.options = options;
  }

  /**
   * Lists what is wanted and says what is known then, without publishing it; afterwards events keep it true until
   * `stop`. Rejects when the engine can't be asked.
   */
  async start(signal: AbortSignal): Promise<KnownObjects> {
    this.signal = signal;
    for (const kind of this.loaded) this.staleIds(kind).add('');
    await this.read(signal);
    this.endGrace();
    this.wake();
    return this.known();
  }

  /** Ends what `start` began with this signal; a start that came after it goes on. */
  stop(signal: AbortSignal): void {
    if (this.signal !== signal) return;
    this.signal = undefined;
    this.endGrace();
  }

  clear(): void {
    this.snapshot = emptySnapshot;
    this.loaded = new Set();
    this.failed = new Map();
    for (const ids of this.stale.values()) ids.clear();
  }

  /** Lists again what is loaded and attended to. */
  async relist(): Promise<void> {
    const { signal } = this;
    if (signal === undefined) return;
    for (const kind of this.loaded) this.staleIds(kind).add('');
    await this.flush(signal);
  }

  receive(event: EngineEvent): void {
    this.sinceList?.push(event);
    const before = this.snapshot;
    this.apply(event);
    if (this.snapshot !== before && this.loaded.has(event.kind)) {
      // A row that comes has all but its details from the event; the others are only drawn once.
      if (this.isIdle() || event.action === 'create') this.publish();
      else this.cancelGrace ??= this.options.clock.after(graceMs, this.publish);
    }
    this.wake();
  }

  /** Reads an object that is known from a list only, or from before an event; one read already is left alone. */
  async readExactly(kind: ObjectKind, id: string): Promise<void> {
    const { signal } = this;
    const known = this.snapshot[kind].get(id);
    if (signal === undefined || known === undefined || this.exact.has(known)) return;
    this.staleIds(kind).add(id);
    await this.flush(signal).catch(() => undefined);
  }

  /** Starts a flush if there is something to read for somebody, and none is under way. */
  wake(): void {
    const { signal } = this;
    if (signal === undefined || this.flushing !== undefined || this.isIdle()) return;
    this.flush(signal).then(
      () => {
        if (!signal.aborted) this.wake();
      },
      (error: unknown) => {
        if (!signal.aborted) this.options.onBroken(asEngineError(error));
      },
    );
  }

  private async flush(signal: AbortSignal): Promise<void> {
    // Of several that wait for one flush, each must find out whether another was quicker.
    while (this.flushing !== undefined) await this.flushing;
    await this.read(signal);
    if (!signal.aborted) this.publish();
  }

  /** The only way to read: one flush at a time. */
  private read(signal: AbortSignal): Promise<void> {
    const flushing = this.readStale(signal, this.wantedKinds()).finally(() => {
      this.flushing = undefined;
    });
    // Whoever waits for the flush before theirs does not care how it ended.
    this.flushing = flushing.catch(() => undefined);
    return flushing;
  }

  /** What is attended to, and containers whenever their list is not to be trusted: the badge counts them. */
  private wantedKinds(): readonly ObjectKind[] {
    return objectKinds.filter(
      (kind) =>
        this.options.isAttended(kind) ||
        (kind === 'container' && (!this.loaded.has(kind) || this.staleIds(kind).has(''))),
    );
  }

  private isIdle(): boolean {
    return this.wantedKinds().every((kind) => this.loaded.has(kind) && this.staleIds(kind).size === 0);
  }

  private async readStale(signal: AbortSignal, kinds: readonly ObjectKind[]): Promise<void> {
    this.touched.clear();
    const whole = kinds.filter((kind) => {
      const ids = this.staleIds(kind);
      return !this.loaded.has(kind) || ids.has('') || ids.size > relistAbove;
    });
    const single = kinds
      .filter((kind) => !whole.includes(kind))
      .flatMap((kind) => [...this.staleIds(kind)].map((id) => ({ kind, id })));
    for (const kind of kinds) this.staleIds(kind).clear();
    if (whole.length > 0) this.sinceList = [];
    try {
      await Promise.all([
        ...whole.map((kind) => this.readKind(kind, signal)),
        mapLimited(single, parallelReads, ({ kind, id }) => this.readOne(kind, id, signal)),
      ]);
    } catch (error) {
      for (const kind of whole) this.staleIds(kind).add('');
      for (const { kind, id } of single) this.staleIds(kind).add(id);
      throw error;
    } finally {
      const missed = this.sinceList ?? [];
      this.sinceList = undefined;
      for (const event of missed) this.apply(event);
    }
  }

  private async readKind<K extends ObjectKind>(kind: K, signal: AbortSignal): Promise<void> {
    const objects = await this.options.engine.list(kind, signal).catch((error: unknown) => {
      if (isBroken(error)) throw error;
      this.failed = new Map([...this.failed, [kind, asEngineError(error)]]);
      return undefined;
    });
    if (signal.aborted) return;
    this.loaded = new Set([...this.loaded, kind]);
    if (objects === undefined) return;
    this.failed = new Map([...this.failed].filter(([failedKind]) => failedKind !== kind));
    const entries = objects.map((object): [string, ObjectOf[K]] => [idOf(object), object]);
    this.snapshot = { ...this.snapshot, [kind]: new Map(entries) };
  }

  private async readOne<K extends ObjectKind>(kind: K, id: string, signal: AbortSignal): Promise<void> {
    let object: ObjectOf[K] | undefined;
    try {
      object = await this.options.engine.read(kind, id, signal);
    } catch (error) {
      if (isBroken(error)) throw error;
      // What the engine can't describe keeps its last known row; what is gone goes.
      if (!hasReason(error, 'notFound')) return;
    }
    if (object !== undefined) this.exact.add(object);
    // An event about the same object came in between: it made the object stale again, or took it out.
    if (signal.aborted || this.touched.has(id)) return;
    this.snapshot = put(this.snapshot, kind, object === undefined ? id : idOf(object), object);
  }

  private apply(event: EngineEvent): void {
    const { snapshot, stale } = reduce(this.snapshot, event);
    this.snapshot = snapshot;
    this.touched.add(event.id);
    // What is gone needs no reading.
    if (endings.includes(event.action)) this.staleIds(event.kind).delete(event.id);
    for (const { kind, id } of stale) {
      this.touched.add(id);
      this.staleIds(kind).add(id);
    }
  }

  private readonly publish = (): void => {
    this.endGrace();
    this.options.onChange(this.known());
  };

  private known(): KnownObjects {
    return { snapshot: this.snapshot, loaded: this.loaded, failed: this.failed };
  }

  private endGrace(): void {
    this.cancelGrace?.();
    this.cancelGrace = undefined;
  }

  private staleIds(kind: ObjectKind): Set<string> {
    const ids = this.stale.get(kind);
    if (ids === undefined) throw new Error(`no such kind: ${kind}`);
    return ids;
  }
}

/** Failures that say nothing of the object asked for, but that nobody answers. */
function isBroken(error: unknown): boolean {
  return hasReason(error, 'unreachable') || hasReason(error, 'timeout') || hasReason(error, 'cancelled');
}

/** The id under which a snapshot keeps an object: volumes have only their name. */
function idOf(object: ObjectOf[ObjectKind]): string {
  return 'id' in object ? object.id : object.name;
}
