import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand, runFolder } from '../bed/bed.ts';

const VSCE = join(import.meta.dirname, '..', '..', 'node_modules', '@vscode', 'vsce', 'vsce');

/** Named as Quayside's, so that the same clicks lead to it. */
const MANIFEST = {
  name: 'floor',
  displayName: 'Floor',
  publisher: 'quayside-bench',
  version: '1.0.0',
  license: 'MIT',
  engines: { vscode: '^1.105.0' },
  main: './main.js',
  activationEvents: ['onStartupFinished'],
  contributes: {
    viewsContainers: { activitybar: [{ id: 'floor', title: 'Quayside', icon: 'icon.svg' }] },
    views: { floor: [{ id: 'floor.rows', name: 'Containers' }] },
  },
};

const MAIN = `const vscode = require('vscode');
exports.activate = (context) => {
  const rows = { getChildren: (row) => (row ? [] : ['row']), getTreeItem: (row) => new vscode.TreeItem(row) };
  context.subscriptions.push(vscode.window.createTreeView('floor.rows', { treeDataProvider: rows }));
};
`;

const ICON = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><path d="M4 4h16v16H4z"/></svg>\n';

/** Packs the smallest extension that shows a row: what it takes, the editor takes for everybody. */
export async function packFloorExtension(bedName: string): Promise<string> {
  const folder = runFolder(bedName, 'floor-extension');
  const packagePath = join(folder, 'floor.vsix');
  mkdirSync(folder, { recursive: true });
  const files = {
    'package.json': JSON.stringify(MANIFEST),
    'main.js': MAIN,
    'icon.svg': ICON,
    'README.md': 'Floor\n',
    LICENSE: 'MIT\n',
    '.vscodeignore': '*.vsix\n',
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const options = ['--no-dependencies', '--allow-missing-repository', '--out', packagePath];
  // Called as a library it would print its file list amid ours.
  await runCommand(process.execPath, [VSCE, 'package', ...options], { cwd: folder });
  return packagePath;
}
