import type * as vscode from 'vscode';
import { list, object, text } from '../../base/json.ts';
import { type Disposable, DisposableStore } from '../../base/lifecycle.ts';
import type { Localize } from '../../base/localize.ts';
import type { Engine } from '../../engine/engine.ts';
import type { EngineSet } from '../../engine/engineSet.ts';
import { isUp } from '../../model/container.ts';
import { OwnProgram } from './ownProgram.ts';

/** A container that runs for its terminal. `name`: of its image. */
interface OwnContainer {
  readonly engineId: string;
  readonly id: string;
  readonly name: string;
}

interface OwnTerminalsOptions {
  readonly engines: EngineSet;
  readonly storage: vscode.Memento;
  readonly t: Localize;
  readonly show: (program: OwnProgram, name: string) => void;
}

const storageKey = 'terminals.own';

/**
 * Terminals at the process of containers that were made for them. Closing one ends its container, which goes by itself.
 * A window that is closed or reloaded ends nothing, as with the docker CLI: what still runs gets its terminal back in the
 * next window, as the editor's own do, so that nobody has to look for it.
 */
export class OwnTerminals implements Disposable {
  private readonly options: OwnTerminalsOptions;
  private readonly owned = new DisposableStore();
  private readonly ended = new AbortController();
  private open: readonly OwnContainer[];
  /** Of an earlier window, whose engine has not been seen yet. */
  private waiting: readonly OwnContainer[];

  constructor(options: OwnTerminalsOptions) {
    this.options = options;
    this.open = list(options.storage.get(storageKey)).flatMap(toOwnContainer);
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
  start(container: OwnContainer, greeting: string | undefined): void {
    const engine = this.options.engines.get(container.engineId)?.store.engine;
    if (engine === undefined) return;
    this.keep([...this.open, container]);
    this.show(engine, container, 'start', greeting);
  }

  dispose(): void {
    this.owned.dispose();
  }

  private restore(): void {
    for (const container of this.waiting) {
      const known = this.options.engines.get(container.engineId);
      if (known?.store.state.connection.phase !== 'connected') continue;
      this.waiting = this.waiting.filter((each) => each !== container);
      void this.rejoin(known.store.engine, container);
    }
  }

  private async rejoin(engine: Engine, own: OwnContainer): Promise<void> {
    const container = await engine.read('container', own.id, this.ended.signal).catch(() => undefined);
    if (this.ended.signal.aborted) return;
    if (container === undefined || !isUp(container)) {
      this.forget(own);
      return;
    }
    const greeting = this.options.t(
      '{name} went on while the window was closed. Press Enter for its prompt.',
      { name: own.name },
    );
    this.show(engine, own, 'rejoin', greeting);
  }

  private show(
    engine: Engine,
    container: OwnContainer,
    begin: 'start' | 'rejoin',
    greeting: string | undefined,
  ): void {
    const { t, show } = this.options;
    const onOver = (): void => {
      this.forget(container);
    };
    show(new OwnProgram({ engine, ...container, begin, greeting, onOver, t }), container.name);
  }

  private forget({ id }: OwnContainer): void {
    this.keep(this.open.filter((each) => each.id !== id));
  }

  private keep(open: readonly OwnContainer[]): void {
    this.open = open;
    void this.options.storage.update(storageKey, open);
  }
}

function toOwnContainer(raw: unknown): readonly OwnContainer[] {
  const record = object(raw);
  const container = {
    engineId: text(record['engineId']),
    id: text(record['id']),
    name: text(record['name']),
  };
  return container.engineId === '' || container.id === '' ? [] : [container];
}
