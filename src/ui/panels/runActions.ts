import { isCancelled } from '../../base/cancellation.ts';
import { Emitter } from '../../base/event.ts';
import { type Disposable, DisposableStore } from '../../base/lifecycle.ts';
import { CommandFailure } from '../../commands/commandFailure.ts';
import { holderOf } from '../../commands/container/portUse.ts';
import { runContainer } from '../../commands/container/makeContainer.ts';
import { replaceContainer } from '../../commands/container/replaceContainer.ts';
import { fieldOfFailure } from '../../commands/container/runFailure.ts';
import type { Deps, ReplacedContainer } from '../../commands/deps.ts';
import { explain } from '../../commands/explain.ts';
import { targetsOf } from '../../commands/targets.ts';
import type { KnownEngine } from '../../engine/engineSet.ts';
import { isEnvFileProblem, parseEnvFile } from '../../model/envFile.ts';
import { asEngineError, hasReason } from '../../model/engineError.ts';
import type { RunOptions } from '../../model/runOptions.ts';
import { joinShellWords } from '../../model/shellWords.ts';
import type { Choice, RunKnown, RunResult, TakenPort } from '../../protocol/run.ts';
import type { RunActions } from './runHost.ts';

/** More than any environment has. */
const maxEnvFileBytes = 1_000_000;
const maxNames = 5000;

export interface RunActionsOptions {
  readonly deps: Deps;
  /** Undefined while the engine is not known. */
  readonly engine: () => KnownEngine | undefined;
  readonly replaces: ReplacedContainer | undefined;
  /** Resolves a path of an environment file. */
  readonly resolvePath: (path: string) => string;
  /** The new container, once it runs. */
  readonly onRunning: (id: string) => void;
}

/** What the form asks for, done with the engine and the editor. */
export class EngineRunActions implements RunActions, Disposable {
  private readonly options: RunActionsOptions;
  private readonly owned = new DisposableStore();
  private readonly didChange = this.owned.add(new Emitter<void>());
  private last = '';
  private runningId: string | undefined;
  readonly onDidChangeKnown = this.didChange.event;

  constructor(options: RunActionsOptions) {
    this.options = options;
    const engine = options.engine();
    for (const kind of ['container', 'network', 'image', 'volume'] as const)
      if (engine !== undefined) this.owned.add(engine.store.attend(kind));
    this.owned.add(
      options.deps.engines.onDidChange(() => {
        const now = JSON.stringify(this.known);
        if (now === this.last) return;
        this.last = now;
        this.didChange.fire();
      }),
    );
  }

  get known(): RunKnown {
    const state = this.options.engine()?.store.state;
    if (state?.connection.phase !== 'connected') return { containers: [], networks: [], isConnected: false };
    const { container, network } = state.snapshot;
    return {
      containers: [...container.values()]
        .filter(({ id }) => id !== this.options.replaces?.id)
        .map(({ name }) => name)
        .slice(0, maxNames),
      networks: state.loaded.has('network')
        ? [...network.values()].map(({ name }) => name).slice(0, maxNames)
        : [],
      isConnected: true,
    };
  }

  async takenPorts(ports: Parameters<RunActions['takenPorts']>[0]): Promise<readonly TakenPort[]> {
    const { deps, replaces } = this.options;
    const engine = this.options.engine();
    if (engine === undefined) return [];
    const holders = await Promise.all(ports.map((port) => holderOf(deps, engine, port, replaces?.id)));
    return holders.flatMap((holder, index) =>
      holder === undefined ? [] : [{ index, holder: holder.container ?? '' }],
    );
  }

  async imageHints(name: string, signal: AbortSignal): ReturnType<RunActions['imageHints']> {
    try {
      const hints = await this.options.engine()?.store.engine.imageDefaults(name, signal);
      if (hints === undefined) return undefined;
      const { ports, entrypoint, command, user, workingDir } = hints;
      return {
        ports,
        entrypoint: joinShellWords(entrypoint),
        command: joinShellWords(command),
        user,
        workingDir,
      };
    } catch {
      // Whatever keeps it from telling: the form goes without hints.
      return undefined;
    }
  }

  async choose(what: Choice): Promise<string | undefined> {
    const { deps } = this.options;
    const { t, prompts } = deps;
    const engine = this.options.engine();
    switch (what) {
      case 'envFile':
        return prompts.chooseExistingFile(t('Choose an environment file'));
      case 'folder':
        return prompts.chooseFolder(t('Choose a folder to mount'));
      default: {
        if (engine === undefined) return undefined;
        const question = {
          image: t('Which image?'),
          network: t('Which network?'),
          volume: t('Which volume?'),
        }[what];
        const items = targetsOf(engine, what).map(({ ref, name }) => ({
          value: what === 'network' ? name : ref.id,
          label: name,
        }));
        if (items.length === 0) prompts.tell(t('The engine has none to choose from.'));
        return items.length === 0 ? undefined : prompts.pickOne(question, items);
      }
    }
  }

  async run(options: RunOptions, signal: AbortSignal): Promise<RunResult> {
    const { deps, replaces } = this.options;
    const { t } = deps;
    try {
      const engine = this.options.engine();
      if (engine === undefined)
        throw new CommandFailure('unreachable', t('The engine is not there any more.'));
      const whole = { ...options, env: await this.environment(options), envFiles: [] };
      this.runningId =
        replaces === undefined
          ? await runContainer(deps, engine, whole, signal)
          : await replaceContainer(deps, { engine, ...replaces }, whole, signal);
      return { kind: 'done' };
    } catch (error) {
      if (isCancelled(error) || hasReason(error, 'cancelled')) return { kind: 'cancelled' };
      const known = asEngineError(error);
      deps.log.error(`running ${options.image}: ${known.message}`, known);
      const why = explain(known, t);
      return {
        kind: 'failed',
        message: why.charAt(0).toUpperCase() + why.slice(1),
        at: fieldOfFailure(error, options),
      };
    }
  }

  done(): void {
    if (this.runningId !== undefined) this.options.onRunning(this.runningId);
  }

  copy(text: string): Promise<void> {
    return this.options.deps.desktop.copy(text);
  }

  dispose(): void {
    this.owned.dispose();
  }

  /** What the fields say counts more than what a file says; a later file more than an earlier one. */
  private async environment({ env, envFiles }: RunOptions): Promise<Readonly<Record<string, string>>> {
    const { deps, resolvePath } = this.options;
    const { t } = deps;
    const entries: (readonly [string, string])[] = [];
    for (const path of envFiles) {
      const text = await deps.desktop
        .readTextFile(resolvePath(path), maxEnvFileBytes)
        .catch((error: unknown) => {
          throw new CommandFailure(
            'notFound',
            t('The environment file {path} cannot be read. Choose another one, or remove it.', { path }),
            { cause: error },
          );
        });
      const read = parseEnvFile(text);
      if (isEnvFileProblem(read))
        throw new CommandFailure(
          'conflict',
          t('Line {line} of the environment file {path} names no variable.', { line: read.line, path }),
        );
      entries.push(...Object.entries(read));
    }
    return Object.fromEntries([...entries, ...Object.entries(env)]);
  }
}
