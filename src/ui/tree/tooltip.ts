import * as vscode from 'vscode';
import { oneLine } from '../../base/format.ts';

/** A hover as rows of name and value. All of it is text to the editor: nothing from an engine becomes Markdown. */
export function toHover(title: string, rows: readonly (readonly [string, string])[]): vscode.MarkdownString {
  const hover = new vscode.MarkdownString();
  hover.appendMarkdown('**').appendText(oneLine(title, 120)).appendMarkdown('**\n\n');
  for (const [name, value] of rows) {
    if (value === '') continue;
    hover.appendText(name).appendMarkdown(':&nbsp; ').appendText(oneLine(value, 300)).appendMarkdown('  \n');
  }
  return hover;
}
