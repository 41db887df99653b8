import { describe, expect, it } from 'vitest';
import { commandIds } from '../../../src/commands/ids.ts';
import { commandTable } from '../../../src/commands/table.ts';
import { flagsByKind } from '../../../src/model/tree/contextValue.ts';
import { viewIds } from '../../../src/model/tree/viewOptions.ts';
import { chinese, english, manifest, manifestText, panelTypes, readText, whenClauses } from './manifest.ts';
import { producibleContextValues } from './producible.ts';

const { commands, menus, keybindings, views, viewsWelcome, configuration } = manifest.contributes;
const declared = commands.map(({ command }) => command);

describe('commands', () => {
  it('are the same in the source and in the manifest', () => {
    expect([...declared].sort()).toEqual([...commandIds].sort());
    expect(Object.keys(commandTable).sort()).toEqual([...commandIds].sort());
  });

  it('are named by menus and keys only if they exist', () => {
    const named = [...Object.values(menus).flat(), ...keybindings].map(({ command }) => command);
    expect(named.filter((command) => !declared.includes(command))).toEqual([]);
  });

  it('are linked from welcome texts only if they exist', () => {
    const texts = [english, chinese].flatMap((bundle) => Object.values(bundle)).join('\n');
    const linked = [...texts.matchAll(/\(command:(quayside\.[\w.]+)/g)].map(([, command]) => command);
    expect(linked.length).toBeGreaterThan(0);
    expect(linked.filter((command) => !declared.includes(command ?? ''))).toEqual([]);
  });

  it('that need a row are not offered without one', () => {
    const hidden = menus.commandPalette.filter(({ when }) => when === 'false').map(({ command }) => command);
    expect(hidden.sort()).toEqual([
      'quayside.container.openChange',
      'quayside.container.openFile',
      'quayside.files.addToWorkspace',
      'quayside.files.copyPath',
      'quayside.files.delete',
      'quayside.files.download',
      'quayside.files.newFile',
      'quayside.files.newFolder',
      'quayside.files.refresh',
      'quayside.files.rename',
      'quayside.files.search',
      'quayside.files.upload',
      'quayside.files.uploadFolder',
      'quayside.layers.copyPath',
      'quayside.layers.open',
      'quayside.layers.openFile',
      'quayside.logs.copy',
      'quayside.logs.copyLine',
      'quayside.logs.copyLink',
      'quayside.logs.openDocument',
      'quayside.logs.save',
      'quayside.registry.loadMore',
      'quayside.registry.refreshRow',
      'quayside.volume.reveal',
    ]);
  });

  it('called by a key take the rows of the view that has the focus', () => {
    const ofViews = keybindings.filter(({ when }) => !when.startsWith('terminalFocus && '));
    expect(keybindings.length - ofViews.length).toBe(1);
    for (const { when, args } of ofViews) {
      const view = /focusedView == quayside\.(\w+)/.exec(when)?.[1];
      expect([...viewIds, 'registries', 'engines']).toContain(view);
      if (args !== undefined) expect(args).toEqual({ selection: view });
    }
  });
});

describe('texts', () => {
  const used = new Set([...manifestText.matchAll(/"%([^%"]+)%"/g)].map(([, key]) => key));

  it('exist in both languages, and none is left over', () => {
    expect(Object.keys(english).sort()).toEqual([...used].sort());
    expect(Object.keys(chinese).sort()).toEqual([...used].sort());
  });

  it('of what users see all come from the translations', () => {
    const seen = [
      ...commands.flatMap(({ title, category }) => [title, category]),
      ...viewsWelcome.map(({ contents }) => contents),
      ...Object.values(configuration.properties).map(({ markdownDescription }) => markdownDescription),
    ];
    expect(seen.filter((text) => !/^%[^%]+%$/.test(text))).toEqual([]);
  });

  it('link to the same commands in both languages', () => {
    const links = (text = ''): readonly string[] =>
      [...text.matchAll(/\]\(([^)]+)\)/g)].map(([, link]) => link ?? '');
    for (const [key, text] of Object.entries(english)) expect(links(chinese[key])).toEqual(links(text));
  });
});

describe('settings', () => {
  const source = readText('src/ui/settings.ts');
  const types: Readonly<Record<string, string>> = Object.fromEntries(
    [...source.matchAll(/'(quayside\.[\w.]+)': (string|number|boolean|readonly string\[\]);/g)].map(
      ([, key = '', type = '']) => [key, type === 'readonly string[]' ? 'array' : type],
    ),
  );

  it('have the same keys and types in the source and in the manifest', () => {
    const declaredTypes = Object.entries(configuration.properties).map(
      ([key, { type }]): [string, string] => [key, type === 'integer' ? 'number' : type],
    );
    expect(Object.fromEntries(declaredTypes)).toEqual(types);
  });

  it('have a default of their type in the manifest', () => {
    for (const [key, { default: fallback }] of Object.entries(configuration.properties))
      expect(Array.isArray(fallback) ? 'array' : typeof fallback).toBe(types[key]);
  });
});

describe('context keys', () => {
  const source = readText('src/ui/contextKeys.ts');
  const known = [
    ...[...source.matchAll(/'(quayside\.\w+)':/g)].map(([, key]) => key ?? ''),
    ...[...viewIds, 'registries'].map((view) => `quayside.${view}Filtered`),
  ];
  const viewKeys = [...views.quayside.map(({ id }) => id), ...panelTypes];
  const used = new Set(
    whenClauses().flatMap((when) =>
      [...when.matchAll(/quayside\.\w+/g)].map(([key]) => key).filter((key) => !viewKeys.includes(key)),
    ),
  );

  it('used in when clauses exist, and each that exists is used', () => {
    expect([...used].sort()).toEqual([...known].sort());
  });
});

describe('views', () => {
  it('are the ones of the public names', () => {
    expect(views.quayside.map(({ id }) => id)).toEqual([
      'quayside.containers',
      'quayside.images',
      'quayside.volumes',
      'quayside.networks',
      'quayside.registries',
      'quayside.engines',
    ]);
  });
});

describe('context values', () => {
  const producible = [...producibleContextValues()];
  const patternOf = (when = ''): RegExp | undefined => {
    const source = /viewItem =~ \/((?:\\.|[^/])+)\//.exec(when)?.[1];
    return source === undefined ? undefined : new RegExp(source);
  };
  const items = menus['view/item/context'];

  it('follow the grammar kind+flag+flag with sorted flags', () => {
    for (const value of producible) {
      const [kind = '', ...flags] = value.split('+');
      expect(Object.keys(flagsByKind)).toContain(kind);
      expect(flags).toEqual([...flags].sort());
    }
  });

  it('use every flag that is declared', () => {
    for (const [kind, flags] of Object.entries(flagsByKind)) {
      const seen = producible
        .filter((value) => value.split('+')[0] === kind)
        .flatMap((value) => value.split('+').slice(1));
      expect([...new Set(seen)].sort()).toEqual([...flags].sort());
    }
  });

  it.each(items.map((item) => [item.command, item.group ?? '', item.when ?? ''] as const))(
    '%s in %s has an anchored pattern that some row matches',
    (_command, _group, when) => {
      const pattern = patternOf(when);
      expect(pattern?.source.startsWith('^')).toBe(true);
      expect(producible.filter((value) => pattern?.test(value))).not.toEqual([]);
    },
  );

  it('give no row more than three inline buttons in its view', () => {
    for (const value of producible) {
      for (const view of views.quayside) {
        const inline = items.filter(
          ({ when, group }) =>
            group?.startsWith('inline') === true &&
            when?.includes(`view == ${view.id} `) === true &&
            patternOf(when)?.test(value) === true,
        );
        expect(inline.length).toBeLessThanOrEqual(3);
      }
    }
  });
});
