function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** A whole text, as it stands. */
export function exactly(text: string): RegExp {
  return new RegExp(`^${escaped(text)}$`);
}

/** A name, alone or with more behind it: `Stop` is in `Stop (Ctrl+Alt+X)` and `Stop, Control+Alt+X`. */
export function startsWith(text: string): RegExp {
  return new RegExp(`^${escaped(text)}(?:$|,| \\(| (?:Ctrl|Alt|Shift|Control|Del|F\\d)\\b)`);
}
