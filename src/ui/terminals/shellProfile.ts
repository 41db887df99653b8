import * as vscode from 'vscode';
import type { Disposable } from '../../base/lifecycle.ts';
import type { Deps } from '../../commands/deps.ts';
import { explain } from '../../commands/explain.ts';
import { chooseTargets } from '../../commands/runVerb.ts';
import { allowsVerb } from '../../model/container.ts';
import { asEngineError } from '../../model/engineError.ts';
import type { Terminals } from './terminals.ts';

/** In the list of what a new terminal can be: asks which container it is to be in. */
export function registerShellProfile(deps: Deps, terminals: Terminals): Disposable {
  return vscode.window.registerTerminalProfileProvider('quayside.shell', {
    async provideTerminalProfile(token) {
      const ended = new AbortController();
      token.onCancellationRequested(() => {
        ended.abort();
      });
      const choice = {
        kind: 'container' as const,
        isSingle: true,
        allows: (container: Parameters<typeof allowsVerb>[0]) => allowsVerb(container, 'shell'),
        question: () => deps.t('Open a shell in which container?'),
      };
      const invocation = { origin: 'person', names: undefined, options: { force: false } } as const;
      try {
        const [target] = await chooseTargets(deps, choice, invocation, ended.signal);
        return target === undefined
          ? undefined
          : new vscode.TerminalProfile(terminals.shell(target.ref, target.name));
      } catch (error) {
        const why = explain(asEngineError(error), deps.t);
        deps.prompts.fail(why.charAt(0).toUpperCase() + why.slice(1));
        return undefined;
      }
    },
  });
}
