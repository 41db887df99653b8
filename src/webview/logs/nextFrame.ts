/** Runs once with the next frame, however often it was asked for. */
export class NextFrame {
  private readonly run: () => void;
  private isAsked = false;

  constructor(run: () => void) {
    this.run = run;
  }

  ask(): void {
    if (this.isAsked) return;
    this.isAsked = true;
    requestAnimationFrame(() => {
      this.isAsked = false;
      this.run();
    });
  }
}
