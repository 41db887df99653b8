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
    commands: [{ command: 'floor.panel', title: 'View Logs', icon: '$(output)' }],
    menus: { 'view/item/context': [{ command: 'floor.panel', group: 'inline' }] },
  },
};

/** What a page of the floor says, in elements named as those of Quayside's log page. */
const PAGE =
  '<!DOCTYPE html><html><body><div role="log"><div class="rows"><div class="row">last line</div></div></div></body></html>';

/**
 * So many rows, drawn anew once a second with one row more and one less in turns; one row alone is never drawn anew.
 * Its button opens a panel of two words.
 */
const mainOf = (rowCount: number): string => `const vscode = require('vscode');
exports.activate = (context) => {
  const changed = new vscode.EventEmitter();
  const rows = Array.from({ length: ${rowCount} }, (_, n) => 'row ' + n);
  const items = new Map(rows.map((row) => [row, new vscode.TreeItem(row)]));
  let turn = 0;
  const provider = {
    onDidChangeTreeData: changed.event,
    getChildren: (row) => (row ? [] : turn % 2 ? rows.slice(0, -1) : rows),
    getTreeItem: (row) => items.get(row),
  };
  context.subscriptions.push(vscode.window.createTreeView('floor.rows', { treeDataProvider: provider }));
  context.subscriptions.push(vscode.commands.registerCommand('floor.panel', () => {
    const panel = vscode.window.createWebviewPanel('floor', 'Floor', vscode.ViewColumn.Active, { enableScripts: true });
    panel.webview.html = ${JSON.stringify(PAGE)};
  }));
  if (rows.length > 1) setInterval(() => { turn++; changed.fire(); }, 1000);
};
`;

const ICON = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><path d="M4 4h16v16H4z"/></svg>\n';

/** Packs the smallest extension that shows rows: what it takes, the editor takes for everybody. */
export async function packFloorExtension(bedName: string, rowCount: number): Promise<string> {
  const folder = runFolder(bedName, `floor-extension-${rowCount}`);
  const packagePath = join(folder, 'floor.vsix');
  mkdirSync(folder, { recursive: true });
  const files = {
    'package.json': JSON.stringify(MANIFEST),
    'main.js': mainOf(rowCount),
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
