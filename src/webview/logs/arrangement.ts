import type { LinePart } from '../../model/fields/linePart.ts';
import type { LogField } from '../../model/fields/logField.ts';
import { rowFields } from '../../model/fields/rowFields.ts';
import { parseFields, wordsLead } from '../../model/fields/structuredLine.ts';
import type { LogLine } from '../../model/log.ts';
import type { TimestampMode } from '../../model/logTime.ts';
import type { Column } from './columns.ts';

/** How the fields of structured lines are shown. */
export interface FieldsLook {
  readonly columns: readonly Column[];
  /** Other fields are not shown. */
  readonly onlyColumns: boolean;
}

/** What of a structured line is shown, in that order. */
export interface Arrangement {
  /** By column; undefined where the line has no such field. */
  readonly cells: readonly (LogField | undefined)[];
  /** Says the row's level. */
  readonly level: LogField | undefined;
  /** What stands before the fields or between them. */
  readonly prefix: readonly LinePart[];
  readonly message: LogField | undefined;
  readonly pairs: readonly LogField[];
  /** What stands behind the last of too many fields. */
  readonly rest: LinePart | undefined;
}

/**
 * Of a line's visible text, also when a program coloured it. Undefined for one that is not structured, and for a piece of
 * something longer.
 */
export function arrange(
  line: LogLine,
  text: string,
  { columns, onlyColumns }: FieldsLook,
  timestamps: TimestampMode,
): Arrangement | undefined {
  const structure = line.isContinuation || line.isTraceLine ? undefined : parseFields(text);
  if (structure === undefined || !wordsLead(structure)) return undefined;
  const { prefix, message, fields, rest } = structure;
  const says = { level: line.level, at: timestamps === 'off' ? undefined : line.at };
  const { level, others } = rowFields(text, fields, says);
  const cells = columns.map((column) => fields.find(({ name }) => name === column.name));
  return {
    cells,
    level: cells.includes(level) ? undefined : level,
    prefix,
    message,
    pairs: onlyColumns ? [] : others.filter((field) => !cells.includes(field)),
    rest: onlyColumns ? undefined : rest,
  };
}

/** The fields whose values are elements of the row, in their order. */
export function shownFields({ cells, pairs }: Arrangement): readonly LogField[] {
  return [...cells.filter((field) => field !== undefined), ...pairs];
}
