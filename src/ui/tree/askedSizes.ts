import type { Emitter } from '../../base/event.ts';
import type { Engine } from '../../engine/engine.ts';
import type { KnownEngine } from '../../engine/engineSet.ts';

const answerTimeoutMs = 30_000;

/** The engine scans its disk to answer: an answer this old is good enough for a hover. */
const maxAgeMs = 60_000;

/** Bytes by the name or id of an object. */
export type Sizes = ReadonlyMap<string, number>;

interface Answer {
  readonly at: number;
  readonly sizes: Promise<Sizes>;
}

/** Bytes on disk that cost the engine an effort: asked only when somebody wants to know, one request an engine and minute. */
export class AskedSizes {
  private readonly asked = new Map<string, Answer>();
  private readonly known = new Map<string, Sizes>();
  private readonly didChange: Emitter<void>;
  private readonly read: (engine: Engine, signal: AbortSignal) => Promise<Sizes>;

  constructor(didChange: Emitter<void>, read: (engine: Engine, signal: AbortSignal) => Promise<Sizes>) {
    this.didChange = didChange;
    this.read = read;
  }

  /** What was told last; empty before anyone asked. */
  of(engineId: string): Sizes {
    return this.known.get(engineId) ?? new Map();
  }

  /** Never rejects: without an answer the sizes stay unknown. */
  async ask({ description, store }: KnownEngine): Promise<Sizes> {
    const { id } = description;
    const last = this.asked.get(id);
    if (last !== undefined && Date.now() - last.at < maxAgeMs) return last.sizes;
    const sizes = this.read(store.engine, AbortSignal.timeout(answerTimeoutMs)).catch(() => this.of(id));
    this.asked.set(id, { at: Date.now(), sizes });
    const answer = await sizes;
    this.known.set(id, answer);
    this.didChange.fire();
    return answer;
  }
}
