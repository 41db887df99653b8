import * as vscode from 'vscode';

const uriList = 'text/uri-list';

/** Files from the editor's explorer or the desktop, dropped onto a row; `onDrop` gets their paths on this machine. */
export function fileDrop(
  onDrop: (key: string, paths: readonly string[]) => void,
): vscode.TreeDragAndDropController<string> {
  return {
    dragMimeTypes: [],
    dropMimeTypes: [uriList],
    async handleDrop(key, dropped) {
      const text = await dropped.get(uriList)?.asString();
      const paths = (text ?? '')
        .split(/\r?\n/)
        .filter((line) => line !== '' && !line.startsWith('#'))
        .map((line) => vscode.Uri.parse(line))
        .filter(({ scheme }) => scheme === 'file')
        .map(({ fsPath }) => fsPath);
      if (key !== undefined && paths.length > 0) onDrop(key, paths);
    },
  };
}
