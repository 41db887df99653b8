import { describe, expect, it } from 'vitest';
import { declaredProperties } from '../../support/declaredTypes.ts';
import { manifest } from './manifest.ts';
import { parseWhen } from './whenClause.ts';

const { views, viewsWelcome } = manifest.contributes;
const contextKeys = declaredProperties('src/ui/contextKeys.ts', 'ContextKeyTypes');
const states = contextKeys.get('quayside.engineState') ?? [];
const problems = (contextKeys.get('quayside.engineProblem') ?? []).filter((problem) => problem !== '');

const situations = views.quayside.flatMap(({ id: view }) =>
  states.flatMap((state) =>
    (state === 'unreachable' ? problems : ['']).flatMap((problem) =>
      [false, true].map((isFiltered) => ({ view, state, problem, isFiltered })),
    ),
  ),
);

describe('an empty view', () => {
  it.each(situations)(
    '$view says one thing when $state $problem, filtered: $isFiltered',
    ({ view, state, problem, isFiltered }) => {
      const context = {
        'quayside.engineState': state,
        'quayside.engineProblem': problem,
        [`${view}Filtered`]: isFiltered,
      };
      const shown = viewsWelcome.filter((text) => text.view === view && parseWhen(text.when).holds(context));
      // The view itself shows that it waits; the Engines view has a row for every engine that was found, and Docker Hub
      // is a registry for everybody.
      const isWaiting = state === 'searching' || state === 'connecting';
      const hasRows = view === 'quayside.registries' || (view === 'quayside.engines' && state !== 'none');
      expect(shown.map(({ contents }) => contents)).toHaveLength(isWaiting || hasRows ? 0 : 1);
    },
  );
});
