import type { TestProject } from 'vitest/node';
import { availability, type EngineKind, startEngine, stopEngine, usesHostEngine } from '../bed/bed.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    readonly bed: {
      /** Why there is no bed; empty when it is up. */
      readonly missing: string;
      readonly kinds: readonly EngineKind[];
    };
  }
}

/**
 * The project's global setup: both engines of the bed's run `test`, fresh, for all its files. Where they can't be had,
 * CI fails and anywhere else the suite is skipped, with one line that says why.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const bed = availability();
  const kinds: readonly EngineKind[] = usesHostEngine() ? ['new'] : ['new', 'old'];
  if (!bed.ok) {
    if (process.env['CI'] === 'true')
      throw new Error(`The integration tests need the test bed: ${bed.reason}.`);
    console.warn(`\n✘✘✘ INTEGRATION TESTS SKIPPED: ${bed.reason}.\n`);
    project.provide('bed', { missing: bed.reason, kinds });
    return () => Promise.resolve();
  }
  // One after the other: the first time both need the same packages.
  for (const kind of kinds) await startEngine(kind, { name: 'test' });
  project.provide('bed', { missing: '', kinds });
  return async () => {
    await Promise.all(kinds.map((kind) => stopEngine(kind, 'test', { deleteData: true })));
  };
}
