import { describe, expect, it } from 'vitest';
import { manifest, manifestText, readText } from './manifest.ts';

const { commands, configuration } = manifest.contributes;

describe('the public names', () => {
  it.each(commands)('of $command say its resource and its verb, and name its texts', (contributed) => {
    const [prefix, resource = '', verb, ...rest] = contributed.command.split('.');
    expect([prefix, rest]).toEqual(['quayside', []]);
    expect(verb).toMatch(/^[a-z][A-Za-z]+$/);
    expect(contributed.title).toBe(`%${contributed.command}.title%`);
    expect(contributed.category).toBe(`%category.${resource}%`);
  });

  it.each(Object.entries(configuration.properties))(
    'of %s say its area and its name, and name its text',
    (key, { markdownDescription }) => {
      expect(key).toMatch(/^quayside\.[a-z]+\.[a-z][A-Za-z]+$/);
      expect(markdownDescription).toBe(`%${key.replace('quayside.', 'setting.')}%`);
    },
  );

  it('that a workspace may not set unasked are settings', () => {
    const [, list = ''] = /"restrictedConfigurations": \[([^\]]*)\]/.exec(manifestText) ?? [];
    const restricted = [...list.matchAll(/"([^"]+)"/g)].map(([, key]) => key ?? '');
    expect(restricted.filter((key) => !(key in configuration.properties))).toEqual([]);
  });
});

describe('defaults', () => {
  it('stand in the manifest alone: nothing is read with a fallback', () => {
    const reads = [...readText('src/ui/settings.ts').matchAll(/\.get(?:<[^(]*>)?\(([^)]*)\)/g)];
    expect(reads.map(([, argument]) => argument)).toEqual(['key']);
  });
});
