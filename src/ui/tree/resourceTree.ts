import * as vscode from 'vscode';
import { type Disposable, DisposableStore, MutableDisposable } from '../../base/lifecycle.ts';
import type { Localize } from '../../base/localize.ts';
import type { EngineSet } from '../../engine/engineSet.ts';
import { ownerKey } from '../../model/tree/contextValue.ts';
import type { PartNode, TreeBranch, TreeNode } from '../../model/tree/nodes.ts';
import { containerParts } from '../../model/tree/partRows.ts';
import type { Row } from '../../model/tree/row.ts';
import { toRow } from '../../model/tree/rows.ts';
import { tooltipOf } from '../../model/tree/tooltipRows.ts';
import { emptyIndex, reindex, rootKey, type TreeIndex } from '../../model/tree/treeIndex.ts';
import { Expansion } from './expansion.ts';
import { readParts } from './parts.ts';
import { toHover } from './tooltip.ts';
import { toTreeItem } from './treeItem.ts';

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
  onVisible(): Disposable;
  /** Something exact to fetch before a hover is shown: one cached request at most. */
  beforeTooltip(node: TreeNode): Promise<void>;
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
  private readonly parts = new Map<string, PartNode>();
  /** Each row as the editor has it, to know which ages have moved on. */
  private readonly drawn = new Map<string, Row>();
  private hovered: { readonly key: string; readonly at: number } | undefined;
  /** Rows that were hovered when they changed, to be drawn at the next tick. */
  private readonly late = new Set<string>();
  private index: TreeIndex = emptyIndex;
  private isReady = false;
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
      }),
    );
    this.owned.add(this.expansion.watch(this.view));
    this.owned.add(
      this.view.onDidChangeVisibility(({ visible }) => {
        this.setVisible(visible);
      }),
    );
    this.setVisible(this.view.visible);
  }

  /** Brings the drawn rows in line with the state; does nothing for a view that nobody sees. */
  update(): void {
    if (!this.isReady || !this.view.visible) return;
    const { index, branches, rows } = reindex(this.index, this.options.build());
    this.index = index;
    if (branches.length > 0) this.forgetPartsOfGone();
    if (branches.includes(rootKey)) {
      this.didChange.fire(undefined);
      return;
    }
    const due = rows.filter((key) => !this.canWait(key));
    if (branches.length + due.length > 0) this.didChange.fire([...branches, ...due]);
  }

  node(key: string): TreeNode | undefined {
    return this.index.nodes.get(key) ?? this.parts.get(key);
  }

  getTreeItem(key: string): vscode.TreeItem {
    const node = this.node(key);
    // A row that went between the question and the answer: the next change takes it off.
    if (node === undefined) return toTreeItem(key, goneRow);
    const row = toRow(node, this.context());
    this.drawn.set(key, row);
    return toTreeItem(key, { ...row, expansion: this.expansion.of(key, row) });
  }

  async getChildren(key?: string): Promise<string[]> {
    if (key === undefined) {
      if (!this.isReady) {
        await this.options.whenReady();
        this.isReady = true;
        this.index = reindex(this.index, this.options.build()).index;
      }
      this.drawn.clear();
      return [...(this.index.children.get(rootKey) ?? [])];
    }
    const node = this.node(key);
    if (node?.kind === 'container') return this.adopt(containerParts(node));
    if (node?.kind === 'part') return this.readParts(node);
    return [...(this.index.children.get(key) ?? [])];
  }

  getParent(key: string): string | undefined {
    const parent = this.index.parents.get(key);
    return parent === rootKey ? undefined : parent;
  }

  async resolveTreeItem(item: vscode.TreeItem, key: string): Promise<vscode.TreeItem> {
    this.hovered = { key, at: Date.now() };
    const hovered = this.node(key);
    if (hovered !== undefined) await this.options.beforeTooltip(hovered);
    const node = this.node(key);
    const content = node === undefined ? undefined : tooltipOf(node, this.context());
    if (content !== undefined) item.tooltip = toHover(content.title, content.rows);
    return item;
  }

  dispose(): void {
    this.owned.dispose();
  }

  private setVisible(isVisible: boolean): void {
    if (!isVisible) {
      this.whileVisible.set(undefined);
      return;
    }
    const visible = new DisposableStore();
    visible.add(this.options.onVisible());
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

  /** Draws again the rows whose age reads differently now. */
  private tick(): void {
    const context = this.context();
    const aged: string[] = [];
    for (const [key, { description }] of this.drawn) {
      const node = this.node(key);
      if (node === undefined) this.drawn.delete(key);
      else if (this.isHovered(key) || node.kind === 'part') continue;
      else if (this.late.delete(key) || toRow(node, context).description !== description) aged.push(key);
    }
    if (aged.length > 0) this.didChange.fire(aged);
  }

  private isHovered(key: string): boolean {
    return this.hovered?.key === key && Date.now() - this.hovered.at < hoverMs;
  }

  /** Whether a hovered row looks the same but for its text: asking for a hover makes ages exact and sizes known. */
  private canWait(key: string): boolean {
    const node = this.node(key);
    const drawn = this.drawn.get(key);
    if (!this.isHovered(key) || node === undefined || drawn === undefined) return false;
    const { label, icon, contextValue } = toRow(node, this.context());
    const isSame =
      label === drawn.label &&
      contextValue === drawn.contextValue &&
      icon.id === drawn.icon.id &&
      icon.color === drawn.icon.color;
    if (isSame) this.late.add(key);
    return isSame;
  }

  private context() {
    return { t: this.options.t, now: Date.now() };
  }

  private forgetPartsOfGone(): void {
    for (const key of this.parts.keys()) if (!this.index.nodes.has(ownerKey(key))) this.parts.delete(key);
  }

  private adopt(nodes: readonly PartNode[]): string[] {
    for (const node of nodes) this.parts.set(node.key, node);
    return nodes.map(({ key }) => key);
  }

  private async readParts(node: PartNode): Promise<string[]> {
    const engine = this.options.engines.get(node.engineId)?.store.engine;
    return engine === undefined ? [] : this.adopt(await readParts(engine, node, this.options.t));
  }
}
