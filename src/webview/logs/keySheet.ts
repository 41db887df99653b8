import type { LogsStrings } from '../../protocol/logs.ts';
import { isMac, keySheet } from '../keySheet.ts';

/** The keys of the log page; made when somebody asks for them. */
export class KeySheet {
  private readonly strings: LogsStrings;
  private dialog: HTMLDialogElement | undefined;

  constructor(strings: LogsStrings) {
    this.strings = strings;
  }

  open(): void {
    if (this.dialog === undefined) {
      this.dialog = logKeySheet(this.strings);
      document.body.append(this.dialog);
    }
    if (!this.dialog.open) this.dialog.showModal();
  }
}

function logKeySheet(strings: LogsStrings): HTMLDialogElement {
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
