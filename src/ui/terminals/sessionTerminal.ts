import * as vscode from 'vscode';

/** What runs behind a terminal. */
export interface TerminalSession {
  readonly output: AsyncIterable<{ readonly data: Uint8Array }>;
  write(data: string): void;
  resize(columns: number, rows: number): Promise<void>;
  /** Once the output is over; undefined where nobody knows. */
  exitCode(): Promise<number | undefined>;
  /** The terminal is closed: what runs behind it is to end. */
  end(): void;
}

export interface TerminalProgram {
  start(size: vscode.TerminalDimensions, signal: AbortSignal): Promise<TerminalSession>;
  /** A sentence to leave on the screen at the end; without one the terminal closes. */
  farewell(exitCode: number | undefined): string | undefined;
  /** The sentence about a failure. */
  failed(error: unknown): string;
}

/** An editor terminal whose other side is a connection of ours. */
export class SessionTerminal implements vscode.Pseudoterminal {
  private readonly program: TerminalProgram;
  private readonly didWrite = new vscode.EventEmitter<string>();
  private readonly didClose = new vscode.EventEmitter<number>();
  private readonly ended = new AbortController();
  private session: TerminalSession | undefined;
  private size: vscode.TerminalDimensions = { columns: 80, rows: 24 };
  /** What is left is to be read; any key closes. */
  private isOver = false;
  readonly onDidWrite = this.didWrite.event;
  readonly onDidClose = this.didClose.event;

  constructor(program: TerminalProgram) {
    this.program = program;
  }

  open(size: vscode.TerminalDimensions | undefined): void {
    this.size = size ?? this.size;
    void this.run();
  }

  handleInput(data: string): void {
    if (this.isOver) this.didClose.fire(0);
    else this.session?.write(data);
  }

  setDimensions(size: vscode.TerminalDimensions): void {
    this.size = size;
    this.session?.resize(size.columns, size.rows).catch(() => undefined);
  }

  close(): void {
    this.session?.end();
    this.ended.abort();
    this.didWrite.dispose();
    this.didClose.dispose();
  }

  private isClosed(): boolean {
    return this.ended.signal.aborted;
  }

  private async run(): Promise<void> {
    try {
      this.session = await this.program.start(this.size, this.ended.signal);
      if (this.isClosed()) {
        this.session.end();
        return;
      }
      const decoder = new TextDecoder();
      for await (const { data } of this.session.output)
        this.didWrite.fire(decoder.decode(data, { stream: true }));
      const code = await this.session.exitCode();
      if (this.isClosed()) return;
      const farewell = this.program.farewell(code);
      if (farewell === undefined) this.didClose.fire(code ?? 0);
      else this.say(farewell);
    } catch (error) {
      if (!this.isClosed()) this.say(this.program.failed(error));
    }
  }

  private say(line: string): void {
    this.isOver = true;
    this.didWrite.fire(`\r\n\u001b[2m${line}\u001b[0m\r\n`);
  }
}
