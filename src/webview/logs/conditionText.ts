import type { LogCondition } from '../../model/log.ts';
import { mindsCase } from './smartCase.ts';

/** What stands in the filter's input, and how it is meant. */
export interface Draft {
  readonly text: string;
  readonly isRegex: boolean;
  readonly matchCase: boolean;
  readonly isInverse: boolean;
}

export const emptyDraft: Draft = { text: '', isRegex: false, matchCase: false, isInverse: false };

/**
 * `@name=value` and `@name:value` ask for a field with the text in its value, `@name==value` for just that value; all else
 * is looked for in the line.
 */
export function conditionOf({ text, isRegex, matchCase, isInverse }: Draft): LogCondition | undefined {
  if (text === '') return undefined;
  const field = /^@([^=:\s]+)(==|[=:])(.*)$/s.exec(text);
  if (field !== null) {
    const [, name = '', sign, value = ''] = field;
    return { kind: 'field', name, value, isExact: sign === '==', isInverse };
  }
  return {
    kind: 'text',
    pattern: text,
    isRegex,
    matchCase: mindsCase(text, isRegex, matchCase),
    isInverse,
  };
}

/** The condition as one could have typed it. */
export function draftOf(condition: LogCondition): Draft {
  const { isInverse } = condition;
  if (condition.kind === 'field') return { ...emptyDraft, text: conditionText(condition), isInverse };
  const { pattern: text, isRegex, matchCase } = condition;
  return { text, isRegex, matchCase: matchCase && !mindsCase(text, isRegex, false), isInverse };
}

/** For a chip: `/pattern/` is an expression. */
export function conditionText(condition: LogCondition): string {
  if (condition.kind === 'field')
    return `@${condition.name}${condition.isExact ? '==' : '='}${condition.value}`;
  return condition.isRegex ? `/${condition.pattern}/` : condition.pattern;
}

/** Why the expression is none. What only Unicode mode refuses is still one to most people, and to the reader. */
export function expressionProblem(condition: LogCondition | undefined): string | undefined {
  if (condition?.kind !== 'text' || !condition.isRegex) return undefined;
  try {
    new RegExp(condition.pattern, '');
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
