import { describe, expect, test } from 'vitest';
import { english } from '../../../src/base/localize.ts';
import { commandIds } from '../../../src/commands/ids.ts';
import { commandTable } from '../../../src/commands/table.ts';
import { FakeEditor } from '../../support/fakeDeps.ts';
import { contributes, manifestCommandIds, repeated } from './manifest.ts';
import { parseWhen } from './whenClause.ts';

describe('commands', () => {
  test('are the same in code and manifest', () => {
    expect([...manifestCommandIds].sort()).toEqual([...commandIds].sort());
  });

  test('stand once', () => {
    expect(repeated(manifestCommandIds)).toEqual([]);
    expect(repeated(commandIds)).toEqual([]);
  });

  test.each(contributes.commands)('$command has its own title and its resource’s category', (contributed) => {
    const [prefix, resource, verb, ...rest] = contributed.command.split('.');
    expect([prefix, rest]).toEqual(['quayside', []]);
    expect(verb).toMatch(/^[a-z]\w+$/);
    expect(contributed.title).toBe(`%${contributed.command}.title%`);
    expect(contributed.category).toBe(`%category.${resource ?? ''}%`);
    expect(contributed.icon ?? '$(some-icon)').toMatch(/^\$\([a-z-]+\)$/);
  });
});

describe('the palette', () => {
  const entries = new Map(
    (contributes.menus['commandPalette'] ?? []).map(({ command, when }) => [command, when]),
  );
  const isHidden = (id: string): boolean => entries.get(id) === 'false';

  test.each(commandIds.filter((id) => commandTable[id].type === 'verb'))(
    '%s asks which object it is for',
    (id) => {
      const definition = commandTable[id];
      if (definition.type !== 'verb') return;
      expect(definition.question(new FakeEditor().deps)).toMatch(/\?$/);
      expect(isHidden(id)).toBe(false);
    },
  );

  test('hides what has nothing to act on but a row', () => {
    expect(commandIds.filter(isHidden)).toEqual(['quayside.container.openFile', 'quayside.volume.reveal']);
  });

  test.each(commandIds.filter((id) => commandTable[id].type === 'action' && !isHidden(id)))(
    '%s runs without an argument',
    async (id) => {
      const definition = commandTable[id];
      if (definition.type !== 'action') return;
      const editor = new FakeEditor();
      editor.answers = { confirm: false, pick: () => undefined, input: () => undefined };
      // No engine is there: it may say so, but not that it needs a row.
      await definition.run({ ...editor.deps, t: english }, new AbortController().signal, []).catch(
        (error: unknown) => {
          expect(String(error)).toMatch(/engine/i);
        },
      );
    },
  );

  test.each([...entries])('shows %s when “%s”', (command, when) => {
    expect(manifestCommandIds).toContain(command);
    expect(() => parseWhen(when ?? '')).not.toThrow();
  });
});

describe('keybindings', () => {
  test.each(contributes.keybindings)('$key runs $command in its own view', ({ command, when, args }) => {
    expect(manifestCommandIds).toContain(command);
    const view = /^focusedView == quayside\.(\w+)\b/.exec(when ?? '')?.[1];
    expect(view).toBeDefined();
    if (args?.selection !== undefined) expect(args.selection).toBe(view);
  });

  test('mean one thing each in a view', () => {
    expect(repeated(contributes.keybindings.map(({ key, when }) => `${key} ${when ?? ''}`))).toEqual([]);
  });
});
