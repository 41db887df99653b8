import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { oneLine } from '../../base/format.ts';
import type { Localize } from '../../base/localize.ts';
import type { Engine } from '../../engine/engine.ts';
import type { EngineSet } from '../../engine/engineSet.ts';
import type { ObjectRef } from '../../model/identity.ts';
import type { ShellChoice } from '../../model/shell.ts';
import { getSetting } from '../settings.ts';
import { AttachProgram } from './attachProgram.ts';
import { FollowedContainer } from './containerNews.ts';
import { OwnProgram } from './ownProgram.ts';
import { createPseudoterminal } from './pseudoterminal.ts';
import { ShellProgram } from './shellProgram.ts';
import type { TerminalProgram } from './terminalProgram.ts';
import { waysOut } from './waysOut.ts';

/** At a shell in a container. */
export function shellTerminal(
  engines: EngineSet,
  ref: ObjectRef,
  name: string,
  t: Localize,
  choice: ShellChoice = {},
): vscode.ExtensionTerminalOptions {
  const container = new FollowedContainer(engines, ref, name);
  const program = new ShellProgram({
    container,
    choice,
    preferred: () => getSetting('quayside.shell.preferred'),
    makeId: randomUUID,
    waysOut: () => waysOut(container, t),
    t,
  });
  return terminalOf(program, name, 'terminal', t);
}

/** At a container's own process, which goes on without the terminal. */
export function attachedTerminal(
  engines: EngineSet,
  ref: ObjectRef,
  name: string,
  t: Localize,
): vscode.ExtensionTerminalOptions {
  return terminalOf(new AttachProgram(new FollowedContainer(engines, ref, name), t), name, 'plug', t);
}

/** At a container that was made for it. */
export function ownTerminal(
  engine: Engine,
  containerId: string,
  name: string,
  t: Localize,
  greeting?: string,
): vscode.ExtensionTerminalOptions {
  return terminalOf(new OwnProgram(engine, containerId, name, t, greeting), name, 'play', t);
}

export function openTerminal(options: vscode.ExtensionTerminalOptions): void {
  vscode.window.createTerminal(options).show();
}

function terminalOf(
  program: TerminalProgram,
  name: string,
  icon: string,
  t: Localize,
): vscode.ExtensionTerminalOptions {
  return {
    name: oneLine(name, 60),
    iconPath: new vscode.ThemeIcon(icon),
    pty: createPseudoterminal(program, t),
  };
}
