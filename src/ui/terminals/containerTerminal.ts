import { type Clock } from '../../base/async.ts';
import { formatBytes } from '../../base/format.ts';
import type { Disposable } from '../../base/lifecycle.ts';
import type { Localize } from '../../base/localize.ts';
import { explain } from '../../commands/explain.ts';
import { asEngineError } from '../../model/engineError.ts';
import { OutputFlow } from './outputFlow.ts';
import type {
  Ending,
  News,
  Offer,
  Outcome,
  Screen,
  TerminalProgram,
  TerminalSession,
  TerminalSize,
} from './terminalProgram.ts';

export interface TerminalParts {
  readonly clock: Clock;
  readonly t: Localize;
  /** How many lines the terminal keeps, now. */
  readonly keptLines: () => number;
}

/** Where a terminal stands. While it waits, keys are for its offers. */
type Phase = 'connecting' | 'open' | 'waiting' | 'working' | 'closed';

/** What a program that is gone may have left: mouse reports, pasting in brackets, keys of its own, no cursor. */
const usualModes = '\u001b[?1000;1002;1003;1006;2004l\u001b[?1l\u001b>\u001b[?25h';
/** Of one that had the whole screen; any other would have its cursor put somewhere else. */
const leavesScreen = '\u001b[?1049l';

const endOfInput = '\u0004';

/** A terminal at a container, with more than one life: it tells why a connection ended, and makes another when asked to. */
export class ContainerTerminal implements Disposable {
  private readonly program: TerminalProgram;
  private readonly parts: TerminalParts;
  private readonly screen: Screen;
  private readonly closed = new AbortController();
  private readonly watching: Disposable | undefined;
  private phase: Phase = 'connecting';
  private session: TerminalSession | undefined;
  private flow: OutputFlow | undefined;
  private size: TerminalSize;
  /** What was typed before there was somebody to read it. */
  private typed = '';
  /** What was said last, and can be done now. */
  private current: Ending = { lines: [], offers: [] };
  /** By the keys that leave it running. */
  private isDetached = false;

  constructor(program: TerminalProgram, screen: Screen, size: TerminalSize, parts: TerminalParts) {
    this.program = program;
    this.screen = screen;
    this.size = size;
    this.parts = parts;
    this.watching = program.watch?.((news) => {
      this.hear(news);
    });
    void this.run();
  }

  input(data: string): void {
    const typed = this.flow?.withoutAnswers(data) ?? data;
    if (typed === '') return;
    switch (this.phase) {
      case 'connecting':
        this.typed += typed;
        break;
      case 'open':
        this.send(typed);
        break;
      case 'waiting':
        this.choose(typed);
        break;
      case 'working':
      case 'closed':
        break;
    }
  }

  resize(size: TerminalSize): void {
    this.size = size;
    this.session?.resize(size.columns, size.rows).catch(() => undefined);
  }

  dispose(): void {
    if (this.phase === 'closed') return;
    this.phase = 'closed';
    this.watching?.dispose();
    this.flow?.dispose();
    this.session?.end();
    this.closed.abort();
  }

  private isClosed(): boolean {
    return this.closed.signal.aborted;
  }

  private wasLeft(): boolean {
    return this.isDetached;
  }

  /** One connection from its beginning to its end. */
  private async run(): Promise<void> {
    const { signal } = this.closed;
    this.phase = 'connecting';
    const outcome = await this.connection(signal);
    if (this.isClosed()) return;
    this.session = undefined;
    const ending = await this.program.over(outcome, signal).catch((error: unknown) => this.problem(error));
    if (this.isClosed()) return;
    if (ending === 'close') {
      this.screen.close();
      return;
    }
    this.screen.write(this.flow?.hasWholeScreen === true ? `${leavesScreen}${usualModes}` : usualModes);
    this.offer(ending);
  }

  private async connection(signal: AbortSignal): Promise<Outcome> {
    this.isDetached = false;
    try {
      const { size } = this;
      const show = (text: string): void => {
        if (!this.isClosed() && text !== '') this.screen.write(text);
      };
      const session = await this.program.connect(size, signal, show);
      if (this.isClosed()) {
        session.end();
        return 'detached';
      }
      const flow = new OutputFlow({
        write: show,
        keptLines: this.parts.keptLines,
        leftOut: (bytes) =>
          `\u001b[2m${this.parts.t('… {size} that came faster than can be shown, and would have scrolled out of sight, are left out …', { size: formatBytes(bytes) })}\u001b[22m\r\n`,
        clock: this.parts.clock,
      });
      this.flow?.dispose();
      this.flow = flow;
      this.session = session;
      this.phase = 'open';
      if (this.size !== size) this.resize(this.size);
      const { typed } = this;
      this.typed = '';
      if (typed !== '') this.send(typed);
      for await (const { data } of session.output) {
        await flow.push(data);
        if (this.isClosed()) return 'detached';
      }
      await flow.drained();
      if (this.wasLeft()) return 'detached';
      return { exitCode: await session.exitCode() };
    } catch (error) {
      return this.wasLeft() ? 'detached' : { error };
    } finally {
      // What is waiting was read by nobody yet, and may be the reason.
      await this.flow?.drained();
    }
  }

  private send(data: string): void {
    if (this.session?.write(data) !== 'detach') return;
    this.isDetached = true;
    this.session.end();
  }

  private hear(news: News): void {
    switch (news.kind) {
      case 'standsStill':
        if (this.phase === 'open') this.offer(news.ending);
        break;
      case 'goesOn':
        if (this.session === undefined || this.phase === 'open') break;
        this.phase = 'open';
        this.say([news.line]);
        break;
      case 'isBack':
        if (this.session === undefined && this.phase === 'waiting' && !isSame(news.ending, this.current))
          this.offer(news.ending);
        break;
    }
  }

  private offer(ending: Ending): void {
    this.phase = 'waiting';
    this.current = ending;
    const { lines, offers } = ending;
    const { t } = this.parts;
    const named = offers.map(({ key, label }) => [key, label] as const);
    const all = [...named, ['Ctrl+D', t('Close the terminal')] as const];
    const width = Math.max(...all.map(([key]) => key.length));
    this.say([...lines, ...all.map(([key, label]) => `  \u001b[1m${key.padEnd(width)}\u001b[22m  ${label}`)]);
  }

  private choose(typed: string): void {
    if (typed.includes(endOfInput)) {
      this.screen.close();
      return;
    }
    const isEnter = /[\r\n]/.test(typed);
    const chosen = this.current.offers.find(({ key }) =>
      key === 'Enter' ? isEnter : key.toLowerCase() === typed.toLowerCase(),
    );
    if (chosen !== undefined) void this.carryOut(chosen);
  }

  private async carryOut(offer: Offer): Promise<void> {
    const before = this.session;
    this.phase = 'working';
    try {
      const next = await offer.run(this.closed.signal);
      if (this.isClosed()) return;
      if (next === 'close') this.screen.close();
      else if (next === 'connect' && this.session === undefined) await this.run();
      // News may have come in between, which the offer brought about.
      else if (this.isWorking()) this.phase = this.session === undefined ? 'waiting' : 'open';
    } catch (error) {
      if (this.isClosed()) return;
      const ending = this.problem(error);
      if (this.session === before) this.offer({ ...ending, offers: this.current.offers });
    }
  }

  private isWorking(): boolean {
    return this.phase === 'working';
  }

  private problem(error: unknown): Ending {
    const why = explain(asEngineError(error), this.parts.t);
    return { lines: [why.charAt(0).toUpperCase() + why.slice(1)], offers: [] };
  }

  private say(lines: readonly string[]): void {
    this.screen.write(`\u001b[0m\r\n${lines.join('\r\n')}\r\n`);
  }
}

function isSame(one: Ending, other: Ending): boolean {
  return one.lines.join('\n') === other.lines.join('\n');
}
