import type { LayersStrings } from '../../protocol/layers.ts';
import { isMac, keySheet } from '../keySheet.ts';

/** The keys of the page of layers. */
export function layersKeySheet(strings: LayersStrings, isComparing: boolean): HTMLDialogElement {
  const steps: readonly (readonly [string, string])[] = isComparing
    ? []
    : [
        ['], [', strings.keySteps],
        ['Shift+↑, Shift+↓', strings.keyRange],
      ];
  const tabs: readonly (readonly [string, string])[] = isComparing ? [] : [['l, f, w, d', strings.keyTabs]];
  return keySheet(
    [
      [isMac ? '⌘F, /' : 'Ctrl+F, /', strings.keySearch],
      ...steps,
      ['a', strings.keyScope],
      ['Enter', strings.keyOpen],
      [isMac ? '⌥Enter' : 'Alt+Enter', strings.keyOpenPlain],
      ['←, →, Space', strings.keyFold],
      ['e, c', strings.keyFoldAll],
      ['s', strings.keySort],
      [isMac ? '⌘C' : 'Ctrl+C', strings.keyCopy],
      ...tabs,
      ['Tab', strings.keyPanes],
      ['?', strings.keyKeys],
    ],
    { title: strings.keysTitle, close: strings.close },
  );
}
