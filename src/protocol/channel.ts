import { isCancelled } from '../base/cancellation.ts';
import { type Disposable, DisposableStore } from '../base/lifecycle.ts';
import type { Event } from '../base/event.ts';
import { type Guard, isCount, isRecord, isText } from './shape.ts';

/** What carries messages to the other end: a webview for the host, the editor's window for the page. */
export interface Port {
  post(message: unknown): void;
  readonly onMessage: Event<unknown>;
}

export type RequestMap = Readonly<Record<string, { readonly params: unknown; readonly result: unknown }>>;
export type EventMap = Readonly<Record<string, unknown>>;

/** All that a host and its page say to each other. One a panel; write it as a `type`, not an `interface`. */
export interface Contract {
  /** Asked by the page. Each is settled by a value, a failure, or the end of the channel. */
  readonly requests: RequestMap;
  readonly toPage: EventMap;
  readonly toHost: EventMap;
}

/** Answers one request. `accepts` judges what came, before anything else sees it. */
export interface RequestHandler<Params, Result> {
  readonly accepts: Guard<Params>;
  /** The signal aborts when the channel ends or the asker gives up. */
  readonly answer: (params: Params, signal: AbortSignal) => Promise<Result> | Result;
}

export interface EventHandler<Payload> {
  readonly accepts: Guard<Payload>;
  readonly hear: (payload: Payload) => void;
}

/** Complete by construction: a request or event without a handler does not compile. */
export interface Handlers<Answers extends RequestMap, Hears extends EventMap> {
  readonly requests: {
    readonly [K in keyof Answers]: RequestHandler<Answers[K]['params'], Answers[K]['result']>;
  };
  readonly events: { readonly [K in keyof Hears]: EventHandler<Hears[K]> };
}

type Nothing = Readonly<Record<never, never>>;

export type HostChannel<C extends Contract> = Channel<C['requests'], C['toHost'], Nothing, C['toPage']>;
export type PageChannel<C extends Contract> = Channel<Nothing, C['toPage'], C['requests'], C['toHost']>;
export type HostHandlers<C extends Contract> = Handlers<C['requests'], C['toHost']>;
export type PageHandlers<C extends Contract> = Handlers<Nothing, C['toPage']>;

/** The other end failed to answer; the message is for people. */
export class RequestError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'RequestError';
  }
}

/** The channel ended before the answer came. */
export class ChannelClosedError extends Error {
  constructor() {
    super('the channel is closed');
    this.name = 'ChannelClosedError';
  }
}

type Message =
  | { readonly kind: 'ask'; readonly id: number; readonly name: string; readonly params: unknown }
  | { readonly kind: 'forget'; readonly id: number }
  | { readonly kind: 'answer'; readonly id: number; readonly result: unknown }
  | { readonly kind: 'failure'; readonly id: number; readonly message: string }
  | { readonly kind: 'tell'; readonly name: string; readonly payload: unknown };

/** Stands for the answer to a request that is none. */
const refused = Symbol('refused');

/** More requests at once than any page has reason to make. */
const maxUnderWay = 64;

/**
 * Either end of a typed conversation. What does not fit (no message at all, a name nobody handles, a payload of
 * another shape) is refused: reported to `onRefused`, answered with a failure where an answer is expected, and
 * otherwise without effect.
 */
export class Channel<
  Answers extends RequestMap,
  Hears extends EventMap,
  Asks extends RequestMap,
  Tells extends EventMap,
> implements Disposable
{
  private readonly port: Port;
  private readonly handlers: Handlers<Answers, Hears>;
  private readonly onRefused: (what: string) => void;
  private readonly owned = new DisposableStore();
  /** Own requests that wait for their answer. */
  private readonly waiting = new Map<
    number,
    { resolve(result: unknown): void; reject(error: Error): void }
  >();
  /** The other end's requests that are being worked on. */
  private readonly underWay = new Map<number, AbortController>();
  private lastId = 0;

  constructor(port: Port, handlers: Handlers<Answers, Hears>, onRefused: (what: string) => void) {
    this.port = port;
    this.handlers = handlers;
    this.onRefused = onRefused;
    this.owned.add(
      port.onMessage((message) => {
        this.receive(message);
      }),
    );
  }

  /** Rejects with `RequestError`, with `ChannelClosedError`, or with the signal's reason. */
  ask<K extends keyof Asks & string>(
    name: K,
    params: Asks[K]['params'],
    signal?: AbortSignal,
  ): Promise<Asks[K]['result']> {
    return new Promise((resolve, reject) => {
      if (this.owned.isDisposed) {
        reject(new ChannelClosedError());
        return;
      }
      if (signal?.aborted === true) {
        reject(toError(signal.reason));
        return;
      }
      const id = ++this.lastId;
      const onAbort = (): void => {
        this.waiting.delete(id);
        this.post({ kind: 'forget', id });
        reject(toError(signal?.reason));
      };
      const settled = (): void => {
        this.waiting.delete(id);
        signal?.removeEventListener('abort', onAbort);
      };
      this.waiting.set(id, {
        resolve: (result) => {
          settled();
          resolve(result);
        },
        reject: (error) => {
          settled();
          reject(error);
        },
      });
      signal?.addEventListener('abort', onAbort, { once: true });
      this.post({ kind: 'ask', id, name, params });
    });
  }

  tell<K extends keyof Tells & string>(name: K, payload: Tells[K]): void {
    this.post({ kind: 'tell', name, payload });
  }

  dispose(): void {
    if (this.owned.isDisposed) return;
    this.owned.dispose();
    for (const request of this.underWay.values()) request.abort();
    this.underWay.clear();
    for (const { reject } of [...this.waiting.values()]) reject(new ChannelClosedError());
  }

  private post(message: Message): void {
    if (!this.owned.isDisposed) this.port.post(message);
  }

  private receive(raw: unknown): void {
    const message = asMessage(raw);
    switch (message?.kind) {
      case undefined:
        this.onRefused('something that is no message');
        break;
      case 'ask':
        void this.answer(message.id, message.name, message.params);
        break;
      case 'forget':
        this.underWay.get(message.id)?.abort();
        break;
      case 'answer':
        // Nobody waits any more for what was given up: that is no fault of the other end.
        this.waiting.get(message.id)?.resolve(message.result);
        break;
      case 'failure':
        this.waiting.get(message.id)?.reject(new RequestError(message.message));
        break;
      case 'tell':
        if (!isKeyOf(this.handlers.events, message.name))
          this.onRefused(`the unknown event “${clip(message.name)}”`);
        else this.hear(message.name, message.payload);
        break;
    }
  }

  private hear<K extends keyof Hears & string>(name: K, payload: unknown): void {
    const handler = this.handlers.events[name];
    if (handler.accepts(payload)) handler.hear(payload);
    else this.onRefused(`a malformed event “${name}”`);
  }

  private async answer(id: number, name: string, params: unknown): Promise<void> {
    const refuse = (why: string): void => {
      this.onRefused(why);
      this.post({ kind: 'failure', id, message: why });
    };
    const { requests } = this.handlers;
    if (!isKeyOf(requests, name)) {
      refuse(`the unknown request “${clip(name)}”`);
      return;
    }
    if (this.underWay.size >= maxUnderWay || this.underWay.has(id)) {
      refuse('too many requests at once');
      return;
    }
    const controller = new AbortController();
    this.underWay.set(id, controller);
    try {
      const result = await this.respond(name, params, controller.signal);
      if (result === refused) refuse(`a malformed request “${name}”`);
      else this.post({ kind: 'answer', id, result });
    } catch (error) {
      this.post({ kind: 'failure', id, message: isCancelled(error) ? 'cancelled' : toError(error).message });
    } finally {
      this.underWay.delete(id);
    }
  }

  private async respond<K extends keyof Answers & string>(
    name: K,
    params: unknown,
    signal: AbortSignal,
  ): Promise<Answers[K]['result'] | typeof refused> {
    const handler = this.handlers.requests[name];
    return handler.accepts(params) ? await handler.answer(params, signal) : refused;
  }
}

function asMessage(raw: unknown): Message | undefined {
  if (!isRecord(raw)) return undefined;
  const { kind, id, name, message } = raw;
  if (kind === 'tell') return isText(name) ? { kind, name, payload: raw['payload'] } : undefined;
  if (!isCount(id)) return undefined;
  switch (kind) {
    case 'ask':
      return isText(name) ? { kind, id, name, params: raw['params'] } : undefined;
    case 'forget':
      return { kind, id };
    case 'answer':
      return { kind, id, result: raw['result'] };
    case 'failure':
      return isText(message) ? { kind, id, message } : undefined;
    default:
      return undefined;
  }
}

/** Own properties only: `constructor` and its like are no handlers. */
function isKeyOf<T extends object>(handlers: T, name: string): name is keyof T & string {
  return Object.hasOwn(handlers, name);
}

/** A hostile name must not fill the log. */
function clip(name: string): string {
  return name.length > 40 ? `${name.slice(0, 40)}…` : name;
}

function toError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}
