import type { LogsStrings } from '../../protocol/logs.ts';
import { button, element } from '../dom.ts';
import { icon } from '../icons.ts';

const isMac = navigator.userAgent.includes('Mac');

/** The list of keys. A native dialog: it holds the focus, Escape closes it, and the focus goes back where it was. */
export function keySheet(strings: LogsStrings): HTMLDialogElement {
  const keys: readonly (readonly [string, string])[] = [
    [isMac ? '⌘F' : 'Ctrl+F', strings.keyFind],
    ['Enter, F3, n', strings.keyNext],
    ['Shift+Enter, Shift+F3, N', strings.keyPrevious],
    ['Esc', strings.keyEndFind],
    [isMac ? '⌥F' : 'Alt+F', strings.keyFilter],
    ['↓', strings.keySavedFilters],
    ['e, E', strings.keyErrors],
    ['g', strings.keyGoToTime],
    ['f', strings.keyFold],
    ['c, C', strings.keyContext],
    ['o', strings.keyWholeLog],
    ['r', strings.keyRaw],
    ['k', strings.keyColumns],
    ['Enter, ←, →', strings.keyValues],
    ['b', strings.keyBookmark],
    ['], [', strings.keyBookmarks],
    [isMac ? '⌘L' : 'Ctrl+L', strings.keyClear],
    ['Shift+↑, Shift+↓', strings.keySelect],
    [isMac ? '⌘A' : 'Ctrl+A', strings.keySelectAll],
    [isMac ? '⌘C' : 'Ctrl+C', strings.keyCopy],
    ['End', strings.keyEnd],
    ['Home', strings.keyHome],
    ['w', strings.keyWrap],
    ['t', strings.keyTimestamps],
    ['?', strings.keyKeys],
  ];
  const rows = keys.flatMap(([key, meaning]) => [
    element('dt', {}, ...key.split(', ').map((each) => element('kbd', {}, each))),
    element('dd', {}, meaning),
  ]);
  const title = element('h2', { id: 'keysTitle' }, strings.keysTitle);
  const sheet = element('dialog', { class: 'keySheet', 'aria-labelledby': 'keysTitle' });
  const close = button(strings.close, icon('close'), () => {
    sheet.close();
  });
  sheet.append(element('header', {}, title, close), element('dl', {}, ...rows));
  return sheet;
}
