import * as vscode from 'vscode';
import { systemClock } from '../base/async.ts';
import { isCancelled } from '../base/cancellation.ts';
import { type Disposable, DisposableStore, toDisposable } from '../base/lifecycle.ts';
import { CommandFailure } from '../commands/commandFailure.ts';
import type { Deps, PromptAction } from '../commands/deps.ts';
import { explain } from '../commands/explain.ts';
import { forFiles } from '../commands/files/forFiles.ts';
import { type CommandId, commandIds } from '../commands/ids.ts';
import { runVerb } from '../commands/runVerb.ts';
import type * as Table from '../commands/table.ts';
import { type Invocation, readInvocation } from '../commands/targets.ts';
import type { Action, AnyVerb } from '../commands/verb.ts';
import { VerbFailure } from '../commands/verbFailure.ts';
import { asEngineError, type EngineError } from '../model/engineError.ts';

/** The first rows are there by then. */
const settledMs = 3000;

/** What commands do is not needed for the first rows: it is read when those have settled, or with the first command. */
const loadTable = (): Promise<typeof Table> => import('../commands/table.ts');

/** Makes editor commands of the table: targets, cancellation, errors and the log, once for all of them. */
export function registerCommands(deps: Deps): Disposable {
  const owned = new DisposableStore();
  const ended = new AbortController();
  owned.add({
    dispose: () => {
      ended.abort();
    },
  });
  owned.add(toDisposable(systemClock.after(settledMs, () => void loadTable())));
  for (const id of commandIds)
    owned.add(
      vscode.commands.registerCommand(id, async (...args: unknown[]) => {
        deps.log.debug(`${id} started`);
        const invocation = await readInvocation(args, deps.views);
        await attempt(deps, id, invocation.origin, ended.signal, async (signal) => {
          const { commandTable } = await loadTable();
          await run(deps, commandTable[forFiles(id, invocation.names, deps.views)], invocation, args, signal);
        });
      }),
    );
  return owned;
}

/** Whoever called by a name gets the rejection; a person at the rows gets the sentence, with what to do next. */
async function attempt(
  deps: Deps,
  id: CommandId,
  origin: Invocation['origin'],
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<void>,
): Promise<void> {
  try {
    await work(signal);
  } catch (error) {
    const known = asEngineError(error);
    if (isCancelled(error) || known.reason === 'cancelled') return;
    logFailure(deps, id, known);
    const message = toMessage(deps, known);
    if (origin === 'caller') throw new Error(message, { cause: known });
    const own = (known instanceof CommandFailure ? known.nextSteps : []).map((step) => ({
      label: step.label,
      run: () => void attempt(deps, id, origin, signal, (again) => step.run(again)),
    }));
    deps.prompts.fail(message, [...own, ...nextSteps(deps, known)]);
  }
}

function run(
  deps: Deps,
  definition: AnyVerb | Action,
  invocation: Invocation,
  args: readonly unknown[],
  signal: AbortSignal,
): Promise<void> {
  if (definition.type === 'action') return definition.run(deps, signal, args);
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
