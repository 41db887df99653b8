import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export const engineKinds = ['new', 'old'] as const;

/** What an engine really said once; see recordFixtures.ts. */
export function engineFixture(kind: 'new' | 'old', file: string): unknown {
  return JSON.parse(readFileSync(join(import.meta.dirname, '../fixtures/engine', kind, file), 'utf8'));
}

export function engineFixtures(kind: 'new' | 'old', file: string): readonly unknown[] {
  const fixture = engineFixture(kind, file);
  if (!Array.isArray(fixture)) throw new Error(`${file} holds no list`);
  return fixture;
}
