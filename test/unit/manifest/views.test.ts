import { describe, expect, test } from 'vitest';
import { type SidebarViewId, viewIds } from '../../../src/model/tree/viewOptions.ts';
import { contributes, manifest, manifestCommandIds, repeated, strings } from './manifest.ts';
import { parseWhen } from './whenClause.ts';
import { declaredProperties } from '../../support/declaredTypes.ts';

const sidebarViews: readonly SidebarViewId[] = [...viewIds, 'engines'];
const contributedViews = contributes.views['quayside'] ?? [];

describe('views', () => {
  test('are the sidebar’s, by their public names and in their order', () => {
    expect(`${manifest.publisher}.${manifest.name}`).toBe('quayside.quayside');
    expect(contributes.viewsContainers.activitybar.map(({ id }) => id)).toEqual(['quayside']);
    expect(contributedViews.map(({ id }) => id)).toEqual(sidebarViews.map((view) => `quayside.${view}`));
    expect(contributedViews.map(({ name }) => name)).toEqual(
      sidebarViews.map((view) => `%quayside.${view}.name%`),
    );
  });
});

describe('welcome texts', () => {
  const states = declaredProperties('src/ui/contextKeys.ts', 'ContextKeyTypes').get('quayside.engineState') ?? [];
  const problems =
    declaredProperties('src/ui/contextKeys.ts', 'ContextKeyTypes').get('quayside.engineProblem') ?? [];
  const situations = contributedViews.flatMap(({ id }) =>
    states.flatMap((state) =>
      (state === 'unreachable' ? problems.filter((problem) => problem !== '') : ['']).flatMap((problem) =>
        [false, true].map((isFiltered) => ({ view: id, state, problem, isFiltered })),
      ),
    ),
  );

  test.each(situations)(
    '$view says one thing when $state $problem, filtered: $isFiltered',
    ({ view, state, problem, isFiltered }) => {
      const context = {
        'quayside.engineState': state,
        'quayside.engineProblem': problem,
        [`${view}Filtered`]: isFiltered,
      };
      const shown = contributes.viewsWelcome.filter(
        (welcome) => welcome.view === view && parseWhen(welcome.when).holds(context),
      );
      // While engines are looked for, or answer their first question, the view itself shows that it waits; the
      // Engines view has rows whenever an engine is known.
      const isWaiting = state === 'searching' || state === 'connecting';
      const hasRows = view === 'quayside.engines' && state !== 'none';
      expect(shown.map(({ contents }) => contents)).toHaveLength(isWaiting || hasRows ? 0 : 1);
    },
  );

  const texts = contributes.viewsWelcome.map(({ contents }) => contents.slice(1, -1));

  test('stand once', () => {
    expect(repeated(texts)).toEqual([]);
  });

  test.each(texts)('%s leads to commands that exist, the same in both languages', (key) => {
    const english = linksOf(strings.english[key]);
    expect(linksOf(strings.chinese[key])).toEqual(english);
    for (const link of english) {
      if (link.startsWith('https://')) continue;
      const command = /^command:([\w.]+)(?:\?|$)/.exec(link)?.[1] ?? link;
      if (!command.startsWith('workbench.action.')) expect(manifestCommandIds).toContain(command);
    }
  });
});

function linksOf(text = ''): readonly string[] {
  return [...text.matchAll(/\]\(([^)]+)\)/g)].map(([, link]) => link ?? '');
}
