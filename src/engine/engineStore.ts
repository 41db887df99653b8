import { type Clock, delay } from '../base/async.ts';
import { CancelledError } from '../base/cancellation.ts';
import { Emitter, type Event } from '../base/event.ts';
import { type Disposable, toDisposable } from '../base/lifecycle.ts';
import type { Logger } from '../base/logger.ts';
import { asEngineError, type EngineError } from '../model/engineError.ts';
import type { EngineEvent } from '../model/engineEvent.ts';
import type { ObjectKind } from '../model/identity.ts';
import { emptySnapshot } from '../model/snapshot.ts';
import type { Engine, EngineVersion } from './engine.ts';
import { type KnownObjects, LiveObjects } from './liveObjects.ts';

/** Where an engine stands. `unreachable` keeps trying by itself; `disconnected` waits for the user. */
export type ConnectionState =
  | { readonly phase: 'disconnected' }
  | { readonly phase: 'connecting' }
  | { readonly phase: 'connected'; readonly version: EngineVersion }
  | { readonly phase: 'unreachable'; readonly error: EngineError };

/** All that views may know of one engine at one moment. While the engine is gone, the last known objects stay. */
export interface EngineState extends KnownObjects {
  readonly connection: ConnectionState;
}

const disconnected: EngineState = {
  connection: { phase: 'disconnected' },
  snapshot: emptySnapshot,
  loaded: new Set(),
  failed: new Map(),
};

const firstRetryMs = 100;
const longestRetryMs = 5000;

/**
 * The live model of one engine: lists once, then follows the event stream and reads only what an event names. When
 * the engine goes, the last state stays and the store tries for ever, at once when the socket comes back.
 */
export class EngineStore implements Disposable {
  readonly id: string;
  readonly engine: Engine;
  private readonly clock: Clock;
  private readonly log: Logger;
  private readonly didChange = new Emitter<EngineState>();
  private readonly didReceive = new Emitter<EngineEvent>();
  private readonly attention = new Map<ObjectKind, number>();
  private readonly objects: LiveObjects;
  private current: EngineState = disconnected;
  private session: AbortController | undefined;

  constructor(id: string, engine: Engine, clock: Clock, log: Logger) {
    this.id = id;
    this.engine = engine;
    this.clock = clock;
    this.log = log;
    this.objects = new LiveObjects({
      engine,
      clock,
      isAttended: (kind) => this.isAttended(kind),
      onChange: (objects) => {
        this.set({ ...this.current, ...objects });
      },
      onBroken: (error) => {
        this.breakLink(error);
      },
    });
  }

  get state(): EngineState {
    return this.current;
  }

  /** After every change, with the new state. Bursts are coalesced. */
  readonly onDidChange: Event<EngineState> = this.didChange.event;

  /** Every event of the engine, as it comes. */
  readonly onDidReceiveEvent: Event<EngineEvent> = this.didReceive.event;

  connect(): void {
    if (this.session !== undefined) return;
    const session = new AbortController();
    this.session = session;
    void this.run(session.signal);
  }

  disconnect(): void {
    this.session?.abort();
    this.session = undefined;
    this.objects.clear();
    this.set(disconnected);
  }

  /** While somebody attends to a kind it is read and kept exact; else only what events tell by themselves is known. */
  attend(kind: ObjectKind): Disposable {
    this.attention.set(kind, (this.attention.get(kind) ?? 0) + 1);
    this.objects.wake();
    return toDisposable(() => {
      this.attention.set(kind, (this.attention.get(kind) ?? 1) - 1);
    });
  }

  /** Lists anew what is loaded and attended to; rejects with the reason when the engine can't be asked. */
  async refresh(): Promise<void> {
    if (this.current.connection.phase !== 'connected') {
      this.retry();
      return;
    }
    await this.objects.relist();
  }

  /**
   * Reads one object exactly (times, OOM flag, failed probes), for a hover or an overview: one request, and none
   * while the object is as it was read. Settles also when it can't be read.
   */
  async readExactly(kind: ObjectKind, id: string): Promise<void> {
    await this.objects.readExactly(kind, id);
  }

  /** Ends the wait between two attempts. */
  retry(): void {
    this.wakeRetry();
  }

  dispose(): void {
    this.session?.abort();
    this.session = undefined;
    this.didChange.dispose();
    this.didReceive.dispose();
    this.engine.dispose();
  }

  /** What uses an image, a volume or a network is told by the containers: whoever looks at one looks at them too. */
  private isAttended(kind: ObjectKind): boolean {
    if (kind === 'container') return [...this.attention.values()].some((count) => count > 0);
    return (this.attention.get(kind) ?? 0) > 0;
  }

  private wakeRetry: () => void = () => undefined;
  private breakLink: (error: EngineError) => void = () => undefined;

  private async run(signal: AbortSignal): Promise<void> {
    const isOver = (): boolean => signal.aborted;
    let retryMs = firstRetryMs;
    while (!isOver()) {
      if (this.current.connection.phase === 'disconnected') this.setConnection({ phase: 'connecting' });
      // Looks out from before the attempt: an engine that comes while the attempt fails must not go unseen.
      const lookout = new AbortController();
      const mayBeBack = this.engine.mayBeBack(AbortSignal.any([signal, lookout.signal]));
      const error = await this.follow(signal, () => {
        retryMs = firstRetryMs;
      });
      if (isOver()) return;
      this.log.info(`${this.id}: ${error.message}`);
      this.setConnection({ phase: 'unreachable', error });
      await this.waitForRetry(retryMs, mayBeBack, signal);
      lookout.abort();
      retryMs = Math.min(longestRetryMs, retryMs * 2);
    }
  }

  /** One connection from its first ping to its end; resolves with the reason of the end. */
  private async follow(signal: AbortSignal, onConnected: () => void): Promise<EngineError> {
    const link = new AbortController();
    const linked = AbortSignal.any([signal, link.signal]);
    const broken = new Promise<EngineError>((resolve) => {
      this.breakLink = resolve;
    });
    try {
      const version = await this.engine.connect(linked);
      const stream = await this.engine.events((event) => {
        this.objects.receive(event);
        this.didReceive.fire(event);
      }, linked);
      // Subscribed before the lists are read, so that nothing falls between them.
      const objects = await this.objects.start(linked);
      onConnected();
      this.log.info(
        `${this.id}: connected to ${version.product} ${version.version}, API ${version.apiVersion}`,
      );
      this.set({ ...objects, connection: { phase: 'connected', version } });
      return await Promise.race([stream.ended, broken]);
    } catch (error) {
      return asEngineError(error);
    } finally {
      link.abort(new CancelledError());
      this.objects.stop(linked);
    }
  }

  private async waitForRetry(ms: number, mayBeBack: Promise<void>, signal: AbortSignal): Promise<void> {
    const wait = new AbortController();
    const waiting = AbortSignal.any([signal, wait.signal]);
    const asked = new Promise<void>((resolve) => {
      this.wakeRetry = resolve;
    });
    await Promise.race([delay(this.clock, ms, waiting), mayBeBack, asked]).catch(() => undefined);
    wait.abort();
  }

  private setConnection(connection: ConnectionState): void {
    this.set({ ...this.current, connection });
  }

  private set(state: EngineState): void {
    this.current = state;
    this.didChange.fire(state);
  }
}
