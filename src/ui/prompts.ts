import { homedir } from 'node:os';
import * as vscode from 'vscode';
import type { PromptAction, Prompts } from '../commands/deps.ts';

/** Work that is over sooner than this needs no notification: its rows tell. */
const quietMs = 700;

/** Everything that asks or tells the user something. The only caller of the editor's message and picker functions. */
export function createPrompts(): Prompts {
  return {
    async pickOne(title, items) {
      const picked = await vscode.window.showQuickPick([...items], { title, matchOnDescription: true });
      return picked?.value;
    },
    async pickMany(title, items) {
      const options = { title, matchOnDescription: true, canPickMany: true } as const;
      const picked = await vscode.window.showQuickPick([...items], options);
      return picked?.map(({ value }) => value);
    },
    async confirm({ message, detail, action }) {
      const answer = await vscode.window.showWarningMessage(message, { modal: true, detail }, action);
      return answer === action;
    },
    async input({ title, value, placeholder, problem }) {
      return vscode.window.showInputBox({
        title,
        value,
        ...(placeholder === undefined ? {} : { placeHolder: placeholder }),
        ...(problem === undefined ? {} : { validateInput: (text) => problem(text) ?? null }),
      });
    },
    async chooseFile(title, suggestedName) {
      const folder = vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file(homedir());
      const defaultUri = vscode.Uri.joinPath(folder, suggestedName);
      return (await vscode.window.showSaveDialog({ defaultUri, title }))?.fsPath;
    },
    async chooseFolder(title) {
      const defaultUri = vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file(homedir());
      const only = { canSelectFiles: false, canSelectFolders: true, canSelectMany: false } as const;
      return (await vscode.window.showOpenDialog({ defaultUri, title, ...only }))?.[0]?.fsPath;
    },
    progress: withProgress,
    tell(message, actions = []) {
      void offer(vscode.window.showInformationMessage, message, actions);
    },
    fail(message, actions = []) {
      void offer(vscode.window.showErrorMessage, message, actions);
    },
  };
}

async function withProgress<T>(
  title: string,
  work: (signal: AbortSignal, report: (line: string) => void) => Promise<T>,
): Promise<T> {
  const cancelled = new AbortController();
  let show: (line: string) => void = () => undefined;
  const result = work(cancelled.signal, (line) => {
    show(line);
  });
  const timer = setTimeout(() => {
    const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
    void vscode.window.withProgress(options, async (progress, token) => {
      show = (message) => {
        progress.report({ message });
      };
      const subscription = token.onCancellationRequested(() => {
        cancelled.abort();
      });
      await result.catch(() => undefined);
      subscription.dispose();
    });
  }, quietMs);
  try {
    return await result;
  } finally {
    clearTimeout(timer);
  }
}

async function offer(
  show: (message: string, ...labels: string[]) => Thenable<string | undefined>,
  message: string,
  actions: readonly PromptAction[],
): Promise<void> {
  const chosen = await show(message, ...actions.map(({ label }) => label));
  actions.find(({ label }) => label === chosen)?.run();
}
