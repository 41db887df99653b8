/** More than these would be as much to draw as the text. */
const maxModesBytes = 64 * 1024;

/** Colours and modes outlive the text in which they were set: SGR, set and reset of modes, scroll region, full reset, charset. */
const modes = /\u001b(?:\[[0-?]*[mhlr]|c|[()][0-9A-Za-z])/g;
const resets = /^\u001b\[0?m$/;
const fullScreen = /\u001b\[\?(?:1049|1047|47)h/;

export interface Remainder {
  /** What was set in the text that is left out and still counts. */
  readonly modes: Uint8Array;
  readonly rest: Uint8Array;
}

/**
 * The last lines of an output, where a terminal that keeps so many could show nothing of what is before them; undefined
 * where all of it counts.
 */
export function scrolledOut(output: Buffer, keptLines: number): Remainder | undefined {
  let at = output.length;
  for (let left = keptLines; left >= 0 && at > 0; left--) at = output.lastIndexOf(0x0a, at - 1);
  if (at <= 0) return undefined;
  const before = output.toString('latin1', 0, at + 1);
  if (fullScreen.test(before)) return undefined;
  let colours = '';
  let others = '';
  if (before.includes('\u001b'))
    for (const [mode] of before.matchAll(modes))
      if (!mode.endsWith('m')) others += mode;
      else colours = resets.test(mode) ? mode : colours + mode;
  const found = others + colours;
  if (found.length > maxModesBytes) return undefined;
  return { modes: Buffer.from(found, 'latin1'), rest: output.subarray(at + 1) };
}
