import type { LogEvent } from '../model/log.ts';

/** That an engine went or is back is said once, however many of its containers are read, each over its own connection. */
export class EngineNews {
  private readonly lost = new Set<string>();

  /** False for what was said before; of anything but engines all is news. */
  isNews(engineId: string, { kind }: LogEvent): boolean {
    if (kind === 'reachable') return this.lost.delete(engineId);
    if (kind !== 'unreachable') return true;
    if (this.lost.has(engineId)) return false;
    this.lost.add(engineId);
    return true;
  }
}
