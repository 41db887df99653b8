import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createVSIX } from '@vscode/vsce';
import { requireAvailability, startEngine } from '../bed/bed.ts';
import { removeFolder } from '../bed/folders.ts';
import { failuresFolder, packages, root, runName } from './paths.ts';

/** Once for the whole run: the packages under test and one engine, which every file leaves as it found it. */
export default async function setup(): Promise<() => Promise<void>> {
  requireAvailability();
  const vsix = process.env['QUAYSIDE_VSIX'] ?? join(root, 'quayside.vsix');
  if (!existsSync(vsix)) throw new Error(`There is no package at ${vsix}: run "npm run package" first.`);
  removeFolder(failuresFolder);
  mkdirSync(dirname(packages.quayside), { recursive: true });
  copyFileSync(vsix, packages.quayside);
  await createVSIX({
    cwd: join(import.meta.dirname, 'callerExtension'),
    packagePath: packages.caller,
    dependencies: false,
    allowMissingRepository: true,
    skipLicense: true,
  });
  const engine = await startEngine('new', { name: runName });
  return () => engine.stop();
}
