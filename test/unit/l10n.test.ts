import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readMessages } from '../../scripts/messages.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const bundle = JSON.parse(readFileSync(`${root}/l10n/bundle.l10n.zh-cn.json`, 'utf8')) as Readonly<
  Record<string, string>
>;
const placeholders = (text: string): readonly string[] => (text.match(/\{\w+\}/g) ?? []).sort();

describe('the Chinese texts', () => {
  it('translate every message of the source, and nothing else', async () => {
    const messages = await readMessages(`${root}/src`);
    expect(messages.size).toBeGreaterThan(100);
    expect(Object.keys(bundle).sort()).toEqual([...messages].sort());
  });

  it('keep every placeholder', () => {
    for (const [message, translation] of Object.entries(bundle))
      expect(placeholders(translation), message).toEqual(placeholders(message));
  });
});
