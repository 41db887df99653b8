import * as vscode from 'vscode';
import { systemClock, throttle } from '../../base/async.ts';
import { type Disposable, DisposableStore, MutableDisposable } from '../../base/lifecycle.ts';
import type { Localize } from '../../base/localize.ts';
import type { EngineSet } from '../../engine/engineSet.ts';
import { isSameAge } from '../../model/tree/ages.ts';
import { ownerKey } from '../../model/tree/contextValue.ts';
import type { FilePlace } from '../../model/filePlace.ts';
import type { FileNode, FileNoticeNode, PartNode, TreeBranch, TreeNode } from '../../model/tree/nodes.ts';
import { containerParts } from '../../model/tree/partRows.ts';
import { isSameRow, type Row } from '../../model/tree/row.ts';
import { ageOf, toRow } from '../../model/tree/rows.ts';
import { tooltipOf } from '../../model/tree/tooltipRows.ts';
import { emptyIndex, reindex, rootKey, type TreeIndex } from '../../model/tree/treeIndex.ts';
import { Expansion } from './expansion.ts';
import { fileDrop } from './fileDrop.ts';
import { readParts } from './parts.ts';
import { toHover } from './tooltip.ts';
import { collapsibleStates, toTreeItem } from './treeItem.ts';

/**
 * The editor gathers a view's changes for 200 ms after each, and begins anew with every one that falls inside: what
 * comes later than that is drawn at once.
 */
const editorRestMs = 205;

/** The rest after a look that found nothing to draw, so that a burst of those stays cheap. */
const idleRestMs = 20;

/** With more changed rows than this the editor is quicker at drawing all of them. */
const maxSingleRows = 64;

/**
 * The editor draws none of a thousand rows before it has all of them: of more than these it first gets these, which fill
 * any screen, and all of them at once behind.
 */
const firstRows = 100;

/** Ages in rows move on this often while a view is visible. */
const tickMs = 30_000;

/** The editor takes a hover away when its row is drawn again: a hovered row keeps still for so long if it can. */
const hoverMs = 10_000;

const goneRow: Row = {
  label: '',
  description: '',
  icon: { id: 'blank' },
  accessibleLabel: '',
  contextValue: 'gone',
  expansion: 'none',
};

export interface ResourceTreeOptions {
  readonly viewId: string;
  readonly engines: EngineSet;
  readonly storage: vscode.Memento;
  readonly t: Localize;
  /** The whole tree as of now. */
  build(): readonly TreeBranch[];
  /** Settles when there is something to show; until then the editor shows its own progress. */
  whenReady(): Promise<void>;
  /** Called when the view comes into sight; what it returns is ended when it goes. */
  onVisible(tree: Pick<ResourceTree, 'mayMove'>): Disposable;
  /** Something exact to fetch before a hover is shown: one cached request at most. */
  beforeTooltip(node: TreeNode): Promise<void>;
  /** Something to fetch before the rows below one are known; the editor shows its own progress meanwhile. */
  beforeChildren?(node: TreeNode): Promise<void>;
  /** The rows of a folder; of views that have files. */
  readFiles?(place: FilePlace, folder: string): Promise<readonly PartRow[]>;
  /** Files of this machine were dropped onto a row; of views that have files. */
  readonly onDrop?: (key: string, paths: readonly string[]) => void;
  /** Called for each row that the editor is about to show. */
  onDrawn?(node: TreeNode): void;
}

/** What is read when the row above it is expanded. */
export type PartRow = PartNode | FileNode | FileNoticeNode;

/** A row as the editor has it, with the node it was made of. */
interface DrawnRow {
  readonly node: TreeNode;
  readonly row: Row;
  /** When it was made: its ages read as they did then. */
  readonly madeAt: number;
  readonly item: vscode.TreeItem;
}

/**
 * One tree view. Its elements are the keys of the nodes, so that what the editor hands to a command is a printed
 * object ref. It draws again what differs from what it drew before, and nothing while it is out of sight.
 */
export class ResourceTree implements vscode.TreeDataProvider<string>, Disposable {
  private readonly options: ResourceTreeOptions;
  private readonly owned = new DisposableStore();
  private readonly didChange = this.owned.add(new vscode.EventEmitter<string[] | undefined>());
  private readonly whileVisible = this.owned.add(new MutableDisposable());
  private readonly expansion: Expansion;
  private readonly parts = new Map<string, PartRow>();
  /** To make an item anew only when its row reads differently: the editor asks for all at once again and again. */
  private readonly drawn = new Map<string, DrawnRow>();
  /** Containers whose parts the editor has asked for: they are drawn with it. */
  private readonly opened = new Set<string>();
  /** Rows of containers and of their parts whose rows below are shown. */
  private readonly unfolded = new Set<string>();
  private readonly redraws = this.owned.add(throttle(systemClock, () => this.redraw()));
  private hovered: { readonly key: string; readonly at: number } | undefined;
  /** Rows to be drawn that the state does not tell: an age moved on, or they were hovered when they changed. */
  private readonly late = new Set<string>();
  private isLaidOut = false;
  private index: TreeIndex = emptyIndex;
  private isReady = false;
  private hasBegun = false;
  readonly onDidChangeTreeData = this.didChange.event;
  readonly view: vscode.TreeView<string>;

  constructor(options: ResourceTreeOptions) {
    this.options = options;
    this.expansion = new Expansion(options.storage, `expansion.${options.viewId}`);
    this.view = this.owned.add(
      vscode.window.createTreeView(options.viewId, {
        treeDataProvider: this,
        canSelectMany: true,
        showCollapseAll: true,
        ...(options.onDrop === undefined ? {} : { dragAndDropController: fileDrop(options.onDrop) }),
      }),
    );
    this.owned.add(this.expansion.watch(this.view));
    this.owned.add(
      this.view.onDidExpandElement(({ element }) => {
        const kind = this.node(element)?.kind;
        if (kind === 'container' || kind === 'part') this.unfolded.add(element);
      }),
    );
    this.owned.add(
      this.view.onDidCollapseElement(({ element }) => {
        this.unfolded.delete(element);
      }),
    );
    this.owned.add(
      this.view.onDidChangeVisibility(({ visible }) => {
        if (visible && !this.isLaidOut) this.layOut();
        this.setVisible(visible);
      }),
    );
    this.setVisible(this.view.visible);
  }

  /** Brings the drawn rows in line with the state, soon; does nothing for a view that nobody sees. */
  update(): void {
    if (this.isReady && this.view.visible) this.redraws.call();
  }

  /** The same at once: what is revealed next must be there. */
  redrawNow(): void {
    this.redraw();
  }

  /**
   * Whether the row may be on the screen, and can be drawn often: with it, the editor asks for all that is open below, and
   * processes and files are read each time.
   */
  mayMove(key: string): boolean {
    const isRead =
      this.unfolded.has(key) && [...this.unfolded].some((other) => other !== key && ownerKey(other) === key);
    return this.drawn.has(key) && !isRead;
  }

  /** Reads the rows below one again, if it was expanded. */
  reread(key: string): void {
    if (this.node(key) !== undefined) this.didChange.fire([key]);
  }

  /** Whether the view has the row as of now, be it in sight or not. */
  async has(key: string): Promise<boolean> {
    if (this.isReady) this.redraw();
    else await this.makeReady();
    return this.node(key) !== undefined;
  }

  /** Begins with all rows at once: one of them is to be revealed, wherever it is. */
  beginWhole(): void {
    this.hasBegun = true;
  }

  node(key: string): TreeNode | undefined {
    return this.index.nodes.get(key) ?? this.parts.get(key);
  }

  getTreeItem(key: string): vscode.TreeItem {
    const node = this.node(key);
    // A row that went between the question and the answer: the next change takes it off.
    if (node === undefined) return toTreeItem(key, goneRow);
    this.options.onDrawn?.(node);
    const known = this.drawn.get(key);
    const isKnown = known?.node === node;
    const context = this.context();
    const row = isKnown ? known.row : toRow(node, context);
    const expansion = this.expansion.of(key, row);
    const isSame = known?.row === row && known.item.collapsibleState === collapsibleStates[expansion];
    const item = isSame ? known.item : toTreeItem(key, { ...row, expansion });
    this.drawn.set(key, { node, row, madeAt: isKnown ? known.madeAt : context.now, item });
    return item;
  }

  async getChildren(key?: string): Promise<string[]> {
    if (key === undefined) {
      await this.makeReady();
      return this.rootKeys();
    }
    const node = this.node(key);
    if (node?.kind === 'container') {
      this.opened.add(key);
      return this.adopt(containerParts(node));
    }
    if (node?.kind === 'part') return this.readParts(node);
    if (node?.kind === 'file') return this.readFiles(node.place, node.path);
    if (node?.kind === 'volume')
      return this.readFiles({ engineId: node.engineId, kind: 'volume', id: node.volume.name }, '/');
    if (node !== undefined && this.options.beforeChildren !== undefined) {
      await this.options.beforeChildren(node);
      this.takeOver(key);
    }
    return [...(this.index.children.get(key) ?? [])];
  }

  getParent(key: string): string | undefined {
    const parent = this.index.parents.get(key);
    if (parent !== undefined) return parent === rootKey ? undefined : parent;
    // What is revealed below a container stands directly below it.
    const owner = ownerKey(key);
    return owner === key ? undefined : owner;
  }

  async resolveTreeItem(item: vscode.TreeItem, key: string): Promise<vscode.TreeItem> {
    this.hovered = { key, at: Date.now() };
    const hovered = this.node(key);
    if (hovered !== undefined) await this.options.beforeTooltip(hovered);
    const node = this.node(key);
    const content = node === undefined ? undefined : tooltipOf(node, this.context());
    if (node === undefined || content === undefined) return item;
    // The drawn item is used again and must not keep a hover that grows old.
    const hover = toTreeItem(key, toRow(node, this.context()));
    hover.tooltip = toHover(content.title, content.rows);
    return hover;
  }

  dispose(): void {
    this.owned.dispose();
  }

  private async makeReady(): Promise<void> {
    if (this.isReady) return;
    await this.options.whenReady();
    this.isReady = true;
    this.index = reindex(this.index, this.options.build()).index;
  }

  private rootKeys(): string[] {
    const keys = this.index.children.get(rootKey) ?? [];
    if (this.hasBegun || keys.length <= firstRows) return [...keys];
    this.hasBegun = true;
    // The editor comes for all of them once it has drawn these, and reveals nothing until then.
    this.didChange.fire(undefined);
    return keys.slice(0, firstRows);
  }

  /**
   * The editor lays a view out before it makes its tree when the view is opened for the first time: the rows have no
   * height then, for two seconds, unless a message makes it lay out again.
   */
  private layOut(): void {
    this.isLaidOut = true;
    this.view.message = this.view.message ?? '';
  }

  private setVisible(isVisible: boolean): void {
    if (!isVisible) {
      this.whileVisible.set(undefined);
      return;
    }
    const visible = new DisposableStore();
    visible.add(this.options.onVisible(this));
    const timer = setInterval(() => {
      this.tick();
    }, tickMs);
    visible.add({
      dispose: () => {
        clearInterval(timer);
      },
    });
    this.whileVisible.set(visible);
    this.update();
  }

  /** Draws what differs; says for how many milliseconds the editor had better be left alone then. */
  private redraw(): number {
    if (!this.isReady || !this.view.visible) return 0;
    const { index, branches, rows } = reindex(this.index, this.options.build(), (node) =>
      this.drawsSame(node),
    );
    this.index = index;
    if (branches.length > 0) this.forgetGone();
    const due = [...rows.filter((key) => !this.canWait(key)), ...this.takeLate()];
    if (branches.length + due.length === 0) return idleRestMs;
    if (branches.includes(rootKey) || due.length > maxSingleRows) this.didChange.fire(undefined);
    else this.didChange.fire([...branches, ...due]);
    return editorRestMs;
  }

  /** The tree as it is after rows below one were fetched: the editor is about to draw those, all else is told to it. */
  private takeOver(key: string): void {
    const { index, branches, rows } = reindex(this.index, this.options.build(), (node) =>
      this.drawsSame(node),
    );
    this.index = index;
    const others = [...branches, ...rows].filter((each) => each !== key);
    if (others.length > 0) this.didChange.fire(others.includes(rootKey) ? undefined : others);
  }

  private takeLate(): readonly string[] {
    const due = [...this.late].filter((key) => !this.isHovered(key));
    for (const key of due) {
      this.late.delete(key);
      this.drawn.delete(key);
    }
    return due;
  }

  /** Whether a node that changed looks as it was drawn, parts of its included. */
  private drawsSame(node: TreeNode): boolean {
    const { key } = node;
    const known = this.drawn.get(key);
    // Never asked for, so nowhere on the screen.
    if (known === undefined) return true;
    if (this.opened.has(key) || !isSameRow(known.row, toRow(node, this.context()))) return false;
    this.drawn.set(key, { ...known, node });
    return true;
  }

  /** Draws again the rows whose age reads differently now. */
  private tick(): void {
    const now = Date.now();
    for (const [key, { madeAt }] of this.drawn) {
      const node = this.node(key);
      const since = node === undefined ? undefined : ageOf(node);
      if (since !== undefined && !isSameAge(since, madeAt, now)) this.late.add(key);
    }
    if (this.late.size > 0) this.redraws.call();
  }

  private isHovered(key: string): boolean {
    return this.hovered?.key === key && Date.now() - this.hovered.at < hoverMs;
  }

  /** Whether a hovered row looks the same but for its text: asking for a hover makes ages exact and sizes known. */
  private canWait(key: string): boolean {
    const node = this.node(key);
    const drawn = this.drawn.get(key)?.row;
    if (!this.isHovered(key) || node === undefined || drawn === undefined) return false;
    const isSame = isSameRow(
      { ...drawn, description: '', accessibleLabel: '' },
      {
        ...toRow(node, this.context()),
        description: '',
        accessibleLabel: '',
      },
    );
    if (isSame) this.late.add(key);
    return isSame;
  }

  private context() {
    return { t: this.options.t, now: Date.now() };
  }

  private forgetGone(): void {
    for (const kept of [this.parts, this.drawn, this.opened, this.unfolded, this.late])
      for (const key of kept.keys()) if (!this.index.nodes.has(ownerKey(key))) kept.delete(key);
  }

  private async readFiles(place: FilePlace, folder: string): Promise<string[]> {
    return this.adopt((await this.options.readFiles?.(place, folder)) ?? []);
  }

  private adopt(nodes: readonly PartRow[]): string[] {
    for (const node of nodes) this.parts.set(node.key, node);
    return nodes.map(({ key }) => key);
  }

  private async readParts(node: PartNode): Promise<string[]> {
    const { engineId, containerId } = node;
    if (node.part.kind === 'files')
      return this.readFiles({ engineId, kind: 'container', id: containerId }, '/');
    const engine = this.options.engines.get(node.engineId)?.store.engine;
    return engine === undefined ? [] : this.adopt(await readParts(engine, node, this.options.t));
  }
}
