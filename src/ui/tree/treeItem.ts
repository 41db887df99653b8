import * as vscode from 'vscode';
import type { Row } from '../../model/tree/row.ts';
import { changeUri } from './changeColours.ts';
import { dimmedUri } from './dimmedRows.ts';

export const collapsibleStates = {
  none: vscode.TreeItemCollapsibleState.None,
  collapsed: vscode.TreeItemCollapsibleState.Collapsed,
  expanded: vscode.TreeItemCollapsibleState.Expanded,
} as const;

/**
 * A key with its long ids cut to 64 bits, which are still unique: all handles of a view travel to the window each time
 * that it is drawn anew.
 */
function shortKey(key: string): string {
  return key.replace(/\b([0-9a-f]{16})[0-9a-f]{48}\b/g, '$1');
}

/** The one place where rows become the editor's items. */
export function toTreeItem(key: string, row: Row): vscode.TreeItem {
  const item = new vscode.TreeItem(row.label, collapsibleStates[row.expansion]);
  item.id = shortKey(key);
  item.description = row.description;
  item.iconPath = new vscode.ThemeIcon(
    row.icon.id,
    row.icon.color === undefined ? undefined : new vscode.ThemeColor(row.icon.color),
  );
  item.contextValue = row.contextValue;
  item.accessibilityInformation = { label: row.accessibleLabel };
  if (row.change !== undefined) item.resourceUri = changeUri(key, row.change);
  if (row.isDimmed === true) item.resourceUri = dimmedUri(key);
  if (row.clickCommand !== undefined)
    item.command = { command: row.clickCommand, title: row.label, arguments: [key] };
  // Without one of its own the editor would show the label again; with none yet, it asks when it is needed.
  if (row.hasTooltip !== true) item.tooltip = row.accessibleLabel;
  return item;
}
