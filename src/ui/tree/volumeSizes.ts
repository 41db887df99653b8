import type { Emitter } from '../../base/event.ts';
import type { KnownEngine } from '../../engine/engineSet.ts';

const answerTimeoutMs = 30_000;

/** The engine scans its disk to answer: an answer this old is good enough for a hover. */
const maxAgeMs = 60_000;

interface Answer {
  readonly at: number;
  readonly sizes: Promise<ReadonlyMap<string, number>>;
}

/** Bytes on disk by volume, asked only when somebody wants to know, one request an engine and minute. */
export class VolumeSizes {
  private readonly asked = new Map<string, Answer>();
  private readonly known = new Map<string, ReadonlyMap<string, number>>();
  private readonly didChange: Emitter<void>;

  constructor(didChange: Emitter<void>) {
    this.didChange = didChange;
  }

  /** What was told last; empty before anyone asked. */
  of(engineId: string): ReadonlyMap<string, number> {
    return this.known.get(engineId) ?? new Map();
  }

  /** Never rejects: without an answer the sizes stay unknown. */
  async ask({ description, store }: KnownEngine): Promise<ReadonlyMap<string, number>> {
    const { id } = description;
    const last = this.asked.get(id);
    if (last !== undefined && Date.now() - last.at < maxAgeMs) return last.sizes;
    const sizes = store.engine.volumeSizes(AbortSignal.timeout(answerTimeoutMs)).catch(() => this.of(id));
    this.asked.set(id, { at: Date.now(), sizes });
    const answer = await sizes;
    this.known.set(id, answer);
    this.didChange.fire();
    return answer;
  }
}
