import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../../base/lifecycle.ts';
import type { LiveDocument } from '../../commands/deps.ts';

export const reportScheme = 'quayside-report';

/** Documents that the extension writes and the user reads; their text lives as long as they are open. */
export class Reports implements vscode.TextDocumentContentProvider, Disposable {
  private readonly texts = new Map<string, string>();
  private readonly owned = new DisposableStore();
  private readonly didChange = this.owned.add(new vscode.EventEmitter<vscode.Uri>());
  readonly onDidChange = this.didChange.event;

  constructor() {
    this.owned.add(vscode.workspace.registerTextDocumentContentProvider(reportScheme, this));
    this.owned.add(
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        if (uri.scheme === reportScheme) this.texts.delete(uri.toString());
      }),
    );
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.texts.get(uri.toString()) ?? '';
  }

  async open(title: string, language: string, lines: readonly string[]): Promise<LiveDocument> {
    const uri = vscode.Uri.from({ scheme: reportScheme, path: `/${title.replaceAll('/', '_')}` });
    const key = uri.toString();
    this.texts.set(key, lines.map((line) => `${line}\n`).join(''));
    this.didChange.fire(uri);
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.languages.setTextDocumentLanguage(document, language);
    await vscode.window.showTextDocument(document, { preview: false });
    return {
      append: (line) => {
        this.texts.set(key, `${this.texts.get(key) ?? ''}${line}\n`);
        this.didChange.fire(uri);
      },
    };
  }

  dispose(): void {
    this.owned.dispose();
  }
}
