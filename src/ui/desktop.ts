import { execFile } from 'node:child_process';
import { lstat, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { Desktop } from '../commands/deps.ts';
import { openFile, writeFile } from './files/localFiles.ts';
import { isPortFree } from './portProbe.ts';

export function createDesktop(): Desktop {
  return {
    platform: process.platform,
    async copy(text) {
      await vscode.env.clipboard.writeText(text);
    },
    async openExternal(url) {
      await vscode.env.openExternal(vscode.Uri.parse(url, true));
    },
    openSettings(query) {
      void vscode.commands.executeCommand('workbench.action.openSettings', query);
    },
    run(program, args, signal) {
      return new Promise((resolve, reject) => {
        execFile(program, [...args], { signal }, (error, stdout, stderr) => {
          if (error === null) resolve(stdout);
          else reject(new Error(stderr.trim() || error.message, { cause: error }));
        });
      });
    },
    isPortFree,
    async readTextFile(path, maxBytes) {
      const { size } = await stat(path);
      if (size > maxBytes)
        throw new Error(`${path} has ${String(size)} bytes, more than ${String(maxBytes)}`);
      return readFile(path, 'utf8');
    },
    writeFile,
    openFile,
    exists: (path) =>
      lstat(path).then(
        () => true,
        () => false,
      ),
    join,
    // What sd_booted(3) looks at.
    hasSystemd: () =>
      stat('/run/systemd/system').then(
        (stats) => stats.isDirectory(),
        () => false,
      ),
  };
}
