import * as vscode from 'vscode';
import { list, object, text } from '../../base/json.ts';
import { type Disposable, DisposableStore } from '../../base/lifecycle.ts';
import type { Localize } from '../../base/localize.ts';
import { discard } from '../../commands/container/makeContainer.ts';
import { explain } from '../../commands/explain.ts';
import type { Engine } from '../../engine/engine.ts';
import type { EngineSet } from '../../engine/engineSet.ts';
import { isUp } from '../../model/container.ts';
import { asEngineError } from '../../model/engineError.ts';
import { SessionTerminal, type TerminalSession } from './sessionTerminal.ts';

/** A container that runs for its terminal. `name`: of its image. */
interface Attached {
  readonly engineId: string;
  readonly id: string;
  readonly name: string;
}

interface AttachedOptions {
  readonly engines: EngineSet;
  readonly storage: vscode.Memento;
  readonly t: Localize;
}

const storageKey = 'terminals.attached';

/**
 * Terminals at the own process of containers that were made for them. Closing one ends its container, which goes by
 * itself. A window that is closed or reloaded ends nothing, as with the docker CLI: what still runs gets its terminal back
 * in the next window, as the editor's own do, so that nobody has to look for it.
 */
export class AttachedTerminals implements Disposable {
  private readonly options: AttachedOptions;
  private readonly owned = new DisposableStore();
  private readonly ended = new AbortController();
  private open: readonly Attached[];
  /** Of an earlier window, whose engine has not been seen yet. */
  private waiting: readonly Attached[];

  constructor(options: AttachedOptions) {
    this.options = options;
    this.open = list(options.storage.get(storageKey)).flatMap(toAttached);
    this.waiting = this.open;
    this.owned.add(
      options.engines.onDidChange(() => {
        this.restore();
      }),
    );
    this.owned.add({
      dispose: () => {
        this.ended.abort();
      },
    });
  }

  /** Starts a container and shows it. */
  start(attached: Attached): void {
    const engine = this.options.engines.get(attached.engineId)?.store.engine;
    if (engine === undefined) return;
    this.keep([...this.open, attached]);
    this.show(attached, async (signal) => {
      try {
        const connection = await engine.attachContainer(attached.id, signal);
        // Asked before the start, or a short life would be over by then.
        const exitCode = engine.waitContainer(attached.id, signal, 'next-exit').catch(() => undefined);
        await engine.startContainer(attached.id, signal);
        return this.session(engine, attached, connection, exitCode);
      } catch (error) {
        this.forget(attached);
        await discard(engine, attached.id);
        throw error;
      }
    });
  }

  dispose(): void {
    this.owned.dispose();
  }

  private restore(): void {
    for (const attached of this.waiting) {
      const known = this.options.engines.get(attached.engineId);
      if (known?.store.state.connection.phase !== 'connected') continue;
      this.waiting = this.waiting.filter((each) => each !== attached);
      void this.reopen(known.store.engine, attached);
    }
  }

  private async reopen(engine: Engine, attached: Attached): Promise<void> {
    const container = await engine.read('container', attached.id, this.ended.signal).catch(() => undefined);
    if (this.ended.signal.aborted) return;
    if (container === undefined || !isUp(container)) {
      this.forget(attached);
      return;
    }
    const note = this.options.t('{name} went on while the window was closed. Press Enter for its prompt.', {
      name: attached.name,
    });
    this.show(attached, async (signal) => {
      const connection = await engine.attachContainer(attached.id, signal);
      const exitCode = engine.waitContainer(attached.id, signal, 'next-exit').catch(() => undefined);
      const session = this.session(engine, attached, connection, exitCode);
      return { ...session, output: noted(note, session.output) };
    });
  }

  private session(
    engine: Engine,
    attached: Attached,
    connection: Awaited<ReturnType<Engine['attachContainer']>>,
    ended: Promise<number | undefined>,
  ): TerminalSession {
    return {
      ...connection,
      exitCode: async () => {
        const code = await ended;
        this.forget(attached);
        return code;
      },
      end: () => {
        connection.close();
        this.forget(attached);
        void discard(engine, attached.id);
      },
    };
  }

  private show(attached: Attached, begin: (signal: AbortSignal) => Promise<TerminalSession>): void {
    const { t } = this.options;
    const { name } = attached;
    const pty = new SessionTerminal({
      async start(size, signal) {
        const session = await begin(signal);
        await session.resize(size.columns, size.rows).catch(() => undefined);
        return session;
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

  private forget({ id }: Attached): void {
    this.keep(this.open.filter((each) => each.id !== id));
  }

  private keep(open: readonly Attached[]): void {
    this.open = open;
    void this.options.storage.update(storageKey, open);
  }
}

async function* noted(
  note: string,
  output: TerminalSession['output'],
): AsyncGenerator<{ readonly data: Uint8Array }> {
  yield { data: new TextEncoder().encode(`\u001b[2m${note}\u001b[0m\r\n`) };
  yield* output;
}

function toAttached(raw: unknown): readonly Attached[] {
  const record = object(raw);
  const attached = {
    engineId: text(record['engineId']),
    id: text(record['id']),
    name: text(record['name']),
  };
  return attached.engineId === '' || attached.id === '' ? [] : [attached];
}
