import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';

/** What a page may do: run its script. There is no file that it could load. */
export const panelOptions: vscode.WebviewOptions = { enableScripts: true, localResourceRoots: [] };

/**
 * The only HTML there is: a frame with one page's script and style sheet, which allows nothing else. Both are in it:
 * to fetch them takes the editor longer than all the rest of the page.
 */
export function panelHtml(
  extensionUri: vscode.Uri,
  page: { readonly name: string; readonly title: string },
): string {
  const built = (file: string): string =>
    readFileSync(join(extensionUri.fsPath, 'dist', 'webview', file), 'utf8');
  const nonce = randomBytes(16).toString('base64');
  const policy = `default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'`;
  return `<!DOCTYPE html>
<html lang="${escapeAttribute(vscode.env.language)}">
  <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="${escapeAttribute(policy)}">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${escapeAttribute(page.title)}</title>
    <style nonce="${nonce}">${built(`${page.name}.css`)}</style>
  </head>
  <body>
    <script nonce="${nonce}">${built(`${page.name}.js`)}</script>
  </body>
</html>`;
}

function escapeAttribute(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${String(character.charCodeAt(0))};`);
}
