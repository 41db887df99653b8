import * as vscode from 'vscode';
import { explain } from '../../commands/explain.ts';
import type { Localize } from '../../base/localize.ts';
import type { Engine } from '../../engine/engine.ts';
import { asEngineError } from '../../model/engineError.ts';
import { SessionTerminal } from './sessionTerminal.ts';

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
  const pty = new SessionTerminal({
    async start(size, signal) {
      const spec = { command: shellCommand, tty: size, env: ['TERM=xterm-256color'] };
      const session = await engine.exec(containerId, spec, signal);
      return {
        ...session,
        exitCode: async () => (await session.exitCode()) ?? 0,
        end() {
          // Closing the connection alone would leave the shell running: end of input ends it.
          session.write('\u0003\u0004');
          session.close();
        },
      };
    },
    farewell: (code = 0) =>
      notFoundCodes.includes(code)
        ? t('{name} has no shell to run: its image contains no /bin/sh.', { name })
        : undefined,
    failed: (error) => t('The shell in {name} ended: {why}', { name, why: explain(asEngineError(error), t) }),
  });
  const terminal = vscode.window.createTerminal({ name, iconPath: new vscode.ThemeIcon('terminal'), pty });
  terminal.show();
}
