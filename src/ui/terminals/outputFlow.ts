import type { Clock } from '../../base/async.ts';
import { scrolledOut } from './scrolledOut.ts';

/** Asks the terminal whether it is well; it answers once it has drawn what came before. */
const question = '\u001b[5n';
const answer = '\u001b[0n';

/** What is given to the terminal between two questions, and how many may be without an answer. */
const pieceBytes = 128 * 1024;
const maxQuestions = 2;

/** As long as little waits, all is shown. */
const skipAboveBytes = 1 << 20;
const maxWaitingBytes = 4 << 20;

/** A terminal that does not answer is given more all the same, so slowly. */
const patienceMs = 2000;

/** Far enough from an escape sequence that none can still be open. */
const longestSequence = 4096;

/**
 * What comes from a container on its way to a terminal, which takes all that it is given into its memory, loses some of it
 * when that is too much, and draws slower than a container writes. So no more is given than it has answered for, and of
 * what waits, lines are left out that would have scrolled out of its memory before anybody could have read them.
 */
export class OutputFlow {
  private readonly write: (text: string) => void;
  private readonly keptLines: () => number;
  private readonly leftOut: (bytes: number) => string;
  private readonly clock: Clock;
  private decoder = new TextDecoder();
  private waiting: Uint8Array[] = [];
  private waitingBytes = 0;
  private skippedBytes = 0;
  /** Since the last question. */
  private givenBytes = 0;
  private open = 0;
  /** Answers that come after nobody waits for them any more. */
  private late = 0;
  private isFullScreen = false;
  private stopWaiting: () => void = () => undefined;
  private wake: () => void = () => undefined;

  constructor(options: {
    readonly write: (text: string) => void;
    /** As many lines as the terminal keeps. */
    readonly keptLines: () => number;
    /** What to say in the place of so many bytes. */
    readonly leftOut: (bytes: number) => string;
    readonly clock: Clock;
  }) {
    this.write = options.write;
    this.keptLines = options.keptLines;
    this.leftOut = options.leftOut;
    this.clock = options.clock;
  }

  /** A program draws where nothing scrolls, and what was there before comes back after it. */
  get hasWholeScreen(): boolean {
    return this.isFullScreen;
  }

  /** Settles when more may come. */
  async push(data: Uint8Array): Promise<void> {
    this.waiting.push(data);
    this.waitingBytes += data.length;
    this.pump();
    if (this.waitingBytes > skipAboveBytes) this.skip();
    while (this.waitingBytes > maxWaitingBytes) await this.changed();
  }

  /** Settles when all that came was given to the terminal. */
  async drained(): Promise<void> {
    while (this.waitingBytes > 0) await this.changed();
    this.write(this.decoder.decode());
  }

  /** What somebody typed, without the terminal's answers to the questions of here. */
  withoutAnswers(input: string): string {
    let rest = input;
    while (this.open + this.late > 0 && rest.includes(answer)) {
      rest = rest.replace(answer, '');
      if (this.late > 0) this.late--;
      else this.answered();
    }
    return rest;
  }

  dispose(): void {
    this.stopWaiting();
    this.waiting = [];
    this.waitingBytes = 0;
    this.wake();
  }

  private changed(): Promise<void> {
    return new Promise((resolve) => {
      this.wake = resolve;
    });
  }

  private answered(): void {
    this.open--;
    this.stopWaiting();
    if (this.open > 0) this.waitForAnswer();
    this.pump();
    this.wake();
  }

  private waitForAnswer(): void {
    this.stopWaiting = this.clock.after(patienceMs, () => {
      this.late++;
      this.answered();
    });
  }

  private pump(): void {
    while (this.waitingBytes > 0 && this.open < maxQuestions) {
      const piece = this.take();
      if (piece.includes('\u001b[?')) this.isFullScreen = endsFullScreen(piece, this.isFullScreen);
      const at = this.givenBytes < pieceBytes ? -1 : placeForQuestion(piece);
      if (at < 0) {
        if (piece !== '') this.write(piece);
        continue;
      }
      this.write(`${piece.slice(0, at)}${question}${piece.slice(at)}`);
      this.givenBytes = 0;
      this.open++;
      if (this.open === 1) this.waitForAnswer();
    }
  }

  private take(): string {
    const [first = new Uint8Array()] = this.waiting;
    const piece = first.subarray(0, pieceBytes);
    if (piece.length === first.length) this.waiting.shift();
    else this.waiting[0] = first.subarray(piece.length);
    this.waitingBytes -= piece.length;
    this.givenBytes += piece.length;
    // Said where what is left out would have been.
    const notice = this.skippedBytes === 0 ? '' : this.leftOut(this.skippedBytes);
    this.skippedBytes = 0;
    return notice + this.decoder.decode(piece, { stream: true });
  }

  private skip(): void {
    if (this.isFullScreen) return;
    const all = Buffer.concat(this.waiting);
    const kept = scrolledOut(all, this.keptLines());
    if (kept === undefined) return;
    // Half a character before what is left out has lost its other half.
    this.decoder = new TextDecoder();
    this.skippedBytes += all.length - kept.rest.length;
    this.waiting = [kept.modes, kept.rest].filter(({ length }) => length > 0);
    this.waitingBytes = kept.modes.length + kept.rest.length;
  }
}

/** Behind a line, where no escape sequence can be open; negative where that can't be told. */
function placeForQuestion(text: string): number {
  const line = text.lastIndexOf('\n');
  if (line >= 0) return line + 1;
  return text.lastIndexOf('\u001b') < text.length - longestSequence ? text.length : -1;
}

const screens = /\u001b\[\?(?:1049|1047|47)([hl])/g;

/** Whether a program has the whole screen after this text: nothing scrolls out there. */
function endsFullScreen(text: string, before: boolean): boolean {
  const last = [...text.matchAll(screens)].at(-1);
  return last === undefined ? before : last[1] === 'h';
}
