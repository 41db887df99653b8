import { stat } from 'node:fs/promises';
import * as vscode from 'vscode';
import { isCancelled } from '../../base/cancellation.ts';
import { signalProcess } from '../../commands/container/signalProcess.ts';
import type { Deps } from '../../commands/deps.ts';
import { explain } from '../../commands/explain.ts';
import type { ContainerWatch } from '../../engine/containerWatch.ts';
import { asEngineError, hasReason } from '../../model/engineError.ts';
import { type ObjectRef, printObjectRef } from '../../model/identity.ts';
import type { OverviewAction, OverviewProcesses, ProcessChoice } from '../../protocol/overview.ts';
import type { Opening } from './overview/rows.ts';
import type { OverviewActions } from './overviewHost.ts';

const answerTimeoutMs = 20_000;
/** More than a page can be read of. */
const maxProcesses = 1000;

/** What a container's page asks for, done with the commands that everybody has. */
export class EngineOverviewActions implements OverviewActions {
  private readonly deps: Deps;
  private readonly ref: ObjectRef;
  private readonly watch: ContainerWatch;

  constructor(deps: Deps, ref: ObjectRef, watch: ContainerWatch) {
    this.deps = deps;
    this.ref = ref;
    this.watch = watch;
  }

  act(action: OverviewAction): void {
    const own = printObjectRef(this.ref);
    const { successor, container } = this.watch.state;
    switch (action) {
      case 'successor':
        if (successor !== undefined)
          this.run('quayside.container.overview', printObjectRef({ ...this.ref, id: successor.id }));
        break;
      case 'project':
        if (container?.compose !== undefined) this.run('quayside.compose.logs', container.compose.project);
        break;
      case 'files':
        this.run('quayside.files.openPath', own);
        break;
      case 'reveal':
      case 'start':
      case 'stop':
      case 'restart':
      case 'pause':
      case 'unpause':
      case 'logs':
      case 'shell':
      case 'stats':
      case 'changes':
      case 'recreate':
      case 'inspect':
        this.run(`quayside.container.${action}`, own);
    }
  }

  copy(text: string): void {
    void this.deps.desktop.copy(text);
  }

  open(opening: Opening): void {
    const { desktop } = this.deps;
    const of = (kind: ObjectRef['kind'], id: string): string =>
      printObjectRef({ engineId: this.ref.engineId, kind, id });
    switch (opening.kind) {
      case 'url':
        void desktop.openExternal(opening.url);
        break;
      case 'volume':
        this.run('quayside.volume.reveal', of('volume', opening.name));
        break;
      case 'network':
        void this.attempt(() => this.deps.views.reveal('networks', of('network', opening.id)));
        break;
      case 'image':
        this.run('quayside.image.layers', of('image', opening.id));
        break;
      case 'path':
        void this.attempt(() => this.openPath(opening.path));
    }
  }

  async processes(signal: AbortSignal): Promise<OverviewProcesses> {
    const { engines, t } = this.deps;
    const engine = engines.get(this.ref.engineId)?.store.engine;
    if (engine === undefined) return { processes: [], problem: t('The engine is not there any more.') };
    try {
      const limited = AbortSignal.any([signal, AbortSignal.timeout(answerTimeoutMs)]);
      const processes = await engine.processes(this.ref.id, limited);
      return { processes: processes.slice(0, maxProcesses), problem: '' };
    } catch (error) {
      return { processes: [], problem: explain(asEngineError(error), t) };
    }
  }

  signal(process: ProcessChoice): void {
    const { engines } = this.deps;
    const engine = engines.get(this.ref.engineId)?.store.engine;
    const { details } = this.watch.state;
    if (engine === undefined || details === undefined) return;
    const target = { id: this.ref.id, name: details.name, mainPid: details.state.pid };
    void this.attempt(() =>
      signalProcess(this.deps, engine, target, process, AbortSignal.timeout(answerTimeoutMs)),
    );
  }

  /** A folder of this machine is opened; one of another machine can't be. */
  private async openPath(path: string): Promise<void> {
    const { engines, prompts, t } = this.deps;
    const isHere = engines.get(this.ref.engineId)?.description.isLocal === true;
    const found = isHere ? await stat(path).catch(() => undefined) : undefined;
    if (found === undefined) {
      prompts.tell(t('{path} is not on this machine but on the engine’s.', { path }));
      return;
    }
    const uri = vscode.Uri.file(path);
    if (found.isDirectory()) {
      const isInWorkspace = vscode.workspace.getWorkspaceFolder(uri) !== undefined;
      if (isInWorkspace) await vscode.commands.executeCommand('revealInExplorer', uri);
      else await vscode.commands.executeCommand('vscode.openFolder', uri, { forceNewWindow: true });
    } else await vscode.commands.executeCommand('vscode.open', uri);
  }

  /** A command that was called by a name rejects; whoever pressed a button here is to hear of it. */
  private run(command: string, argument: string): void {
    void this.attempt(() => Promise.resolve(vscode.commands.executeCommand(command, argument)));
  }

  private async attempt(work: () => Promise<unknown>): Promise<void> {
    const { prompts, log, t } = this.deps;
    try {
      await work();
    } catch (error) {
      if (isCancelled(error) || hasReason(error, 'cancelled')) return;
      const known = asEngineError(error);
      log.error(`overview panel: ${known.message}`, known);
      const why = explain(known, t);
      prompts.fail(why.charAt(0).toUpperCase() + why.slice(1));
    }
  }
}
