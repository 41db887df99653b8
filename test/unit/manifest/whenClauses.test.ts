import { describe, expect, it } from 'vitest';
import { declaredProperties } from '../../support/declaredTypes.ts';
import { manifest, panelTypes, whenClauses } from './manifest.ts';
import { producibleContextValues } from './producible.ts';
import { type Comparison, parseWhen } from './whenClause.ts';

const { menus, keybindings, views } = manifest.contributes;
const contextKeys = declaredProperties('src/ui/contextKeys.ts', 'ContextKeyTypes');
const editorKeys = [
  'view',
  'viewItem',
  'focusedView',
  'listFocus',
  'inputFocus',
  'webviewId',
  'webviewSection',
  'resourceLangId',
  'terminalFocus',
  'isMac',
];
/** What pages say of a place: `webview/logs/rowContext.ts` and `webview/layers/treeRow.ts`. */
const sections = ['line', 'event', 'log', 'changed', 'file', 'folder'];
const viewIds = views.quayside.map(({ id }) => id);

describe('when clauses', () => {
  it.each([...new Set(whenClauses())])(
    '“%s” compares keys that exist with values that they can have',
    (when) => {
      for (const comparison of parseWhen(when).comparisons) {
        const { key, operator, value } = comparison;
        if (key.startsWith('quayside.')) {
          const possible = contextKeys.get(key);
          expect(valuesOf(comparison).filter((each) => possible?.includes(each) !== true)).toEqual([]);
        } else {
          expect(editorKeys).toContain(key);
          if (key === 'view' || key === 'focusedView') expect(viewIds).toContain(value);
          if (key === 'webviewId') expect(panelTypes).toContain(value);
          if (key === 'webviewSection')
            expect(valuesOf(comparison).filter((each) => !sections.includes(each))).toEqual([]);
          if (key === 'viewItem') expect(operator).toBe('=~');
        }
      }
    },
  );
});

describe('menus', () => {
  const items = menus['view/item/context'].map((item) => ({ ...item, clause: parseWhen(item.when ?? '') }));
  const commandsOf = (view: string, viewItem: string, isInline: boolean): readonly string[] =>
    items
      .filter(
        ({ group = '', clause }) =>
          group.startsWith('inline') === isInline && clause.holds({ view, viewItem }),
      )
      .map(({ command }) => command);

  it('have every button of a row as a line too, and no line twice', () => {
    for (const view of viewIds)
      for (const viewItem of producibleContextValues()) {
        const lines = commandsOf(view, viewItem, false);
        const buttons = commandsOf(view, viewItem, true);
        expect(
          buttons.filter((command) => !lines.includes(command)),
          `${view} ${viewItem}`,
        ).toEqual([]);
        expect([...new Set(lines)], `${view} ${viewItem}`).toEqual(lines);
      }
  });

  it('offer the log of a heading by what it heads: a project’s and a service’s follows what comes later', () => {
    const logs = ['quayside.compose.logs', 'quayside.container.logs'];
    for (const viewItem of producibleContextValues()) {
      const [kind = '', ...flags] = viewItem.split('+');
      if (kind !== 'group' || !flags.includes('container')) continue;
      const isCompose = flags.includes('compose') || flags.includes('service');
      const lines = commandsOf('quayside.containers', viewItem, false);
      expect(
        lines.filter((command) => logs.includes(command)),
        viewItem,
      ).toEqual([logs[isCompose ? 0 : 1]]);
    }
  });

  it.each(viewIds)('put at most four buttons into the title of %s', (view) => {
    const buttons = menus['view/title']
      .filter(({ group }) => group?.startsWith('navigation') === true)
      .map(({ when }) => parseWhen(when ?? ''));
    const keys = buttons.flatMap(({ comparisons }) => comparisons.map(({ key }) => key));
    for (const isOn of [false, true]) {
      const context = { ...Object.fromEntries(keys.map((key) => [key, isOn])), view };
      expect(buttons.filter((button) => button.holds(context)).length).toBeLessThanOrEqual(4);
    }
  });
});

describe('keys', () => {
  it('mean one thing each in a view', () => {
    const keys = keybindings.map((binding) => `${JSON.stringify(binding.when)} ${keyOf(binding)}`);
    expect([...new Set(keys)]).toEqual(keys);
  });
});

/** A pattern over our own keys is a list of whole values: `^(a|b)$`. */
function valuesOf({ operator, value }: Comparison): readonly string[] {
  if (operator === 'isTrue') return ['boolean'];
  if (operator !== '=~') return [value];
  return /^\^\(([\w|]+)\)\$$/.exec(value)?.[1]?.split('|') ?? [`not a list of values: ${value}`];
}

function keyOf(binding: object): string {
  return 'key' in binding ? String(binding.key) : '';
}
