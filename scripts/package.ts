import { readFile, writeFile } from 'node:fs/promises';
import { createVSIX } from '@vscode/vsce';

/** The editor shows the README without the pictures and pages that lie beside it: lines that are only those go. */
const readme = await readFile('README.md', 'utf8');
await writeFile('dist/README.md', readme.replace(/^ *!?\[[^\]]*\]\((?!https:).*\n/gm, ''));

/** Everything that the extension needs at run time is in the bundles, so no package goes along. */
await createVSIX({
  packagePath: 'quayside.vsix',
  readmePath: 'dist/README.md',
  dependencies: false,
  skipLicense: false,
  allowMissingRepository: true,
});
