import type { ObjectKind } from '../model/identity.ts';
import type { Deps } from './deps.ts';
import type { Target } from './targets.ts';
import { type Verb, verb } from './verb.ts';

/** Copies one text of each target, a line each. */
export function copy<K extends ObjectKind>(
  kind: K,
  question: (deps: Deps) => string,
  textOf: (target: Target<K>) => string,
): Verb<K> {
  return verb(kind, {
    question,
    plan: ({ t, desktop }, targets) => {
      const text = targets.map(textOf).join('\n');
      return {
        title: t('Copying'),
        failed: (name) => t('Could not copy from {name}', { name }),
        perform: (target) => (target === targets[0] ? desktop.copy(text) : Promise.resolve()),
      };
    },
  });
}
