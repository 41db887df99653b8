import type { Clock } from '../base/async.ts';

/** A page is made in about this time: until then nobody sees that it waits. */
const patienceMs = 150;

/** What a new page waits for: there is something to show, or it is known that there is nothing yet. But not for long. */
export class Beginning {
  private readonly clock: Clock;
  private readonly begun: PromiseWithResolvers<void> = Promise.withResolvers();

  constructor(clock: Clock) {
    this.clock = clock;
  }

  set(): void {
    this.begun.resolve();
  }

  async wait(): Promise<void> {
    const cancel = this.clock.after(patienceMs, () => {
      this.set();
    });
    await this.begun.promise;
    cancel();
  }
}
