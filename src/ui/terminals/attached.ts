import * as vscode from 'vscode';
import type { Localize } from '../../base/localize.ts';
import { discard } from '../../commands/container/makeContainer.ts';
import { explain } from '../../commands/explain.ts';
import type { Engine } from '../../engine/engine.ts';
import { asEngineError } from '../../model/engineError.ts';
import type { AttachedContainers } from './attachedContainers.ts';
import { SessionTerminal } from './sessionTerminal.ts';

/**
 * Starts a container that was made for it, with a terminal, and shows its own process. The container goes at its end by
 * itself; closing the terminal ends it, and so does closing the window, whose terminals do not come back.
 */
export function openAttached(
  engine: Engine,
  containerId: string,
  name: string,
  t: Localize,
  running: AttachedContainers,
): void {
  const discarding = (): Promise<boolean> => discard(engine, containerId);
  const pty = new SessionTerminal({
    async start(size, signal) {
      try {
        const attached = await engine.attachContainer(containerId, signal);
        // Asked before the start, or a short life would be over by then.
        const ended = engine.waitContainer(containerId, signal, 'next-exit').catch(() => undefined);
        await engine.startContainer(containerId, signal);
        running.add(containerId, discarding);
        void ended.then(() => {
          running.delete(containerId);
        });
        await attached.resize(size.columns, size.rows).catch(() => undefined);
        return {
          ...attached,
          exitCode: () => ended,
          end() {
            attached.close();
            running.delete(containerId);
            void discarding();
          },
        };
      } catch (error) {
        await discarding();
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
