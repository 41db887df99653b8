import type * as vscode from 'vscode';
import { DisposableStore } from '../base/lifecycle.ts';

/** The editor handed the focus back 3 to 18 ms after a pick was shown, on a machine with nothing to spare. */
const settlingMs = 500;

/**
 * Shows a pick or a field, and disposes of it at its end. `answer` is asked when the user accepts; while it is
 * undefined the question stays. Undefined when the user leaves it.
 *
 * The editor gives the focus back to a page a moment after its palette has closed. A question that a command shows
 * meanwhile loses the focus, by which it would close: so for that moment it stays without.
 */
export function ask<T>(
  input: vscode.QuickPick<vscode.QuickPickItem> | vscode.InputBox,
  answer: () => T | undefined,
  staysWithoutFocus = false,
): Promise<T | undefined> {
  const { promise, resolve } = Promise.withResolvers<T | undefined>();
  const owned = new DisposableStore();
  owned.add(input);
  owned.add(
    input.onDidAccept(() => {
      const given = answer();
      if (given === undefined) return;
      resolve(given);
      input.hide();
    }),
  );
  owned.add(
    input.onDidHide(() => {
      resolve(undefined);
      owned.dispose();
    }),
  );
  input.ignoreFocusOut = true;
  if (!staysWithoutFocus) {
    const settled = setTimeout(() => (input.ignoreFocusOut = false), settlingMs);
    owned.add({ dispose: () => clearTimeout(settled) });
  }
  input.show();
  return promise;
}
