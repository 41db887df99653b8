import type { SelectionMove } from './selection.ts';

export interface KeyActions {
  readonly find: () => void;
  readonly next: () => void;
  readonly previous: () => void;
  readonly endFind: () => void;
  readonly filter: () => void;
  readonly end: () => void;
  readonly home: () => void;
  readonly nextError: () => void;
  readonly previousError: () => void;
  readonly goToTime: () => void;
  readonly fold: () => void;
  readonly context: () => void;
  readonly noContext: () => void;
  readonly wholeLog: () => void;
  readonly clear: () => void;
  readonly raw: () => void;
  readonly columns: () => void;
  readonly bookmark: () => void;
  readonly nextBookmark: () => void;
  readonly previousBookmark: () => void;
  readonly wrap: () => void;
  readonly timestamps: () => void;
  readonly keys: () => void;
  readonly select: (move: SelectionMove) => void;
  readonly selectAll: () => void;
}

const moves: ReadonlyMap<string, SelectionMove> = new Map([
  ['ArrowUp', 'up'],
  ['ArrowDown', 'down'],
  ['PageUp', 'pageUp'],
  ['PageDown', 'pageDown'],
  ['Home', 'home'],
  ['End', 'end'],
]);

/** Keys of the whole page. Single letters are keys only where nobody types. */
export function listenToKeys(actions: KeyActions): void {
  document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented) return;
    const action = actionOf(event, actions);
    if (action === undefined) return;
    event.preventDefault();
    if (event.altKey) keepFromMenu(event);
    // The editor would have the browser select what is drawn, which is only a part.
    if (action === actions.selectAll) event.stopPropagation();
    action();
  });
}

/** The editor's window gets every key that bubbles up: with Alt it would open a menu, or move to the menus as Alt ends. */
function keepFromMenu(event: KeyboardEvent): void {
  event.stopPropagation();
  const onEnd = (ended: KeyboardEvent): void => {
    if (ended.key !== 'Alt') return;
    ended.stopPropagation();
    document.removeEventListener('keyup', onEnd);
  };
  document.addEventListener('keyup', onEnd);
}

function actionOf(event: KeyboardEvent, actions: KeyActions): (() => void) | undefined {
  const { key, shiftKey, altKey } = event;
  const isCommand = event.ctrlKey || event.metaKey;
  if (isCommand && !altKey && !shiftKey && key.toLowerCase() === 'f') return actions.find;
  if (isCommand && !altKey && !shiftKey && key.toLowerCase() === 'l') return actions.clear;
  // With Alt some keyboards type another letter.
  if (altKey && !isCommand && !shiftKey && event.code === 'KeyF') return actions.filter;
  if (isCommand && !altKey && !shiftKey && key.toLowerCase() === 'a' && !isTyping(event.target))
    return actions.selectAll;
  if (isCommand || altKey) return undefined;
  if (key === 'F3') return shiftKey ? actions.previous : actions.next;
  if (isTyping(event.target)) return undefined;
  const move = shiftKey ? moves.get(key) : undefined;
  if (move !== undefined)
    return () => {
      actions.select(move);
    };
  const byKey: Readonly<Record<string, () => void>> = {
    n: actions.next,
    N: actions.previous,
    Escape: actions.endFind,
    End: actions.end,
    Home: actions.home,
    e: actions.nextError,
    E: actions.previousError,
    g: actions.goToTime,
    f: actions.fold,
    c: actions.context,
    C: actions.noContext,
    o: actions.wholeLog,
    r: actions.raw,
    k: actions.columns,
    b: actions.bookmark,
    ']': actions.nextBookmark,
    '[': actions.previousBookmark,
    w: actions.wrap,
    t: actions.timestamps,
    '?': actions.keys,
  };
  return Object.hasOwn(byKey, key) ? byKey[key] : undefined;
}

function isTyping(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement || target instanceof HTMLSelectElement) return true;
  return target instanceof Element && target.closest('dialog, [popover]') !== null;
}
