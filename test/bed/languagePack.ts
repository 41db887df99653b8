import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from './folders.ts';

/**
 * Makes a workbench run in a display language without that language's pack, which can't be had offline: a pack
 * that translates nothing. The workbench's own texts stay English; an extension under test sees the language and
 * its own translations are used.
 */
export function writeEmptyLanguagePack(userData: string, locale: string): void {
  const folder = makeFolder(join(userData, 'empty-language-pack'));
  const translations = join(folder, 'main.i18n.json');
  writeFileSync(translations, JSON.stringify({ version: '1.0.0', contents: {} }));
  const extensions = [{ extensionIdentifier: { id: 'quayside-bed.empty-language-pack' }, version: '1.0.0' }];
  const pack = { hash: 'quayside-bed', extensions, translations: { vscode: translations }, label: locale };
  writeFileSync(join(userData, 'languagepacks.json'), JSON.stringify({ [locale]: pack }));
}
