import type { Emitter } from '../../base/event.ts';
import type { RegistryDigest } from '../../model/registryDigest.ts';

/** What registries had by the tags of an engine's images, as far as somebody asked since the window was opened. */
export class RegistryDigests {
  private readonly known = new Map<string, ReadonlyMap<string, RegistryDigest>>();
  private readonly didChange: Emitter<void>;

  constructor(didChange: Emitter<void>) {
    this.didChange = didChange;
  }

  of(engineId: string): ReadonlyMap<string, RegistryDigest> {
    return this.known.get(engineId) ?? new Map();
  }

  keep(engineId: string, found: ReadonlyMap<string, RegistryDigest>): void {
    this.known.set(engineId, new Map([...this.of(engineId), ...found]));
    this.didChange.fire();
  }
}
