interface Waiting {
  resolve(result: unknown): void;
  reject(error: Error): void;
}

/** Questions to somebody who answers later and in whatever order, by number. Each is settled once: at the latest by the end. */
export class OpenQuestions {
  private readonly waiting = new Map<number, Waiting>();
  private lastId = 0;
  private endedBy: Error | undefined;

  get isOver(): boolean {
    return this.endedBy !== undefined;
  }

  /** `post` sends the question off; `cancel` says that nobody waits for it any more, and the answer is awaited all the same. */
  ask<T>(
    post: (id: number) => void,
    giveUp?: { readonly signal: AbortSignal; readonly cancel: (id: number) => void },
  ): Promise<T> {
    const { endedBy } = this;
    if (endedBy !== undefined) return Promise.reject(endedBy);
    const id = ++this.lastId;
    const onAbort = (): void => {
      giveUp?.cancel(id);
    };
    giveUp?.signal.addEventListener('abort', onAbort, { once: true });
    const answered = new Promise<T>((resolve, reject) => {
      // Who answers knows the question: the type follows from that.
      this.waiting.set(id, { resolve, reject });
    });
    post(id);
    if (giveUp?.signal.aborted === true) onAbort();
    return answered.finally(() => {
      giveUp?.signal.removeEventListener('abort', onAbort);
    });
  }

  answer(id: number, result: unknown): void {
    this.take(id)?.resolve(result);
  }

  fail(id: number, error: Error): void {
    this.take(id)?.reject(error);
  }

  /** Nobody answers any more: what is open fails by this, and all that is asked from now on. */
  end(reason: Error): void {
    this.endedBy ??= reason;
    for (const { reject } of this.waiting.values()) reject(reason);
    this.waiting.clear();
  }

  private take(id: number): Waiting | undefined {
    const waiting = this.waiting.get(id);
    this.waiting.delete(id);
    return waiting;
  }
}
