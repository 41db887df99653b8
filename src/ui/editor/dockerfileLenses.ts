import * as vscode from 'vscode';
import type { Disposable } from '../../base/lifecycle.ts';
import type { Localize } from '../../base/localize.ts';
import type { CommandId } from '../../commands/ids.ts';
import { dockerfileStages } from '../../model/dockerfileStages.ts';

/** Above a Dockerfile: build it; above each stage that has a name: build up to there. */
export function registerDockerfileLenses(t: Localize): Disposable {
  const command: CommandId = 'quayside.image.build';
  return vscode.languages.registerCodeLensProvider(
    { language: 'dockerfile' },
    {
      provideCodeLenses: (document) => {
        if (!vscode.workspace.isTrusted || document.uri.scheme !== 'file') return [];
        const lens = (line: number, title: string, ...args: readonly unknown[]): vscode.CodeLens =>
          new vscode.CodeLens(new vscode.Range(line, 0, line, 0), {
            title,
            command,
            arguments: [document.uri, ...args],
          });
        return [
          lens(0, t('Build Image…')),
          ...dockerfileStages(document.getText()).flatMap(({ name, line }) =>
            name === undefined
              ? []
              : [lens(line, t('Build Stage {stage}…', { stage: name }), { target: name })],
          ),
        ];
      },
    },
  );
}
