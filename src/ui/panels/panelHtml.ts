import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';

/** Folder of the built pages; the only one a page may load from. */
export function pagesFolder(extensionUri: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(extensionUri, 'dist', 'webview');
}

/** The only HTML there is: a frame that loads one page's script and style sheet, and allows nothing else. */
export function panelHtml(
  webview: vscode.Webview,
  extensionUri: vscode.Uri,
  page: { readonly name: string; readonly title: string },
): string {
  const address = (file: string): string =>
    escapeAttribute(webview.asWebviewUri(vscode.Uri.joinPath(pagesFolder(extensionUri), file)).toString());
  const nonce = randomBytes(16).toString('base64');
  const policy = `default-src 'none'; style-src ${webview.cspSource}; script-src 'nonce-${nonce}'`;
  return `<!DOCTYPE html>
<html lang="${escapeAttribute(vscode.env.language)}">
  <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="${escapeAttribute(policy)}">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${escapeAttribute(page.title)}</title>
    <link rel="stylesheet" href="${address(`${page.name}.css`)}">
  </head>
  <body>
    <script nonce="${nonce}" src="${address(`${page.name}.js`)}"></script>
  </body>
</html>`;
}

function escapeAttribute(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${String(character.charCodeAt(0))};`);
}
