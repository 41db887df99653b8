import * as vscode from 'vscode';
import { systemClock } from '../../base/async.ts';
import type { Localize } from '../../base/localize.ts';
import { ContainerTerminal } from './containerTerminal.ts';
import type { TerminalProgram } from './terminalProgram.ts';

/** Where the editor does not say. */
const usualSize: vscode.TerminalDimensions = { columns: 80, rows: 24 };

/** An editor terminal whose other side is a program of ours. It begins when the editor shows it. */
export function createPseudoterminal(program: TerminalProgram, t: Localize): vscode.Pseudoterminal {
  const didWrite = new vscode.EventEmitter<string>();
  const didClose = new vscode.EventEmitter<number>();
  let terminal: ContainerTerminal | undefined;
  let rows = usualSize.rows;
  const screen = {
    write: (text: string) => {
      didWrite.fire(text);
    },
    close: (exitCode: number) => {
      didClose.fire(exitCode);
    },
  };
  const keptLines = (): number =>
    rows + vscode.workspace.getConfiguration('terminal.integrated').get<number>('scrollback', 1000);
  return {
    onDidWrite: didWrite.event,
    onDidClose: didClose.event,
    open(size = usualSize) {
      rows = size.rows;
      terminal = new ContainerTerminal(program, screen, size, { clock: systemClock, t, keptLines });
    },
    handleInput(data) {
      terminal?.input(data);
    },
    setDimensions(size) {
      rows = size.rows;
      terminal?.resize(size);
    },
    close() {
      terminal?.dispose();
      didWrite.dispose();
      didClose.dispose();
    },
  };
}
