import { describe, expect, test } from 'vitest';
import { contextValue, flagsByKind } from '../../../src/model/tree/contextValue.ts';
import { contributes, manifestCommandIds, whenClauses } from './manifest.ts';
import { producibleNodes, producibleValues } from './producible.ts';
import { parseWhen, type WhenContext } from './whenClause.ts';

const viewIds = Object.values(contributes.views).flatMap((views) => views.map(({ id }) => id));
const rowItems = (contributes.menus['view/item/context'] ?? []).map((item) => ({
  ...item,
  clause: parseWhen(item.when ?? 'true'),
}));

/** Each row of each view as the menus see it. */
const rows: readonly { readonly view: string; readonly viewItem: string }[] = [...producibleValues].flatMap(
  ([viewItem, views]) => views.map((view) => ({ view, viewItem })),
);

function commandsOf(row: WhenContext, isInline: boolean): readonly string[] {
  return rowItems
    .filter(({ group = '', clause }) => group.startsWith('inline') === isInline && clause.holds(row))
    .map(({ command }) => command);
}

describe('context values', () => {
  test.each(producibleNodes.map((node) => contextValue(node)))('%s is a kind with sorted flags', (value) => {
    const [kind = '', ...flags] = value.split('+');
    expect(Object.keys(flagsByKind)).toContain(kind);
    expect(flags).toEqual([...flags].sort());
  });

  test('use every flag that is declared', () => {
    const produced = new Set(
      producibleNodes.flatMap((node) =>
        contextValue(node)
          .split('+')
          .slice(1)
          .map((flag) => `${node.kind}+${flag}`),
      ),
    );
    const declared = Object.entries(flagsByKind).flatMap(([kind, flags]) =>
      flags.map((flag) => `${kind}+${flag}`),
    );
    expect([...produced].sort()).toEqual(declared.sort());
  });
});

describe('menus', () => {
  const items = Object.entries(contributes.menus).flatMap(([menu, entries]) =>
    entries.map((entry) => ({ menu, ...entry })),
  );

  test.each(items)('$menu $command names a command, a view and a place', ({ menu, command, when, group }) => {
    expect(manifestCommandIds).toContain(command);
    if (menu === 'commandPalette') return;
    expect(group).toMatch(/^\w+@\d+$/);
    const views = parseWhen(when ?? '').comparisons.filter(({ key }) => key === 'view');
    expect(views).toHaveLength(1);
    for (const { value } of views) expect(viewIds).toContain(value);
  });

  test.each(whenClauses.filter(({ when }) => when.includes('viewItem')))(
    '$place: the pattern is anchored and matches a row',
    ({ when }) => {
      const clause = parseWhen(when);
      for (const { operator, value } of clause.comparisons.filter(({ key }) => key === 'viewItem')) {
        expect(operator).toBe('=~');
        expect(value).toMatch(/^\^[a-z]+\\b/);
      }
      expect(rows.some((row) => clause.holds(row))).toBe(true);
    },
  );

  test.each(rows)('$viewItem in $view has at most three buttons, each in its menu too', (row) => {
    const inline = commandsOf(row, true);
    expect(inline.length).toBeLessThanOrEqual(3);
    const listed = commandsOf(row, false);
    expect(inline.filter((command) => !listed.includes(command))).toEqual([]);
    expect(new Set(listed).size).toBe(listed.length);
  });

  test.each(viewIds)('%s has at most four buttons in its title', (view) => {
    const titles = (contributes.menus['view/title'] ?? []).filter(({ group }) =>
      group?.startsWith('navigation'),
    );
    const keys = titles.flatMap(({ when }) => parseWhen(when ?? 'true').comparisons.map(({ key }) => key));
    for (const isOn of [false, true]) {
      const context = { ...Object.fromEntries(keys.map((key) => [key, isOn])), view };
      const shown = titles.filter(({ when }) => parseWhen(when ?? 'true').holds(context));
      expect(shown.length).toBeLessThanOrEqual(4);
    }
  });
});
