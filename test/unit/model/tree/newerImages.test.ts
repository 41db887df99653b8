import { expect, test } from 'vitest';
import { english } from '../../../../src/base/localize.ts';
import { toRow } from '../../../../src/model/tree/rows.ts';
import { tooltipOf } from '../../../../src/model/tree/tooltipRows.ts';
import { image } from '../../../support/builders.ts';
import { engineInput, nodesOf, viewTree } from '../../../support/viewInput.ts';

const one = `sha256:${'1'.repeat(64)}`;
const two = `sha256:${'2'.repeat(64)}`;
const context = { t: english, now: 120_000 };

test.each([
  [two, true],
  [one, false],
])('a row whose registry has %s is marked: %s', (digest, isMarked) => {
  const pulled = { ...image('a', ['a:1']), digests: [`a@${one}`] };
  const registryDigests = new Map([['a:1', { digest, checkedAt: 60_000 }]]);
  const [node] = nodesOf(viewTree('images', [engineInput({ image: [pulled] }, { registryDigests })]));
  if (node === undefined) throw new Error('no row');
  const row = toRow(node, context);
  expect(row.description.includes('update available')).toBe(isMarked);
  expect(row.accessibleLabel.includes('update available')).toBe(isMarked);
  expect(row.icon.id).toBe(isMarked ? 'arrow-circle-up' : 'package');
  const hover = tooltipOf(node, context)?.rows ?? [];
  expect(hover).toContainEqual(['Digest', `a@${one}`]);
  expect(hover).toContainEqual(['In the registry', isMarked ? `${two}, checked 1 min ago` : '']);
});
