import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { renderNotices } from '../../scripts/noticesText.ts';
import { root } from '../../scripts/run.ts';

it('THIRD_PARTY_NOTICES names what is in the bundles (npm run notices writes it)', async () => {
  expect(readFileSync(`${root}/THIRD_PARTY_NOTICES`, 'utf8')).toBe(await renderNotices());
});
