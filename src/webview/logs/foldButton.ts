import { fill } from '../../base/fill.ts';
import type { LogsStrings } from '../../protocol/logs.ts';
import { element, rename } from '../dom.ts';

/** At the end of the line that begins a stack trace: how long it is, and whether its lines show. */
export function foldButton(
  lines: number,
  isUnfolded: boolean,
  {
    strings,
    formatCount,
  }: { readonly strings: LogsStrings; readonly formatCount: (count: number) => string },
): HTMLButtonElement {
  const count = formatCount(lines);
  const face = lines === 1 ? strings.oneLine : fill(strings.lines, { count });
  const made = element('button', { type: 'button', class: 'fold', 'aria-expanded': String(isUnfolded) });
  made.append(`${isUnfolded ? '▾' : '▸'} ${face}`);
  rename(made, lines === 1 ? strings.traceOfOne : fill(strings.trace, { count }));
  return made;
}
