import * as vscode from 'vscode';
import { Emitter } from '../base/event.ts';
import { systemClock } from '../base/async.ts';
import { type Disposable, DisposableStore, MutableDisposable, toDisposable } from '../base/lifecycle.ts';
import type { Localize } from '../base/localize.ts';
import type { Views } from '../commands/deps.ts';
import { explain } from '../commands/explain.ts';
import { whenLoaded } from '../commands/whenLoaded.ts';
import type { EngineSet, KnownEngine } from '../engine/engineSet.ts';
import type { ConnectionPhase } from '../model/connectionPhase.ts';
import type { EngineStore } from '../engine/engineStore.ts';
import type { RegistryDigest } from '../model/registryDigest.ts';
import { ownerKey } from '../model/tree/contextValue.ts';
import type { TreeNode } from '../model/tree/nodes.ts';
import { TreeMemo } from '../model/tree/treeMemo.ts';
import type { EngineInput } from '../model/tree/viewInput.ts';
import {
  everything,
  type FilteredViewId,
  readOptions,
  type ResourceViewId,
  type SidebarViewId,
  type ViewOptions,
} from '../model/tree/viewOptions.ts';
import { buildEnginesTree, buildViewTree, kindOfView } from '../model/tree/viewTree.ts';
import type { Registries } from '../registry/registries.ts';
import type { ContextKeys } from './contextKeys.ts';
import { getSetting, onDidChangeSetting } from './settings.ts';
import { AskedSizes } from './tree/askedSizes.ts';
import { toEngineInput } from './tree/engineInput.ts';
import { createRegistriesTree } from './tree/registriesTree.ts';
import { ResourceTree, type ResourceTreeOptions } from './tree/resourceTree.ts';
import { RowStats } from './tree/rowStats.ts';
import { RegistryDigests } from './tree/registryDigests.ts';

/**
 * What a reconnect brings is drawn so much later, or together with the first event after it: drawn at once, it would
 * make that event wait until the editor is ready to draw again.
 */
const afterReconnectMs = 100;

/** The sidebar: four views of objects, one of registries and one of engines, all functions of state and the view options. */
export class Sidebar implements Views, Disposable {
  private readonly engines: EngineSet;
  private readonly storage: vscode.Memento;
  private readonly contextKeys: ContextKeys;
  private readonly t: Localize;
  private readonly readFiles: NonNullable<ResourceTreeOptions['readFiles']>;
  private readonly search: () => Promise<void>;
  private readonly searched: Promise<void>;
  private readonly owned = new DisposableStore();
  private readonly didChangeOptions = this.owned.add(new Emitter<void>());
  private readonly volumeSizeStore = new AskedSizes(this.didChangeOptions, (engine, signal) =>
    engine.volumeSizes(signal),
  );
  private readonly sharedImageSizes = new AskedSizes(this.didChangeOptions, (engine, signal) =>
    engine.sharedImageSizes(signal),
  );
  private readonly registryDigests = new RegistryDigests(this.didChangeOptions);
  private readonly rowStats: RowStats;
  private readonly didShowImages = this.owned.add(new Emitter<void>());
  readonly onDidShowImages = this.didShowImages.event;
  private readonly phases = new WeakMap<EngineStore, ConnectionPhase>();
  private readonly resync = this.owned.add(new MutableDisposable());
  private readonly memos = new WeakMap<EngineStore, TreeMemo>();
  private readonly trees: ReadonlyMap<SidebarViewId, ResourceTree>;
  readonly containersView: vscode.TreeView<string>;

  constructor(options: {
    readonly engines: EngineSet;
    readonly registries: Registries;
    readonly storage: vscode.Memento;
    readonly contextKeys: ContextKeys;
    readonly t: Localize;
    readonly readFiles: NonNullable<ResourceTreeOptions['readFiles']>;
    /** Looks through the machine for engines again. */
    readonly rediscover: () => Promise<void>;
    /** The first look, already under way. */
    readonly searched: Promise<void>;
  }) {
    this.engines = options.engines;
    this.storage = options.storage;
    this.contextKeys = options.contextKeys;
    this.t = options.t;
    this.readFiles = options.readFiles;
    this.search = options.rediscover;
    this.searched = options.searched;
    this.rowStats = this.owned.add(
      new RowStats({
        engines: this.engines,
        clock: systemClock,
        isWanted: () => getSetting('quayside.containers.showStats'),
        onDidChangeWanted: onDidChangeSetting('quayside.containers.showStats'),
      }),
    );
    const containers = this.createTree('containers');
    this.containersView = containers.view;
    this.trees = new Map([
      ['containers', containers],
      ['images', this.createTree('images')],
      ['volumes', this.createTree('volumes')],
      ['networks', this.createTree('networks')],
      ['registries', this.createRegistriesTree(options.registries)],
      ['engines', this.createEnginesTree()],
    ]);
    this.owned.add(
      this.engines.onDidChange((engine) => {
        if (engine === undefined || !this.isBack(engine)) this.update();
        else
          this.resync.set(
            toDisposable(
              systemClock.after(afterReconnectMs, () => {
                this.update();
              }),
            ),
          );
      }),
    );
    this.owned.add(
      this.rowStats.onDidChange(() => {
        containers.update();
      }),
    );
    this.owned.add(
      this.didChangeOptions.event(() => {
        this.update();
      }),
    );
    this.owned.add(
      vscode.workspace.onDidChangeWorkspaceFolders(() => {
        this.update();
      }),
    );
    this.update();
  }

  async selection(view: SidebarViewId): Promise<readonly string[]> {
    const tree = this.trees.get(view);
    if (tree === undefined) return [];
    // Arrow keys move the focus alone, which the editor does not tell: selecting the focused row makes it known.
    if (tree.view.selection.length <= 1) await vscode.commands.executeCommand('list.selectAndPreserveFocus');
    return tree.view.selection;
  }

  node(key: string): TreeNode | undefined {
    for (const tree of this.trees.values()) {
      const node = tree.node(key);
      if (node !== undefined) return node;
    }
    return undefined;
  }

  options(view: FilteredViewId): ViewOptions {
    return readOptions(view, this.storage.get(`options.${view}`));
  }

  setOptions(view: FilteredViewId, options: ViewOptions): void {
    void this.storage.update(`options.${view}`, options);
    this.didChangeOptions.fire();
  }

  keepRegistryDigests(engineId: string, found: ReadonlyMap<string, RegistryDigest>): void {
    this.registryDigests.keep(engineId, found);
  }

  async reveal(view: SidebarViewId, key: string): Promise<void> {
    const tree = this.trees.get(view);
    tree?.beginWhole();
    await vscode.commands.executeCommand(`quayside.${view}.focus`);
    // What narrows the view may hide the row, which somebody wants to see.
    const owner = ownerKey(key);
    if (view !== 'engines' && tree !== undefined && !(await tree.has(owner))) {
      this.setOptions(view, { ...this.options(view), ...everything });
      tree.redrawNow();
    }
    tree?.reread(key);
    await tree?.view.reveal(key, { select: true, focus: true, expand: owner !== key });
  }

  rereadRow(key: string): void {
    for (const tree of this.trees.values()) tree.reread(key);
  }

  async volumeSizes(engines: readonly KnownEngine[]): Promise<ReadonlyMap<string, number>> {
    const answers = await Promise.all(
      engines.map(async (engine) =>
        [...(await this.volumeSizeStore.ask(engine))].map(
          ([name, bytes]) => [`${engine.description.id}/${name}`, bytes] as const,
        ),
      ),
    );
    return new Map(answers.flat());
  }

  rediscover(): Promise<void> {
    return this.search();
  }

  dispose(): void {
    this.owned.dispose();
  }

  private createTree(view: ResourceViewId): ResourceTree {
    const kind = kindOfView[view];
    return this.owned.add(
      new ResourceTree({
        viewId: `quayside.${view}`,
        engines: this.engines,
        storage: this.storage,
        t: this.t,
        build: () => buildViewTree(view, this.input(view)),
        readFiles: this.readFiles,
        ...(view === 'containers' || view === 'volumes'
          ? {
              onDrop: (key: string, paths: readonly string[]): void => {
                void vscode.commands.executeCommand('quayside.files.upload', key, { paths });
              },
            }
          : {}),
        whenReady: async () => {
          await this.searched;
          await whenLoaded(this.engines.active, kind, new AbortController().signal);
        },
        onVisible: (tree) => {
          const visible = new DisposableStore();
          visible.add(this.attendAll(kind));
          if (view === 'images') this.didShowImages.fire();
          if (view === 'containers') visible.add(this.rowStats.watch((key) => tree.mayMove(key)));
          return visible;
        },
        beforeTooltip: async (node) => {
          const engine = 'engineId' in node ? this.engines.get(node.engineId) : undefined;
          if (engine?.store.state.connection.phase !== 'connected') return;
          if (node.kind === 'container') await engine.store.readExactly('container', node.container.id);
          if (node.kind === 'volume') await this.volumeSizeStore.ask(engine);
          if (node.kind === 'image') await this.sharedImageSizes.ask(engine);
        },
      }),
    );
  }

  private createRegistriesTree(registries: Registries): ResourceTree {
    const { engines, storage, t } = this;
    const filter = (): string => this.options('registries').filter;
    const tree = this.owned.add(createRegistriesTree({ registries, engines, storage, t, filter }));
    this.owned.add(
      registries.onDidChange(() => {
        tree.update();
      }),
    );
    return tree;
  }

  private createEnginesTree(): ResourceTree {
    return this.owned.add(
      new ResourceTree({
        viewId: 'quayside.engines',
        engines: this.engines,
        storage: this.storage,
        t: this.t,
        build: () => buildEnginesTree(this.engines.all.map((engine) => this.engineInput(engine))),
        whenReady: () => this.searched,
        onVisible: () => new DisposableStore(),
        beforeTooltip: () => Promise.resolve(),
      }),
    );
  }

  private input(view: ResourceViewId) {
    return {
      engines: this.engines.active.map((engine) => this.engineInput(engine)),
      options: this.options(view),
      workspaceFolders: (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath),
    };
  }

  /** Whether this change is that the engine answers again. */
  private isBack({ store }: KnownEngine): boolean {
    const before = this.phases.get(store);
    const { phase } = store.state.connection;
    this.phases.set(store, phase);
    return before === 'unreachable' && phase === 'connected';
  }

  private engineInput(engine: KnownEngine): EngineInput {
    let memo = this.memos.get(engine.store);
    if (memo === undefined) this.memos.set(engine.store, (memo = new TreeMemo()));
    const { id } = engine.description;
    const asked = {
      volumeSizes: this.volumeSizeStore.of(id),
      sharedImageSizes: this.sharedImageSizes.of(id),
      registryDigests: this.registryDigests.of(id),
      use: this.rowStats.of(id),
    };
    return toEngineInput(engine, asked, memo);
  }

  /** The kind is kept exact on every engine, also on those that come while the view is visible. */
  private attendAll(kind: (typeof kindOfView)[ResourceViewId]): Disposable {
    const attended = new Map<string, Disposable>();
    const attend = (): void => {
      for (const { description, store } of this.engines.all)
        if (!attended.has(description.id)) attended.set(description.id, store.attend(kind));
    };
    attend();
    const owned = new DisposableStore();
    owned.add(this.engines.onDidChange(attend));
    owned.add({
      dispose: () => {
        for (const attention of attended.values()) attention.dispose();
      },
    });
    return owned;
  }

  private update(): void {
    for (const [view, tree] of this.trees) {
      tree.update();
      if (view !== 'engines') this.describe(view, tree.view);
    }
  }

  /** What stands beside and above the rows: what narrows the view, and what is wrong. */
  private describe(view: FilteredViewId, treeView: vscode.TreeView<string>): void {
    const { t } = this;
    const { filter, runningOnly, thisWorkspaceOnly } = this.options(view);
    const isNarrowed = filter !== '' || runningOnly || thisWorkspaceOnly;
    this.contextKeys.set(`quayside.${view}Filtered`, isNarrowed);
    if (view === 'containers') {
      this.contextKeys.set('quayside.containersRunningOnly', runningOnly);
      this.contextKeys.set('quayside.containersThisWorkspaceOnly', thisWorkspaceOnly);
    }
    setIfChanged(
      treeView,
      'description',
      [
        filter === '' ? '' : `“${filter}”`,
        runningOnly ? t('running only') : '',
        thisWorkspaceOnly ? t('this workspace') : '',
      ]
        .filter(Boolean)
        .join(' · '),
    );
    // What is wrong with a registry stands below its row.
    if (view !== 'registries') setIfChanged(treeView, 'message', this.trouble(view));
  }

  /** One line above greyed rows, or above what could not be listed; without rows the welcome text says it. */
  private trouble(view: ResourceViewId): string {
    const { t } = this;
    const kind = kindOfView[view];
    const lines = this.engines.active.flatMap(({ description, store }) => {
      const { connection, loaded, failed, snapshot } = store.state;
      const { name } = description;
      const failure = failed.get(kind);
      if (connection.phase === 'unreachable' && loaded.has(kind) && snapshot[kind].size > 0)
        // The reason once, at the top; the other views only say what their rows are.
        return [
          view === 'containers'
            ? t('{name} is not reachable: {why} Trying again by itself.', {
                name,
                why: explain(connection.error, t),
              })
            : t('{name} is not reachable; this is the last known state.', { name }),
        ];
      if (connection.phase === 'connected' && failure !== undefined)
        return [t('{name} could not list this: {why}', { name, why: explain(failure, t) })];
      return [];
    });
    return lines.join('\n');
  }
}

/** Each assignment is a round trip to the window. */
function setIfChanged(view: vscode.TreeView<string>, name: 'description' | 'message', text: string): void {
  if ((view[name] ?? '') !== text) view[name] = text;
}
