import * as vscode from 'vscode';
import { isCancelled } from '../base/cancellation.ts';
import { type Disposable, DisposableStore } from '../base/lifecycle.ts';
import type { Deps, PromptAction } from '../commands/deps.ts';
import { explain } from '../commands/explain.ts';
import { commandIds } from '../commands/ids.ts';
import { runVerb, VerbFailure } from '../commands/runVerb.ts';
import { commandTable } from '../commands/table.ts';
import { type Invocation, readInvocation } from '../commands/targets.ts';
import type { AnyVerb } from '../commands/verb.ts';
import { asEngineError, type EngineError } from '../model/engineError.ts';

/** Makes editor commands of the table: targets, cancellation, errors and the log, once for all of them. */
export function registerCommands(deps: Deps): Disposable {
  const owned = new DisposableStore();
  const ended = new AbortController();
  owned.add({
    dispose: () => {
      ended.abort();
    },
  });
  for (const id of commandIds) {
    const definition = commandTable[id];
    owned.add(
      vscode.commands.registerCommand(id, async (...args: unknown[]) => {
        deps.log.debug(`${id} started`);
        const invocation = await readInvocation(args, deps.views);
        try {
          if (definition.type === 'action') await definition.run(deps, ended.signal, args);
          else await run(deps, definition, invocation, ended.signal);
        } catch (error) {
          const known = asEngineError(error);
          if (isCancelled(error) || known.reason === 'cancelled') return;
          logFailure(deps, id, known);
          const message = toMessage(deps, known);
          // Whoever called by a name gets the rejection; a person at the rows gets the sentence.
          if (invocation.origin === 'caller') throw new Error(message, { cause: known });
          deps.prompts.fail(message, nextSteps(deps, known));
        }
      }),
    );
  }
  return owned;
}

function run(deps: Deps, definition: AnyVerb, invocation: Invocation, signal: AbortSignal): Promise<void> {
  switch (definition.kind) {
    case 'container':
      return runVerb(deps, definition, invocation, signal);
    case 'image':
      return runVerb(deps, definition, invocation, signal);
    case 'volume':
      return runVerb(deps, definition, invocation, signal);
    case 'network':
      return runVerb(deps, definition, invocation, signal);
  }
}

function logFailure(deps: Deps, id: string, error: EngineError): void {
  if (error instanceof VerbFailure)
    for (const { name, error: cause } of error.failures)
      deps.log.error(`${id} ${name}: ${cause.message}`, cause);
  else deps.log.error(`${id}: ${error.message}`, error);
}

/** A failure of the engine starts a sentence here; a command's own is one already. */
function toMessage({ t }: Deps, error: EngineError): string {
  const why = explain(error, t);
  return why.charAt(0).toUpperCase() + why.slice(1);
}

function nextSteps({ t, panels, desktop }: Deps, error: EngineError): readonly PromptAction[] {
  const cause = error instanceof VerbFailure ? error.failures[0]?.error : error;
  return [
    ...(cause?.hint === 'endpoint'
      ? [
          {
            label: t('Open Settings'),
            run: () => {
              desktop.openSettings('quayside.engine.address');
            },
          },
        ]
      : []),
    {
      label: t('Show Log'),
      run: () => {
        panels.showLog();
      },
    },
  ];
}
