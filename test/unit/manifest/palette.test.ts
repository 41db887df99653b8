import { describe, expect, it } from 'vitest';
import { commandIds } from '../../../src/commands/ids.ts';
import { commandTable } from '../../../src/commands/table.ts';
import { FakeEditor } from '../../support/fakeDeps.ts';
import { manifest } from './manifest.ts';

const hidden = manifest.contributes.menus.commandPalette
  .filter(({ when }) => when === 'false')
  .map(({ command }) => command);
const offered = commandIds
  .filter((id) => !hidden.includes(id))
  .map((id) => ({ id, definition: commandTable[id] }));

describe('a command called from the palette', () => {
  it.each(offered.filter(({ definition }) => definition.type === 'verb'))(
    '$id asks which object it is for',
    ({ definition }) => {
      if (definition.type === 'verb') expect(definition.question(new FakeEditor().deps)).toMatch(/\S\?$/);
    },
  );

  it.each(offered.filter(({ definition }) => definition.type === 'action'))(
    '$id does not depend on a row',
    async ({ definition }) => {
      if (definition.type !== 'action') return;
      const editor = new FakeEditor();
      editor.answers = { confirm: false, pick: () => undefined, input: () => undefined };
      // There is no engine here: that may be the answer, a missing row may not.
      const answer = await definition.run(editor.deps, new AbortController().signal, []).catch(String);
      expect(answer ?? 'no engine').toMatch(/engine/i);
    },
  );
});
