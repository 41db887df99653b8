import { createVSIX } from '@vscode/vsce';

/** Everything that the extension needs at run time is in the bundles, so no package goes along. */
await createVSIX({
  packagePath: 'quayside.vsix',
  dependencies: false,
  skipLicense: false,
  allowMissingRepository: true,
});
