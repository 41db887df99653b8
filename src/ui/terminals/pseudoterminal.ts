import * as vscode from 'vscode';
import { systemClock } from '../../base/async.ts';
import type { Disposable } from '../../base/lifecycle.ts';
import type { Localize } from '../../base/localize.ts';
import { terminalScrollback } from '../settings.ts';
import { ContainerTerminal } from './containerTerminal.ts';
import type { TerminalProgram } from './terminalProgram.ts';

/** Until the editor says. */
const usualSize: vscode.TerminalDimensions = { columns: 80, rows: 24 };

/**
 * An editor terminal whose other side is a program of ours. The program begins while the editor is still making the
 * terminal, which takes it about as long as an engine needs for a shell; the editor hears nothing of what comes before.
 */
export function createPseudoterminal(
  program: TerminalProgram,
  t: Localize,
  onClose: () => void,
): vscode.Pseudoterminal & Disposable {
  const didWrite = new vscode.EventEmitter<string>();
  const didClose = new vscode.EventEmitter<number>();
  let size = usualSize;
  let before: (() => void)[] | undefined = [];
  const whenOpen = (act: () => void): void => {
    if (before === undefined) act();
    else before.push(act);
  };
  const screen = {
    write: (text: string) => {
      whenOpen(() => {
        didWrite.fire(text);
      });
    },
    close: () => {
      whenOpen(() => {
        // What there was to say of an exit code stands in the terminal.
        didClose.fire(0);
      });
    },
  };
  const keptLines = (): number => size.rows + terminalScrollback();
  const terminal = new ContainerTerminal(program, screen, size, { clock: systemClock, t, keptLines });
  const resize = (to: vscode.TerminalDimensions): void => {
    size = to;
    terminal.resize(to);
  };
  const end = (): void => {
    terminal.dispose();
    didWrite.dispose();
    didClose.dispose();
  };
  return {
    onDidWrite: didWrite.event,
    onDidClose: didClose.event,
    open(to) {
      if (to !== undefined) resize(to);
      const acts = before ?? [];
      before = undefined;
      for (const act of acts) act();
    },
    handleInput(data) {
      terminal.input(data);
    },
    setDimensions: resize,
    close: onClose,
    dispose: end,
  };
}
