import type { LogFieldSample } from '../../model/log.ts';
import { element } from '../dom.ts';

/** A field that has a place of its own in every structured row. */
export interface Column {
  readonly name: string;
  /** In characters. */
  readonly width: number;
  readonly isNumeric: boolean;
}

/** What a column whose values are not known yet gets. */
const unknownWidth = 12;
/** A long name may be cut sooner than values are. */
const maxNameWidth = 16;
const maxWidth = 32;

/** In the order in which they were chosen. */
export function columnsOf(names: readonly string[], sample: LogFieldSample | undefined): readonly Column[] {
  return names.map((name) => {
    const seen = sample?.fields.find((field) => field.name === name);
    const width = Math.max(seen?.width ?? unknownWidth, Math.min(name.length, maxNameWidth));
    return { name, width: Math.min(width, maxWidth), isNumeric: seen?.isNumeric === true };
  });
}

/** One place of a column, in the rows as in the header. */
export function cellOf({ width, isNumeric }: Column): HTMLElement {
  const cell = element('span', { class: isNumeric ? 'cell numeric' : 'cell' });
  // Text that marks cut into pieces may be a little wider than as a whole.
  cell.style.width = `calc(${String(width)}ch + 2px)`;
  return cell;
}
