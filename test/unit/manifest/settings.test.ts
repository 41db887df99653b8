import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { declaredProperties } from '../../support/declaredTypes.ts';
import { contributes, manifest } from './manifest.ts';

const settings = contributes.configuration.properties;
const declared = declaredProperties('src/ui/settings.ts', 'SettingTypes');

/** What a type of the manifest is in code. */
const codeTypes: Readonly<Record<string, string>> = {
  string: 'string',
  boolean: 'boolean',
  integer: 'number',
  number: 'number',
};

describe('settings', () => {
  test('are the same in code and manifest', () => {
    expect(Object.keys(settings).sort()).toEqual([...declared.keys()].sort());
  });

  test.each(Object.entries(settings))('%s has one type, a default and a description', (key, setting) => {
    expect(key).toMatch(/^quayside\.[a-z]\w*\.[a-z]\w*$/);
    expect([codeTypes[setting.type]]).toEqual(declared.get(key));
    expect(typeof setting.default).toBe(codeTypes[setting.type]);
    expect(setting.markdownDescription).toBe(`%${key.replace('quayside.', 'setting.')}%`);
  });

  test('have their defaults in the manifest alone', () => {
    const source = readFileSync(new URL('../../../src/ui/settings.ts', import.meta.url), 'utf8');
    const reads = [...source.matchAll(/\.get(?:<[^(]*>)?\(([^)]*)\)/g)].map(([, argument]) => argument);
    expect(reads).toEqual(['key']);
  });

  test('that a workspace may not choose unasked exist', () => {
    const restricted = manifest.capabilities.untrustedWorkspaces.restrictedConfigurations;
    expect(restricted.filter((key) => !declared.has(key))).toEqual([]);
  });
});
