export interface KeyActions {
  readonly search: () => void;
  readonly previousStep: () => void;
  readonly nextStep: () => void;
  readonly scope: () => void;
  readonly sort: () => void;
  readonly expandAll: () => void;
  readonly collapseAll: () => void;
  readonly steps: () => void;
  readonly files: () => void;
  readonly waste: () => void;
  readonly duplicates: () => void;
  readonly keys: () => void;
}

/** Keys of the whole page. Single letters are keys only where nobody types. */
export function listenToKeys(actions: KeyActions, signal: AbortSignal): void {
  const onKey = (event: KeyboardEvent): void => {
    const action = event.defaultPrevented ? undefined : actionOf(event, actions);
    if (action === undefined) return;
    event.preventDefault();
    action();
  };
  document.addEventListener('keydown', onKey, { signal });
}

function actionOf(event: KeyboardEvent, actions: KeyActions): (() => void) | undefined {
  const { key, altKey, target } = event;
  const isCommand = event.ctrlKey || event.metaKey;
  if (isCommand && !altKey && key.toLowerCase() === 'f') return actions.search;
  if (isCommand || altKey || isTyping(target)) return undefined;
  const byKey: Readonly<Record<string, () => void>> = {
    '/': actions.search,
    '[': actions.previousStep,
    ']': actions.nextStep,
    a: actions.scope,
    s: actions.sort,
    e: actions.expandAll,
    c: actions.collapseAll,
    l: actions.steps,
    f: actions.files,
    w: actions.waste,
    d: actions.duplicates,
    '?': actions.keys,
  };
  return Object.hasOwn(byKey, key) ? byKey[key] : undefined;
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLInputElement || (target instanceof Element && target.closest('dialog') !== null)
  );
}
