import * as vscode from 'vscode';
import { explain } from '../../commands/explain.ts';
import type { Localize } from '../../base/localize.ts';
import type { Engine, ExecSession } from '../../engine/engine.ts';
import { asEngineError } from '../../model/engineError.ts';

/** bash where there is one, else sh: one command, so that looking costs no extra request. */
const shellCommand = [
  '/bin/sh',
  '-c',
  'if command -v bash >/dev/null 2>&1; then exec bash; else exec sh; fi',
];

/** Engines answer so when the program to run does not exist. */
const notFoundCodes = [126, 127];

/** Opens an editor terminal on a shell inside a container, over the API. */
export function openShell(engine: Engine, containerId: string, name: string, t: Localize): void {
  const terminal = vscode.window.createTerminal({
    name,
    iconPath: new vscode.ThemeIcon('terminal'),
    pty: new ContainerShell(engine, containerId, name, t),
  });
  terminal.show();
}

class ContainerShell implements vscode.Pseudoterminal {
  private readonly engine: Engine;
  private readonly containerId: string;
  private readonly name: string;
  private readonly t: Localize;
  private readonly didWrite = new vscode.EventEmitter<string>();
  private readonly didClose = new vscode.EventEmitter<number>();
  private readonly ended = new AbortController();
  private session: ExecSession | undefined;
  readonly onDidWrite = this.didWrite.event;
  readonly onDidClose = this.didClose.event;

  constructor(engine: Engine, containerId: string, name: string, t: Localize) {
    this.engine = engine;
    this.containerId = containerId;
    this.name = name;
    this.t = t;
  }

  open(size: vscode.TerminalDimensions | undefined): void {
    void this.run(size ?? { columns: 80, rows: 24 });
  }

  handleInput(data: string): void {
    this.session?.write(data);
  }

  setDimensions({ columns, rows }: vscode.TerminalDimensions): void {
    this.session?.resize(columns, rows).catch(() => undefined);
  }

  close(): void {
    // Closing the connection alone would leave the shell running: end of input ends it.
    this.session?.write('\u0003\u0004');
    this.session?.close();
    this.ended.abort();
    this.didWrite.dispose();
    this.didClose.dispose();
  }

  private async run(size: vscode.TerminalDimensions): Promise<void> {
    const { signal } = this.ended;
    const { t, name } = this;
    try {
      const spec = { command: shellCommand, tty: size, env: ['TERM=xterm-256color'] };
      this.session = await this.engine.exec(this.containerId, spec, signal);
      const decoder = new TextDecoder();
      for await (const { data } of this.session.output)
        this.didWrite.fire(decoder.decode(data, { stream: true }));
      const code = (await this.session.exitCode()) ?? 0;
      if (signal.aborted) return;
      if (notFoundCodes.includes(code))
        this.say(t('{name} has no shell to run: its image contains no /bin/sh.', { name }));
      else this.didClose.fire(code);
    } catch (error) {
      if (!signal.aborted)
        this.say(t('The shell in {name} ended: {why}', { name, why: explain(asEngineError(error), t) }));
    }
  }

  private say(line: string): void {
    this.didWrite.fire(`\r\n\u001b[2m${line}\u001b[0m\r\n`);
  }
}
