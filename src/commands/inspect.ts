import type { ObjectKind } from '../model/identity.ts';
import type { Deps } from './deps.ts';
import { type Verb, verb } from './verb.ts';

/** The read-only document with the engine's own JSON; the same for every kind of object. */
export function inspect<K extends ObjectKind>(kind: K, question: (deps: Deps) => string): Verb<K> {
  return verb(kind, {
    question,
    plan: ({ t, panels }) => ({
      title: t('Reading details'),
      failed: (name) => t('Could not inspect {name}', { name }),
      perform: ({ ref, name }) => panels.openInspect(ref, name),
    }),
  });
}
