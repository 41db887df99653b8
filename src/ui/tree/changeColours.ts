import * as vscode from 'vscode';
import type { Disposable } from '../../base/lifecycle.ts';
import type { Localize } from '../../base/localize.ts';
import { type ChangeKind, changeKinds } from '../../model/containerChanges.ts';

const scheme = 'quayside-change';

/** Rows can have a letter and its colour only through a resource: this one exists for them alone. */
export function changeUri(key: string, kind: ChangeKind): vscode.Uri {
  return vscode.Uri.from({ scheme, authority: kind, path: `/${key}` });
}

/** Letters and colours as git's. */
export function registerChangeColours(t: Localize): Disposable {
  const of = (badge: string, colour: string, tooltip: string): vscode.FileDecoration => ({
    badge,
    color: new vscode.ThemeColor(`gitDecoration.${colour}ResourceForeground`),
    tooltip,
  });
  const decorations: Readonly<Record<ChangeKind, vscode.FileDecoration>> = {
    added: of('A', 'added', t('added')),
    changed: of('M', 'modified', t('changed')),
    deleted: of('D', 'deleted', t('deleted')),
  };
  return vscode.window.registerFileDecorationProvider({
    provideFileDecoration(uri) {
      const kind = uri.scheme === scheme ? changeKinds.find((each) => each === uri.authority) : undefined;
      return kind === undefined ? undefined : decorations[kind];
    },
  });
}
