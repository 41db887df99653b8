import { fill } from '../../base/fill.ts';
import type { TreeRow } from '../../model/imageLayers.ts';
import { modeText } from '../../model/modeText.ts';
import { element } from '../dom.ts';
import { icon } from '../icons.ts';
import { changeLetters, changeWord } from './changeMarks.ts';
import type { Words } from './words.ts';

const indentPx = 10;

/** One path as it is shown: name, size, mode, owner, and the letter of what happened to it. */
export function treeRow(row: TreeRow, words: Words): HTMLElement {
  const { strings, formatBytes } = words;
  const { entry, change, level, hasChildren } = row;
  const size = sizeText(row, words);
  const made = element(
    'div',
    {
      class: ['listRow', 'treeRow', change ?? innerChange(row)].join(' '),
      'aria-level': String(level),
      'aria-posinset': String(row.place + 1),
      'aria-setsize': String(row.siblings),
      'aria-label': fill(strings.rowLabel, { path: row.path, change: changeWord(change, strings), size }),
      'data-vscode-context': rowContext(row),
    },
    nameCell(row, words),
    cell('size', size),
    cell('mode', modeText(entry)),
    cell('owner', `${String(entry.uid)}:${String(entry.gid)}`),
    cell('mark', change === undefined ? '' : changeLetters[change]),
  );
  if (hasChildren) made.setAttribute('aria-expanded', String(row.isOpen));
  const [, sizeCell, modeCell, ownerCell, markCell] = made.children;
  setTitle(markCell, changeWord(change, strings));
  const { before } = row;
  if (before === undefined) return made;
  const was = (at: Element | undefined, differs: boolean, text: string): void => {
    if (!differs) return;
    at?.classList.add('differs');
    setTitle(at, fill(strings.modeWas, { before: text }));
  };
  was(sizeCell, before.sizeBytes !== entry.sizeBytes, formatBytes(before.sizeBytes));
  was(modeCell, modeText(before) !== modeText(entry), modeText(before));
  const owner = `${String(before.uid)}:${String(before.gid)}`;
  was(ownerCell, before.uid !== entry.uid || before.gid !== entry.gid, owner);
  return made;
}

/** The names of the columns. */
export function treeHeader({ strings }: Words): HTMLElement {
  return element(
    'div',
    { class: 'listRow treeRow' },
    cell('name', strings.columnName, 'columnheader'),
    cell('size', strings.columnSize, 'columnheader'),
    cell('mode', strings.columnMode, 'columnheader'),
    cell('owner', strings.columnOwner, 'columnheader'),
    cell('mark', '', 'columnheader'),
  );
}

/** Only what is there afterwards counts, unless nothing is. */
function sizeText({ entry, sizeBytes, removedBytes, change }: TreeRow, { formatBytes }: Words): string {
  if (entry.type === 'hardlink' || entry.type === 'file') return formatBytes(entry.sizeBytes);
  if (entry.type !== 'directory') return '';
  return formatBytes(change === 'removed' ? removedBytes : sizeBytes);
}

/** A folder that did not change itself shows that something in it did. */
function innerChange({ counts }: TreeRow): string {
  const { added, changed, rewritten, removed } = counts;
  return added + changed + rewritten + removed === 0 ? '' : 'within';
}

function nameCell(row: TreeRow, { strings }: Words): HTMLElement {
  const made = cell('name', '');
  made.style.paddingLeft = `${String((row.level - 1) * indentPx)}px`;
  const twistie = element('span', { class: row.isOpen ? 'twistie open' : 'twistie', 'aria-hidden': 'true' });
  if (row.hasChildren) twistie.append(icon('chevron'));
  made.append(twistie, element('span', { class: 'nameText', title: `/${row.path}` }, row.name));
  const { type, linkTarget } = row.entry;
  if (type === 'symlink' || type === 'hardlink') {
    const title = fill(strings.linkTo, { target: linkTarget });
    made.append(
      element('span', { class: 'linkTarget', title }, type === 'symlink' ? '→ ' : '= ', linkTarget),
    );
  }
  return made;
}

function cell(name: string, text: string, role = 'gridcell'): HTMLElement {
  return element('span', { class: `cell ${name}`, role }, text);
}

function setTitle(at: Element | undefined, title: string): void {
  at?.setAttribute('title', title);
}

/** What the editor's menu is told of the row it is opened on. */
function rowContext({ change, entry }: TreeRow): string {
  const isFile = entry.type === 'file' || entry.type === 'hardlink';
  const webviewSection = !isFile ? 'folder' : change === 'changed' ? 'changed' : 'file';
  return JSON.stringify({ webviewSection, preventDefaultContextMenuItems: true });
}
