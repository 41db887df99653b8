import * as vscode from 'vscode';
import type { Localize } from '../../base/localize.ts';
import { discard } from '../../commands/container/makeContainer.ts';
import { explain } from '../../commands/explain.ts';
import type { Engine } from '../../engine/engine.ts';
import { asEngineError } from '../../model/engineError.ts';
import { SessionTerminal } from './sessionTerminal.ts';

/**
 * Starts a container that was made for it, with a terminal, and shows its own process. The container goes at its end by
 * itself; closing the terminal ends it.
 */
export function openAttached(engine: Engine, containerId: string, name: string, t: Localize): void {
  const pty = new SessionTerminal({
    async start(size, signal) {
      try {
        const attached = await engine.attachContainer(containerId, signal);
        // Asked before the start, or a short life would be over by then.
        const ended = engine.waitContainer(containerId, signal, 'next-exit').catch(() => undefined);
        await engine.startContainer(containerId, signal);
        await attached.resize(size.columns, size.rows).catch(() => undefined);
        return {
          ...attached,
          exitCode: () => ended,
          end() {
            attached.close();
            void discard(engine, containerId);
          },
        };
      } catch (error) {
        await discard(engine, containerId);
        throw error;
      }
    },
    // What it said last is worth reading, also when all went well.
    farewell: (code) =>
      code === undefined
        ? t('{name} ended. Press any key to close the terminal.', { name })
        : t('{name} ended with exit code {code}. Press any key to close the terminal.', { name, code }),
    failed: (error) => t('Could not run {name}: {why}', { name, why: explain(asEngineError(error), t) }),
  });
  const terminal = vscode.window.createTerminal({ name, iconPath: new vscode.ThemeIcon('play'), pty });
  terminal.show();
}
