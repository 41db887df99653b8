export interface KeyActions {
  readonly find: () => void;
  readonly next: () => void;
  readonly previous: () => void;
  readonly endFind: () => void;
  readonly end: () => void;
  readonly home: () => void;
  readonly wrap: () => void;
  readonly timestamps: () => void;
  readonly keys: () => void;
}

/** Keys of the whole page. Single letters are keys only where nobody types. */
export function listenToKeys(actions: KeyActions): void {
  document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented) return;
    const action = actionOf(event, actions);
    if (action === undefined) return;
    event.preventDefault();
    action();
  });
}

function actionOf(event: KeyboardEvent, actions: KeyActions): (() => void) | undefined {
  const { key, shiftKey, altKey } = event;
  const isCommand = event.ctrlKey || event.metaKey;
  if (isCommand && !altKey && !shiftKey && key.toLowerCase() === 'f') return actions.find;
  if (isCommand || altKey) return undefined;
  if (key === 'F3') return shiftKey ? actions.previous : actions.next;
  const { target } = event;
  if (target instanceof HTMLInputElement || (target instanceof Element && target.closest('dialog') !== null))
    return undefined;
  const byKey: Readonly<Record<string, () => void>> = {
    n: actions.next,
    N: actions.previous,
    Escape: actions.endFind,
    End: actions.end,
    Home: actions.home,
    w: actions.wrap,
    t: actions.timestamps,
    '?': actions.keys,
  };
  return Object.hasOwn(byKey, key) ? byKey[key] : undefined;
}
