import { type ChangeCounts, type PathChange, pathChanges, type TreeSort } from '../../model/imageLayers.ts';
import type { LayersScope } from '../../protocol/layers.ts';
import { button, element, rename, setPressed } from '../dom.ts';
import { icon } from '../icons.ts';
import { Toggle } from '../toggle.ts';
import { changeLetters } from './changeMarks.ts';
import type { Words } from './words.ts';

/** What the bar above the files stands on. */
export interface FilesLook {
  readonly scope: LayersScope;
  readonly text: string;
  readonly hidden: readonly PathChange[];
  readonly sort: TreeSort;
}

/** Above the files: which of them show, a search, kinds of changes, order and folding. */
export class FilesBar {
  readonly element: HTMLElement;
  private readonly words: Words;
  private readonly scopes: Readonly<Record<LayersScope, HTMLButtonElement>>;
  private readonly input: HTMLInputElement;
  private readonly kinds: ReadonlyMap<PathChange, Toggle>;
  private readonly kindGroup: HTMLElement;
  private readonly sortButton: HTMLButtonElement;

  constructor(options: {
    readonly words: Words;
    readonly isComparing: boolean;
    readonly onScope: (scope: LayersScope) => void;
    readonly onText: (text: string) => void;
    readonly onHidden: (hidden: readonly PathChange[]) => void;
    readonly onSort: () => void;
    readonly onFoldAll: (isOpen: boolean) => void;
    /** Down from the search, into the files. */
    readonly onLeave: () => void;
  }) {
    const { words, onScope } = options;
    const { strings } = words;
    this.words = words;
    const scope = (name: LayersScope, face: string, hint: string): HTMLButtonElement => {
      const made = button(face, face, () => {
        onScope(name);
      });
      made.title = hint;
      made.classList.add('word');
      return made;
    };
    const allHint = options.isComparing ? strings.scopeFilesHintCompare : strings.scopeFilesHint;
    this.scopes = {
      changes: scope('changes', strings.scopeChanges, strings.scopeChangesHint),
      files: scope('files', strings.scopeFiles, allHint),
    };
    this.input = element('input', {
      type: 'search',
      class: 'find',
      spellcheck: 'false',
      autocomplete: 'off',
      'aria-label': strings.search,
      placeholder: strings.searchPlaceholder,
    });
    this.input.addEventListener('input', () => {
      options.onText(this.input.value);
    });
    this.input.addEventListener('keydown', (event) => {
      if (event.key === 'Escape' && this.input.value !== '') {
        this.input.value = '';
        options.onText('');
      } else if (event.key === 'ArrowDown' || event.key === 'Enter' || event.key === 'Escape')
        options.onLeave();
      else return;
      event.preventDefault();
    });
    const names = {
      added: strings.showAdded,
      changed: strings.showChanged,
      rewritten: strings.showRewritten,
      removed: strings.showRemoved,
    };
    this.kinds = new Map(
      pathChanges.map((change) => {
        const toggle = new Toggle(names[change], changeLetters[change], () => {
          options.onHidden(pathChanges.filter((each) => this.kinds.get(each)?.isOn === false));
        });
        toggle.element.classList.add('kind', change);
        return [change, toggle];
      }),
    );
    const kinds = [...this.kinds.values()].map((toggle) => toggle.element);
    this.kindGroup = group('kinds', strings.changesName, kinds);
    this.sortButton = button(strings.sortSize, icon('sortName'), options.onSort);
    const foldAll = (isOpen: boolean): HTMLButtonElement =>
      button(isOpen ? strings.expandAll : strings.collapseAll, icon(isOpen ? 'expand' : 'collapse'), () => {
        options.onFoldAll(isOpen);
      });
    this.element = element(
      'div',
      { class: 'filesBar', role: 'toolbar', 'aria-label': strings.treeName },
      group('scopes', strings.scopeName, [this.scopes.changes, this.scopes.files]),
      element('div', { class: 'findFrame' }, icon('search'), this.input),
      this.kindGroup,
      element('div', { class: 'look' }, this.sortButton, foldAll(true), foldAll(false)),
    );
  }

  focusSearch(): void {
    this.input.focus();
    this.input.select();
  }

  show({ scope, text, hidden, sort }: FilesLook): void {
    const { strings } = this.words;
    setPressed(this.scopes.changes, scope === 'changes');
    setPressed(this.scopes.files, scope === 'files');
    if (this.input.value !== text) this.input.value = text;
    for (const [change, toggle] of this.kinds) toggle.isOn = !hidden.includes(change);
    this.kindGroup.hidden = scope === 'files';
    rename(this.sortButton, sort === 'name' ? strings.sortSize : strings.sortName);
    setPressed(this.sortButton, sort === 'size');
  }

  /** How many there are of each kind, whether they show or not. */
  setCounts(counts: ChangeCounts): void {
    for (const [change, toggle] of this.kinds) {
      const count = this.words.formatCount(counts[change]);
      toggle.element.textContent = `${changeLetters[change]} ${count}`;
      toggle.element.disabled = counts[change] === 0;
    }
  }
}

function group(className: string, name: string, children: readonly HTMLElement[]): HTMLElement {
  return element('div', { class: className, role: 'group', 'aria-label': name }, ...children);
}
