import { readFile, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import * as vscode from 'vscode';
import type { Workspace } from '../commands/deps.ts';

const dockerfiles =
  '**/{Dockerfile,Containerfile,Dockerfile.*,Containerfile.*,*.Dockerfile,*.dockerfile,*.Containerfile}';
const elsewhere = '**/{node_modules,.git,vendor}/**';
/** More than anybody chooses from. */
const maxDockerfiles = 500;

/** The editor's open folders, as the commands know them. */
export function createWorkspace(): Workspace {
  return {
    isTrusted: () => vscode.workspace.isTrusted,
    async findDockerfiles() {
      const found = await vscode.workspace.findFiles(dockerfiles, elsewhere, maxDockerfiles);
      const active = vscode.window.activeTextEditor?.document;
      const first =
        active?.languageId === 'dockerfile' && active.uri.scheme === 'file' ? [active.uri.fsPath] : [];
      const paths = found
        .filter(({ scheme, path }) => scheme === 'file' && !path.endsWith('.dockerignore'))
        .map(({ fsPath }) => fsPath)
        .sort((a, b) => a.split('/').length - b.split('/').length || a.localeCompare(b));
      return [...new Set([...first, ...paths])];
    },
    foldersAbove(path) {
      const root = vscode.workspace.getWorkspaceFolder(vscode.Uri.file(path))?.uri.fsPath;
      const folders = [dirname(path)];
      for (let at = dirname(path); root !== undefined && at !== root && at !== dirname(at); ) {
        at = dirname(at);
        folders.push(at);
      }
      return folders;
    },
    label(path) {
      const isRoot = vscode.workspace.workspaceFolders?.some(({ uri }) => uri.fsPath === path) === true;
      const isOnly = vscode.workspace.workspaceFolders?.length === 1;
      return isRoot && isOnly ? '.' : vscode.workspace.asRelativePath(path);
    },
    resolve: (folder, path) => resolve(folder, path),
    exists: (path) =>
      stat(path).then(
        () => true,
        () => false,
      ),
    readText: (path) => readFile(path, 'utf8').catch(() => ''),
    async save(path) {
      const open = vscode.workspace.textDocuments.find(({ uri, isDirty }) => isDirty && uri.fsPath === path);
      await open?.save();
    },
  };
}
