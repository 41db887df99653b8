import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { english } from '../../src/base/localize.ts';
import type { TreeBranch } from '../../src/model/tree/nodes.ts';
import { toRow } from '../../src/model/tree/rows.ts';
import { now } from './builders.ts';

/** A tree as the sidebar shows it: a row a line, `label · description`, indented below its parent. */
export function treeText(branches: readonly TreeBranch[], depth = 0): string {
  return branches
    .map(({ node, children }) => {
      const { label, description } = toRow(node, { t: english, now });
      const line = `${'  '.repeat(depth)}${[label, description].filter(Boolean).join(' · ')}\n`;
      return line + treeText(children, depth + 1);
    })
    .join('');
}

/**
 * Compares a tree with test/fixtures/trees/<name>.txt. A file that is not there is a failure; a run with
 * QUAYSIDE_WRITE_GOLDEN=1 writes the files instead, to be read before they are committed.
 */
export function expectGoldenTree(name: string, branches: readonly TreeBranch[]): void {
  const file = join(import.meta.dirname, '../fixtures/trees', `${name}.txt`);
  const text = treeText(branches);
  if (process.env['QUAYSIDE_WRITE_GOLDEN'] === '1') writeFileSync(file, text);
  expect(existsSync(file), `${file} is missing; QUAYSIDE_WRITE_GOLDEN=1 writes it`).toBe(true);
  expect(text).toBe(readFileSync(file, 'utf8'));
}
