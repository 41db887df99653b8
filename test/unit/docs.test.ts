import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../../scripts/run.ts';
import { declaredProperties } from '../support/declaredTypes.ts';
import { english, manifest, readText } from './manifest/manifest.ts';

const pages = ['README.md', 'ARCHITECTURE.md', 'STYLE.md', 'CONTRIBUTING.md'] as const;
const { commands, configuration, views } = manifest.contributes;

const files = ['src', 'test', 'scripts', 'l10n', 'media'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => `/${folder}/${name}`),
);

const publicNames = new Set([
  ...commands.map(({ command }) => command),
  ...Object.keys(configuration.properties),
  ...views.quayside.map(({ id }) => id),
  ...declaredProperties('src/ui/contextKeys.ts', 'ContextKeyTypes').keys(),
  'quayside.d.ts',
  'quayside.vsix',
]);

/** A whole path from the root, or the end of one: where a table names the folder once. */
function exists(path: string): boolean {
  return existsSync(join(root, path)) || files.some((file) => file.endsWith(`/${path}`));
}

function all(text: string, pattern: RegExp): readonly string[] {
  return [...text.matchAll(pattern)].map(([, found]) => found ?? '');
}

describe.each(pages)('%s', (page) => {
  const text = readFileSync(join(root, page), 'utf8');

  it('names only scripts that exist', () => {
    const named = all(text, /npm run ([\w:-]+)/g);
    expect(named.filter((script) => !(script in manifest.scripts))).toEqual([]);
  });

  it('names only files and folders that exist', () => {
    const named = [
      ...all(text, /`((?:src|test|scripts|media|l10n)\/[\w./-]+)`/g),
      ...all(text, /`([\w./-]+\.(?:ts|cjs|md|json|css))`/g),
      ...all(text, /\]\((?!https:)([^)#]+)\)/g),
    ];
    // What STYLE.md shows as bad does not exist.
    const isShownAsBad = (path: string): boolean => text.includes(`*Bad:* \`${path}\``);
    expect(named.filter((path) => !exists(path) && !isShownAsBad(path))).toEqual([]);
  });

  it('names only commands, settings, views and context keys that exist', () => {
    expect(all(text, /[`'](quayside\.[\w.]+)[`']/g).filter((name) => !publicNames.has(name))).toEqual([]);
  });
});

describe('README.md', () => {
  const text = readText('README.md');
  const titleOf = (id: string): string => english[`${id}.title`] ?? '';

  it('lists every setting with its default', () => {
    const rows = new Map(
      [...text.matchAll(/^\| `(quayside\.[\w.]+)` \| (.+?) \|/gm)].map(([, key, value]) => [key, value]),
    );
    for (const [key, setting] of Object.entries(configuration.properties)) {
      const written: Readonly<Record<string, string>> = { '': 'empty', true: 'on', false: 'off' };
      const value = String(setting.default);
      expect(rows.get(key), key).toBe(written[value] ?? `\`${value}\``);
    }
  });

  it('lists the commands of each view by their titles', () => {
    for (const [, category = '', list = ''] of text.matchAll(/^\| (\w[\w ]*) \| (\*[^|]+\*) \|$/gm)) {
      const titles = commands
        .filter((command) => category === 'each view' || english[command.category.slice(1, -1)] === category)
        .map(({ command }) => titleOf(command));
      expect(
        all(list, /\*([^*]+)\*/g).filter((title) => !titles.includes(title)),
        category,
      ).toEqual([]);
    }
  });
});
