import type { LogsStrings } from '../../protocol/logs.ts';
import { isMac, keySheet } from '../keySheet.ts';

/** The keys of the log page. */
export function logKeySheet(strings: LogsStrings): HTMLDialogElement {
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
  return keySheet(keys, { title: strings.keysTitle, close: strings.close });
}
