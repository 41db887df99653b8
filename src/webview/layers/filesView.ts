import { fill } from '../../base/fill.ts';
import { type LayerState, pathChanges, type TreeRow, type TreeSum } from '../../model/imageLayers.ts';
import type { DiffRequest, TreeShow } from '../../model/layerQuestions.ts';
import type { PageChannel } from '../../protocol/channel.ts';
import type { LayersContract, LayersScope } from '../../protocol/layers.ts';
import { element } from '../dom.ts';
import { Paced } from '../paced.ts';
import { VirtualList } from '../virtualList.ts';
import { FilesBar, type FilesLook } from './filesBar.ts';
import { FilesStatus, whyEmpty } from './filesStatus.ts';
import { Folds } from './folds.ts';
import { treeHeader, treeRow } from './treeRow.ts';
import type { Words } from './words.ts';

/** At most so often while somebody types: each search goes through all paths. */
const searchEveryMs = 60;

/** The files between two states: a tree of them, what it comes to, and the bar above it. */
export class FilesView {
  readonly element: HTMLElement;
  readonly bar: FilesBar;
  private readonly list: VirtualList<TreeRow>;
  private readonly words: Words;
  private readonly channel: PageChannel<LayersContract>;
  private readonly onLook: (look: FilesLook) => void;
  private readonly isComparing: boolean;
  private readonly status: FilesStatus;
  private readonly empty = element('div', { class: 'emptyList', hidden: '' });
  /** What changed is shown open, all there is closed, what is searched for open again. */
  private readonly folds = { changes: new Folds(true), files: new Folds(false), search: new Folds(true) };
  private readonly paced = new Paced(searchEveryMs, () => this.load());
  private look: FilesLook;
  private states: { readonly before: LayerState; readonly after: LayerState } | undefined;
  private revealing: string | undefined;

  constructor(options: {
    readonly words: Words;
    readonly channel: PageChannel<LayersContract>;
    readonly look: FilesLook;
    readonly isComparing: boolean;
    readonly onLook: (look: FilesLook) => void;
  }) {
    this.words = options.words;
    this.channel = options.channel;
    const { scope, text, hidden, sort } = options.look;
    this.look = { scope, text, hidden, sort };
    this.isComparing = options.isComparing;
    this.status = new FilesStatus(this.words);
    this.onLook = options.onLook;
    const { strings } = this.words;
    this.bar = new FilesBar({
      words: this.words,
      isComparing: this.isComparing,
      onScope: (scope) => {
        this.setScope(scope);
      },
      onText: (text) => {
        this.folds.search.setAll(true);
        this.setLook({ ...this.look, text });
      },
      onHidden: (hidden) => {
        this.setLook({ ...this.look, hidden });
      },
      onSort: () => {
        this.toggleSort();
      },
      onFoldAll: (isOpen) => {
        this.foldAll(isOpen);
      },
      onLeave: () => {
        this.list.focus();
      },
    });
    this.list = new VirtualList<TreeRow>({
      id: 'path',
      role: 'treegrid',
      name: strings.treeName,
      header: treeHeader(this.words),
      render: (row) => treeRow(row, this.words),
      onClick: (row) => {
        if (row.hasChildren) void this.toggle(row);
      },
      onActivate: (row, event) => {
        if (!row.hasChildren) this.open(row, event.altKey);
        // A double click was two clicks already.
        else if (event instanceof KeyboardEvent) void this.toggle(row);
      },
    });
    this.list.element.classList.add('tree');
    this.list.element.addEventListener('keydown', (event) => {
      this.onKey(event);
    });
    const frame = element('div', { class: 'listFrame' }, this.list.element, this.empty);
    this.element = element('div', { class: 'filesView' }, this.bar.element, frame, this.status.element);
    this.bar.show(this.look);
  }

  /** Shows what is between other states. */
  show(before: LayerState, after: LayerState): void {
    this.states = { before, after };
    void this.count();
    this.paced.ask();
  }

  focus(): void {
    this.list.focus();
  }

  toggleScope(): void {
    this.setScope(this.look.scope === 'changes' ? 'files' : 'changes');
  }

  toggleSort(): void {
    this.setLook({ ...this.look, sort: this.look.sort === 'name' ? 'size' : 'name' });
  }

  foldAll(isOpen: boolean): void {
    this.foldsNow.setAll(isOpen);
    this.paced.ask();
  }

  /** Selects a path among the changes, once they are there. */
  reveal(path: string): void {
    this.revealing = path;
    this.folds.changes.openAbove(path);
    this.setLook({ ...this.look, scope: 'changes', text: '', hidden: [] });
  }

  /** The selected path. */
  openCurrent(isPlain: boolean): void {
    if (this.list.current !== undefined) this.open(this.list.current, isPlain);
  }

  copyPath(): void {
    const path = this.list.current?.path;
    if (path !== undefined) this.channel.tell('copyPath', { path });
  }

  private get foldsNow(): Folds {
    return this.look.text === '' ? this.folds[this.look.scope] : this.folds.search;
  }

  private setScope(scope: LayersScope): void {
    this.setLook({ ...this.look, scope });
  }

  private setLook(look: FilesLook): void {
    this.look = look;
    this.bar.show(look);
    this.onLook(look);
    this.paced.ask();
  }

  private get treeShow(): TreeShow | undefined {
    const { states, look, foldsNow } = this;
    if (states === undefined) return undefined;
    const { scope, text, hidden, sort } = look;
    const changes = scope === 'files' ? undefined : pathChanges.filter((change) => !hidden.includes(change));
    return { ...states, filter: { text, changes }, sort, folding: foldsNow.folding };
  }

  private async load(): Promise<void> {
    const show = this.treeShow;
    if (show === undefined) return;
    let sum: TreeSum | undefined;
    const fetch = async (first: number, count: number) => {
      const answer = await this.channel.ask('tree', { ...show, first, count });
      sum = answer.sum;
      return answer;
    };
    const path = this.revealing ?? this.list.current?.path;
    const { position } = path === undefined ? { position: undefined } : await this.locate(show, path);
    const isFound = position !== undefined && position !== this.list.position;
    if (!(await this.list.show(fetch, this.revealing !== undefined || isFound ? position : undefined)))
      return;
    this.revealing = undefined;
    if (sum === undefined) return;
    this.status.show(sum, this.look);
    this.showEmpty();
  }

  private showEmpty(): void {
    this.empty.hidden = this.list.total > 0;
    if (!this.empty.hidden)
      this.empty.textContent = whyEmpty(this.look, this.isComparing, this.words.strings);
  }

  private locate(show: TreeShow, path: string): Promise<{ readonly position: number | undefined }> {
    return this.channel.ask('locate', { ...show, path }).catch(() => ({ position: undefined }));
  }

  /** Of all kinds, whatever is hidden. */
  private async count(): Promise<void> {
    const { states } = this;
    if (states === undefined) return;
    const request: DiffRequest = { ...states, filter: { text: '', changes: pathChanges } };
    const folding = { isOpen: false, except: [] };
    const answer = await this.channel
      .ask('tree', { ...request, folding, sort: 'name', first: 0, count: 0 })
      .catch(() => undefined);
    if (answer !== undefined && states === this.states) this.bar.setCounts(answer.sum.counts);
  }

  private async toggle({ path, isOpen, hasChildren }: TreeRow): Promise<void> {
    if (!hasChildren) return;
    this.foldsNow.set(path, !isOpen);
    await this.load();
  }

  private open({ path, entry }: TreeRow, isPlain: boolean): void {
    const { strings } = this.words;
    if (entry.type !== 'file' && entry.type !== 'hardlink')
      this.status.say(fill(strings.notAFile, { path: `/${path}`, type: strings[entry.type] }));
    else if (this.states !== undefined) this.channel.tell('openPath', { ...this.states, path, isPlain });
  }

  private onKey(event: KeyboardEvent): void {
    const row = this.list.current;
    if (row === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'ArrowRight') {
      if (row.hasChildren && !row.isOpen) void this.toggle(row);
      else if (row.hasChildren) this.list.select(this.list.position + 1);
    } else if (event.key === 'ArrowLeft') {
      if (row.isOpen) void this.toggle(row);
      else void this.selectParent(row);
    } else if (event.key === ' ') void this.toggle(row);
    else return;
    event.preventDefault();
  }

  private async selectParent({ path, level }: TreeRow): Promise<void> {
    const show = this.treeShow;
    if (level === 1 || show === undefined) return;
    const { position } = await this.locate(show, path.slice(0, path.lastIndexOf('/')));
    if (position !== undefined) this.list.select(position);
  }
}
