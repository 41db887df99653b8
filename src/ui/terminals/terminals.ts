import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { oneLine } from '../../base/format.ts';
import { type Disposable, DisposableStore } from '../../base/lifecycle.ts';
import type { Localize } from '../../base/localize.ts';
import type { EngineSet } from '../../engine/engineSet.ts';
import type { ObjectRef } from '../../model/identity.ts';
import type { ShellChoice } from '../../model/shell.ts';
import type { ContextKeys } from '../contextKeys.ts';
import { getSetting } from '../settings.ts';
import { AttachProgram } from './attachProgram.ts';
import { FollowedContainer } from './containerNews.ts';
import { OwnTerminals } from './ownTerminals.ts';
import { createPseudoterminal } from './pseudoterminal.ts';
import { ShellProgram } from './shellProgram.ts';
import type { TerminalProgram } from './terminalProgram.ts';
import { waysOut } from './waysOut.ts';

/** The terminals at containers. When the window goes, shells end with what runs in them, and containers of their own run on. */
export class Terminals implements Disposable {
  private readonly engines: EngineSet;
  private readonly t: Localize;
  private readonly owned = new DisposableStore();
  /** At a main process: the keys that leave one would mean something else to the editor. */
  private readonly attached = new Set<vscode.Terminal>();
  private readonly own: OwnTerminals;

  constructor(engines: EngineSet, contextKeys: ContextKeys, storage: vscode.Memento, t: Localize) {
    this.engines = engines;
    this.t = t;
    this.own = this.owned.add(
      new OwnTerminals({
        engines,
        storage,
        t,
        show: (program, name) => {
          const pty = createPseudoterminal(program, t, () => {
            pty.dispose();
          });
          vscode.window.createTerminal(terminalOptions(pty, name, 'play')).show();
        },
      }),
    );
    const update = (): void => {
      contextKeys.set('quayside.attachedTerminal', this.isAttachedInFront());
    };
    this.owned.add(vscode.window.onDidChangeActiveTerminal(update));
    this.owned.add(
      vscode.window.onDidCloseTerminal((terminal) => {
        this.attached.delete(terminal);
        update();
      }),
    );
  }

  openShell(ref: ObjectRef, name: string, choice: ShellChoice): void {
    vscode.window.createTerminal(this.shell(ref, name, choice)).show();
  }

  /** What a terminal at a shell in a container is made of. */
  shell(ref: ObjectRef, name: string, choice: ShellChoice = {}): vscode.ExtensionTerminalOptions {
    const { engines, t } = this;
    const container = new FollowedContainer(engines, ref, name);
    const program = new ShellProgram({
      container,
      choice,
      preferred: () => getSetting('quayside.shell.preferred'),
      makeId: randomUUID,
      waysOut: () => waysOut(container, t),
      t,
    });
    return this.options(program, name, 'terminal');
  }

  /** At a container's own process, which goes on without the terminal. */
  openAttached(ref: ObjectRef, name: string): void {
    const program = new AttachProgram(new FollowedContainer(this.engines, ref, name), this.t);
    const terminal = vscode.window.createTerminal(this.options(program, name, 'plug'));
    this.attached.add(terminal);
    terminal.show();
  }

  /** Closes the one at a main process that is in front, which leaves the process running. */
  detach(): void {
    if (this.isAttachedInFront()) vscode.window.activeTerminal?.dispose();
  }

  /** At a container that was made for it. */
  openOwn({ engineId, id }: ObjectRef, name: string, greeting?: string): void {
    this.own.start({ engineId, id, name }, greeting);
  }

  dispose(): void {
    this.owned.dispose();
  }

  private isAttachedInFront(): boolean {
    const { activeTerminal } = vscode.window;
    return activeTerminal !== undefined && this.attached.has(activeTerminal);
  }

  private options(program: TerminalProgram, name: string, icon: string): vscode.ExtensionTerminalOptions {
    const pty = createPseudoterminal(program, this.t, () => {
      this.owned.delete(pty);
    });
    this.owned.add(pty);
    return terminalOptions(pty, name, icon);
  }
}

function terminalOptions(
  pty: vscode.Pseudoterminal,
  name: string,
  icon: string,
): vscode.ExtensionTerminalOptions {
  return { name: oneLine(name, 60), iconPath: new vscode.ThemeIcon(icon), pty };
}
