/** Containers that live no longer than a terminal of this window, by id, with what removes them. */
export class AttachedContainers {
  private readonly discards = new Map<string, () => Promise<unknown>>();

  add(containerId: string, discard: () => Promise<unknown>): void {
    this.discards.set(containerId, discard);
  }

  delete(containerId: string): void {
    this.discards.delete(containerId);
  }

  /** The window goes: the editor closes its terminals without a word, but waits for this. */
  async discardAll(): Promise<void> {
    const discards = [...this.discards.values()];
    this.discards.clear();
    await Promise.allSettled(discards.map((discard) => discard()));
  }
}
