import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../base/lifecycle.ts';
import type { Localize } from '../base/localize.ts';
import type { Prompts } from '../commands/deps.ts';
import { linkedLog } from '../commands/logs/linkedLog.ts';
import type { EngineSet } from '../engine/engineSet.ts';
import { type LogPermalink, parseLogPermalink, printLogPermalink } from '../model/logPermalink.ts';
import type { LogsPanels } from './panels/logsPanel.ts';

const path = '/log';

/** A link that this editor opens, wherever it is clicked on. `authority`: the extension's id. */
export function printLogUri(authority: string, link: LogPermalink): string {
  const query = printLogPermalink(link);
  return vscode.Uri.from({ scheme: vscode.env.uriScheme, authority, path, query }).toString();
}

/** Opens what links to lines lead to. */
export function registerLogLinks(parts: {
  readonly engines: EngineSet;
  readonly logs: LogsPanels;
  readonly prompts: Prompts;
  /** Settles once the engines were looked for. */
  readonly searched: Promise<void>;
  readonly t: Localize;
}): Disposable {
  const { engines, logs, prompts, searched, t } = parts;
  const owned = new DisposableStore();
  const ended = new AbortController();
  owned.add({
    dispose: () => {
      ended.abort();
    },
  });
  const open = async (uri: vscode.Uri): Promise<void> => {
    const link = uri.path === path ? parseLogPermalink(uri.query) : undefined;
    if (link === undefined) {
      prompts.fail(t('This link names no line of a log.'));
      return;
    }
    await searched;
    const found = await linkedLog(engines, link.scope, t, ended.signal);
    if ('problem' in found) prompts.fail(found.problem);
    else logs.open({ scope: link.scope, name: found.name }, link.line);
  };
  owned.add(
    vscode.window.registerUriHandler({
      handleUri: async (uri) => {
        await open(uri).catch((error: unknown) => {
          if (!ended.signal.aborted) prompts.fail(String(error));
        });
      },
    }),
  );
  return owned;
}
