/**
 * Asks for what belongs to the newest input: one question at a time, and the latest one after it. An answer that comes
 * when another question waits is dropped.
 */
export class Latest<Input, Answer> {
  private readonly ask: (input: Input) => Promise<Answer>;
  private readonly onAnswer: (answer: Answer, input: Input) => void;
  private waiting: { readonly input: Input } | undefined;
  private isAsking = false;
  private lastKey = '';

  constructor(ask: (input: Input) => Promise<Answer>, onAnswer: (answer: Answer, input: Input) => void) {
    this.ask = ask;
    this.onAnswer = onAnswer;
  }

  /** The same input is asked about once; `isAnew` asks again. */
  want(input: Input, isAnew = false): void {
    const key = JSON.stringify(input);
    if (key === this.lastKey && !isAnew) return;
    this.lastKey = key;
    this.waiting = { input };
    if (!this.isAsking) void this.work();
  }

  private async work(): Promise<void> {
    this.isAsking = true;
    while (this.waiting !== undefined) {
      const { input } = this.waiting;
      this.waiting = undefined;
      const answer = await this.ask(input).then(
        (value) => ({ value }),
        () => undefined,
      );
      // TypeScript does not see that somebody may have asked meanwhile.
      if (answer !== undefined && !this.hasWaiting()) this.onAnswer(answer.value, input);
    }
    this.isAsking = false;
  }

  private hasWaiting(): boolean {
    return this.waiting !== undefined;
  }
}
