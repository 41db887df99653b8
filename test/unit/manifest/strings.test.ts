import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { manifest, repeated, strings } from './manifest.ts';

const usedKeys = [...JSON.stringify(manifest).matchAll(/"%([\w.]+)%"/g)].map(([, key]) => key ?? '');

describe('manifest strings', () => {
  test.each(Object.entries(strings))('in %s are those that the manifest uses', (_language, texts) => {
    expect(Object.keys(texts).sort()).toEqual([...new Set(usedKeys)].sort());
    expect(Object.entries(texts).filter(([, text]) => text.trim() === '')).toEqual([]);
  });

  test.each(['package.nls.json', 'package.nls.zh-cn.json'])('%s has each key once', (name) => {
    const source = readFileSync(new URL(`../../../${name}`, import.meta.url), 'utf8');
    expect(repeated([...source.matchAll(/^ {2}"([\w.]+)":/gm)].map(([, key]) => key ?? ''))).toEqual([]);
  });

  test('are all there is to read in the manifest', () => {
    const worded = /"(title|category|name|contents|description|markdownDescription)":"(?!%)([^"]*)"/g;
    const plain = [...JSON.stringify(manifest.contributes).matchAll(worded)].map(([, , text]) => text);
    // The product's own name is the same in every language.
    expect(plain.filter((text) => text !== 'Quayside')).toEqual([]);
  });
});
