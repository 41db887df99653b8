import { describe, expect, test } from 'vitest';
import { declaredProperties } from '../../support/declaredTypes.ts';
import { contributes, whenClauses } from './manifest.ts';
import { type Comparison, parseWhen } from './whenClause.ts';

const declared = declaredProperties('src/ui/contextKeys.ts', 'ContextKeyTypes');
const editorKeys = ['view', 'viewItem', 'focusedView', 'listFocus', 'inputFocus'];
const viewIds = Object.values(contributes.views).flatMap((views) => views.map(({ id }) => id));
const used = whenClauses.flatMap(({ place, when }) =>
  parseWhen(when).comparisons.map((comparison) => ({ place, when, ...comparison })),
);

describe('context keys', () => {
  test('that exist are used', () => {
    const names = new Set(used.map(({ key }) => key));
    expect([...declared.keys()].filter((key) => !names.has(key))).toEqual([]);
  });

  test.each(used)('$place: $key exists and can be “$value”', (comparison) => {
    const { key, value } = comparison;
    if (!key.startsWith('quayside.')) {
      expect(editorKeys).toContain(key);
      if (key === 'view' || key === 'focusedView') expect(viewIds).toContain(value);
      return;
    }
    expect([...declared.keys()]).toContain(key);
    const possible = declared.get(key) ?? [];
    expect(valuesOf(comparison).filter((each) => !possible.includes(each))).toEqual([]);
  });
});

/** A pattern over our own keys is a list of whole values: `^(a|b)$`. */
function valuesOf({ operator, value }: Comparison): readonly string[] {
  if (operator === 'isTrue') return ['boolean'];
  if (operator !== '=~') return [value];
  return /^\^\(([\w|]+)\)\$$/.exec(value)?.[1]?.split('|') ?? [`not a list of values: ${value}`];
}
