/** Runs at once when asked, but never twice within the interval: what is asked meanwhile runs after it, once. */
export class Paced {
  private readonly run: () => Promise<void>;
  private readonly intervalMs: number;
  private isResting = false;
  private isWanted = false;

  constructor(intervalMs: number, run: () => Promise<void>) {
    this.intervalMs = intervalMs;
    this.run = run;
  }

  ask(): void {
    this.isWanted = true;
    if (!this.isResting) void this.go();
  }

  private async go(): Promise<void> {
    this.isWanted = false;
    this.isResting = true;
    await this.run().catch(() => undefined);
    setTimeout(() => {
      this.isResting = false;
      if (this.isWanted) void this.go();
    }, this.intervalMs);
  }
}
