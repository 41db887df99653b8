import { CancelledError } from '../base/cancellation.ts';
import { DisposableStore } from '../base/lifecycle.ts';
import type { KnownEngine } from '../engine/engineSet.ts';
import type { ObjectKind } from '../model/identity.ts';

/** Settles once every engine has told what it has of a kind, or has turned out not to be reachable. */
export async function whenLoaded(
  engines: readonly KnownEngine[],
  kind: ObjectKind,
  signal: AbortSignal,
): Promise<void> {
  await Promise.all(engines.map((engine) => whenKnown(engine, kind, signal)));
}

function whenKnown({ store }: KnownEngine, kind: ObjectKind, signal: AbortSignal): Promise<void> {
  const isKnown = (): boolean => {
    const { connection, loaded } = store.state;
    return connection.phase === 'connected' ? loaded.has(kind) : connection.phase !== 'connecting';
  };
  return new Promise((resolve, reject) => {
    const owned = new DisposableStore();
    const onAbort = (): void => {
      owned.dispose();
      reject(new CancelledError());
    };
    const check = (): void => {
      if (!isKnown()) return;
      owned.dispose();
      resolve();
    };
    signal.addEventListener('abort', onAbort, { once: true });
    owned.add({
      dispose: () => {
        signal.removeEventListener('abort', onAbort);
      },
    });
    owned.add(store.attend(kind));
    owned.add(store.onDidChange(check));
    check();
  });
}
