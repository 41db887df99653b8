import * as vscode from 'vscode';
import type { Disposable } from '../../base/lifecycle.ts';

const scheme = 'quayside-dimmed';

/** Rows can be coloured only through a resource: this one exists for its colour alone. */
export function dimmedUri(key: string): vscode.Uri {
  return vscode.Uri.from({ scheme, path: `/${key}` });
}

export function registerDimmedRows(): Disposable {
  return vscode.window.registerFileDecorationProvider({
    provideFileDecoration: (uri) =>
      uri.scheme === scheme ? { color: new vscode.ThemeColor('disabledForeground') } : undefined,
  });
}
