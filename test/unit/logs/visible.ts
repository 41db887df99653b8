import { type BlockFilter, compileFilter } from '../../../src/logs/filter.ts';
import type { Spool } from '../../../src/logs/spool/spool.ts';
import type { TimeLimit } from '../../../src/logs/timeLimit.ts';
import { VisibleRows } from '../../../src/logs/visibleRows.ts';
import { type LogContext, type LogFilter, noFilter } from '../../../src/model/log.ts';
import { unlimited } from './rows.ts';

export function filterOf(filter: Partial<LogFilter>): BlockFilter {
  const compiled = compileFilter({ ...noFilter, ...filter });
  if ('message' in compiled) throw new Error(compiled.message);
  return compiled;
}

export function withText(pattern: string, isInverse = false): BlockFilter {
  return filterOf({ conditions: [{ kind: 'text', pattern, isRegex: false, matchCase: false, isInverse }] });
}

interface Options {
  readonly filter?: BlockFilter | undefined;
  readonly isFolding?: boolean;
  readonly unfolded?: readonly number[];
  readonly contexts?: readonly LogContext[];
  readonly fromRow?: number | undefined;
  readonly limit?: TimeLimit;
}

export function look(spool: Spool, options: Options = {}): VisibleRows {
  const { filter, isFolding = false, unfolded = [], contexts = [], fromRow, limit = unlimited } = options;
  return new VisibleRows({ spool, filter, isFolding, unfolded, contexts, fromRow, limit });
}

export function lookAtAll(visible: VisibleRows): void {
  while (!visible.isComplete) visible.lookOn();
}

/** Rows by their positions, from the first that shows. */
export function rowsOf(visible: VisibleRows): readonly (number | undefined)[] {
  return Array.from({ length: visible.end - visible.first }, (_, at) => visible.rowAt(visible.first + at));
}
