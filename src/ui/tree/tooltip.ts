import * as vscode from 'vscode';
import { oneLine } from '../../base/format.ts';

/** A hover as rows of name and value. All of it is text to the editor: nothing from an engine becomes Markdown. */
export function toHover(title: string, rows: readonly (readonly [string, string])[]): vscode.MarkdownString {
  const hover = new vscode.MarkdownString();
  hover.appendMarkdown('**');
  appendPlain(hover, oneLine(title, 120));
  hover.appendMarkdown('**\n\n');
  for (const [name, value] of rows) {
    if (value === '') continue;
    hover.appendText(name).appendMarkdown(':&nbsp; ');
    appendPlain(hover, oneLine(value, 300));
    hover.appendMarkdown('  \n');
  }
  return hover;
}

/** The editor's own escaping leaves bare web and mail addresses to become links: without these characters they can't. */
function appendPlain(hover: vscode.MarkdownString, text: string): void {
  for (const piece of text.split(/([:@.])/))
    if (/^[:@.]$/.test(piece)) hover.appendMarkdown(`&#${String(piece.charCodeAt(0))};`);
    else hover.appendText(piece);
}
