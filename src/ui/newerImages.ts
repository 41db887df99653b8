import type * as vscode from 'vscode';
import type { Event } from '../base/event.ts';
import { type Disposable, DisposableStore } from '../base/lifecycle.ts';
import type { Deps } from '../commands/deps.ts';
import { checkQuietly } from '../commands/image/checkForNewer.ts';
import { getSetting } from './settings.ts';

const dayMs = 24 * 60 * 60 * 1000;
const lastCheckKey = 'images.lastCheckForNewer';

/** Looks for newer images when the view of images is shown, if and as often as the user wants that. */
export function registerNewerCheck(
  deps: Deps,
  onDidShowImages: Event<void>,
  storage: vscode.Memento,
): Disposable {
  const owned = new DisposableStore();
  const ended = new AbortController();
  let isChecking = false;
  const check = async (): Promise<void> => {
    const last = storage.get(lastCheckKey);
    const now = deps.clock.now();
    if (isChecking || !isDue(getSetting('quayside.images.checkForNewer'), last, now)) return;
    isChecking = true;
    try {
      await checkQuietly(deps, ended.signal);
      await storage.update(lastCheckKey, now);
    } catch {
      // Only cancelled: the window closes.
    } finally {
      isChecking = false;
    }
  };
  owned.add(onDidShowImages(() => void check()));
  owned.add({
    dispose: () => {
      ended.abort();
    },
  });
  return owned;
}

/** A clock that was set back makes it due. */
function isDue(setting: string, last: unknown, now: number): boolean {
  if (setting === 'whenShown') return true;
  return setting === 'daily' && !(typeof last === 'number' && now >= last && now - last < dayMs);
}
