import * as vscode from 'vscode';
import type { Row } from '../../model/tree/row.ts';
import { dimmedUri } from './dimmedRows.ts';

const states = {
  none: vscode.TreeItemCollapsibleState.None,
  collapsed: vscode.TreeItemCollapsibleState.Collapsed,
  expanded: vscode.TreeItemCollapsibleState.Expanded,
} as const;

/** The one place where rows become the editor's items. */
export function toTreeItem(key: string, row: Row): vscode.TreeItem {
  const item = new vscode.TreeItem(row.label, states[row.expansion]);
  item.id = key;
  item.description = row.description;
  item.iconPath = new vscode.ThemeIcon(
    row.icon.id,
    row.icon.color === undefined ? undefined : new vscode.ThemeColor(row.icon.color),
  );
  item.contextValue = row.contextValue;
  item.accessibilityInformation = { label: row.accessibleLabel };
  if (row.isDimmed === true) item.resourceUri = dimmedUri(key);
  if (row.clickCommand !== undefined)
    item.command = { command: row.clickCommand, title: row.label, arguments: [key] };
  // Without one of its own the editor would show the label again; with none yet, it asks when it is needed.
  if (row.hasTooltip !== true) item.tooltip = row.accessibleLabel;
  return item;
}
