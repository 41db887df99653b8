import { homedir } from 'node:os';
import * as vscode from 'vscode';
import type { PickItem, PromptAction, Prompts } from '../commands/deps.ts';
import { ask } from './quickInput.ts';
import { askTyped, type TypedItem } from './typedPick.ts';

/** Work that is over sooner than this needs no notification: its rows tell. */
const quietMs = 700;

/** Everything that asks or tells the user something. The only caller of the editor's message and picker functions. */
export function createPrompts(): Prompts {
  return {
    async pickOne(title, items) {
      const pick = createPick(title, items);
      return (await ask(pick, () => pick.selectedItems[0]))?.value;
    },
    async pickMany(title, items) {
      const pick = createPick(title, items);
      pick.canSelectMany = true;
      return (await ask(pick, () => pick.selectedItems))?.map(({ value }) => value);
    },
    async confirm({ message, detail, action }) {
      const answer = await vscode.window.showWarningMessage(message, { modal: true, detail }, action);
      return answer === action;
    },
    async input({ title, value, placeholder, prompt, isPassword = false, problem, hint }) {
      const box = vscode.window.createInputBox();
      box.title = title;
      box.value = value;
      box.placeholder = placeholder;
      box.prompt = prompt;
      box.password = isPassword;
      const check = (): void => {
        const caution = hint?.(box.value);
        box.validationMessage =
          problem?.(box.value) ??
          (caution && { message: caution, severity: vscode.InputBoxValidationSeverity.Warning });
      };
      check();
      const checking = box.onDidChangeValue(check);
      try {
        const answer = (): string | undefined => (problem?.(box.value) === undefined ? box.value : undefined);
        return await ask(box, answer, isPassword);
      } finally {
        checking.dispose();
      }
    },
    pickTyped: (question) => askTyped(vscode.window.createQuickPick<TypedItem>(), question),
    async chooseFile(title, suggestedName) {
      const folder = vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file(homedir());
      const defaultUri = vscode.Uri.joinPath(folder, suggestedName);
      return (await vscode.window.showSaveDialog({ defaultUri, title }))?.fsPath;
    },
    async chooseExistingFile(title) {
      const defaultUri = vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file(homedir());
      const options = { defaultUri, title, canSelectMany: false } as const;
      return (await vscode.window.showOpenDialog(options))?.[0]?.fsPath;
    },
    async chooseUploads(title, kind) {
      const defaultUri = vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file(homedir());
      const isFiles = kind === 'files';
      const only = { canSelectFiles: isFiles, canSelectFolders: !isFiles, canSelectMany: true } as const;
      const chosen = await vscode.window.showOpenDialog({ defaultUri, title, ...only });
      return chosen?.map(({ fsPath }) => fsPath);
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

function createPick<T>(title: string, items: readonly PickItem<T>[]): vscode.QuickPick<PickItem<T>> {
  const pick = vscode.window.createQuickPick<PickItem<T>>();
  pick.title = title;
  pick.matchOnDescription = true;
  pick.items = items;
  return pick;
}

interface Reported {
  readonly line: string;
  readonly fraction: number | undefined;
}

async function withProgress<T>(
  title: string,
  work: (signal: AbortSignal, report: (line: string, fraction?: number) => void) => Promise<T>,
): Promise<T> {
  const cancelled = new AbortController();
  let latest: Reported | undefined;
  let show: (reported: Reported) => void = () => undefined;
  const result = work(cancelled.signal, (line, fraction) => {
    latest = { line, fraction };
    show(latest);
  });
  const timer = setTimeout(() => {
    const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
    void vscode.window.withProgress(options, async (progress, token) => {
      show = showOn(progress);
      if (latest !== undefined) show(latest);
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

/** The editor's bar takes steps, in percent, and does not go back: what turns out to be more work than thought waits. */
function showOn(
  progress: vscode.Progress<{ message?: string; increment?: number }>,
): (reported: Reported) => void {
  let percent = 0;
  return ({ line, fraction }) => {
    const increment = fraction === undefined ? 0 : Math.max(0, fraction * 100 - percent);
    percent += increment;
    progress.report(increment === 0 ? { message: line } : { message: line, increment });
  };
}

async function offer(
  show: (message: string, ...labels: string[]) => Thenable<string | undefined>,
  message: string,
  actions: readonly PromptAction[],
): Promise<void> {
  const chosen = await show(message, ...actions.map(({ label }) => label));
  actions.find(({ label }) => label === chosen)?.run();
}
