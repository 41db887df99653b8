import type { Event } from '../../base/event.ts';
import { type Disposable, DisposableStore } from '../../base/lifecycle.ts';
import type { Logger } from '../../base/logger.ts';
import type { RunForm } from '../../model/runForm.ts';
import { readForm } from '../../model/runFormReader.ts';
import type { PortMapping, RunOptions } from '../../model/runOptions.ts';
import { Channel, type HostChannel, type HostHandlers, type Port } from '../../protocol/channel.ts';
import {
  type Choice,
  type ImageHints,
  isChooseRequest,
  isCopyText,
  isImageQuestion,
  isPortList,
  isRunRequest,
  type RunContract,
  type RunKnown,
  type RunPageTarget,
  type RunResult,
  type TakenPort,
} from '../../protocol/run.ts';
import type { RunStrings } from '../../protocol/runStrings.ts';
import { isNothing } from '../../protocol/shape.ts';

/** What a form can ask the editor and the engine for. */
export interface RunActions {
  readonly known: RunKnown;
  readonly onDidChangeKnown: Event<void>;
  takenPorts(ports: readonly PortMapping[]): Promise<readonly TakenPort[]>;
  imageHints(name: string, signal: AbortSignal): Promise<ImageHints | undefined>;
  choose(what: Choice): Promise<string | undefined>;
  /** Settles with a result, whatever happens. */
  run(options: RunOptions, signal: AbortSignal): Promise<RunResult>;
  /** The container runs: the form has done its work. */
  done(): void;
  copy(text: string): Promise<void>;
}

/** Between one page of the form and the engine. What a page sends is read anew here: its own checks are for people. */
export class RunHost implements Disposable {
  private readonly owned = new DisposableStore();
  private readonly channel: HostChannel<RunContract>;

  constructor(options: {
    readonly port: Port;
    readonly target: RunPageTarget;
    readonly form: RunForm;
    /** Where relative paths of a pasted line begin. */
    readonly folder: string;
    readonly strings: RunStrings;
    readonly actions: RunActions;
    readonly log: Logger;
  }) {
    const { actions, target, form, folder, strings, log } = options;
    const handlers: HostHandlers<RunContract> = {
      requests: {
        ready: {
          accepts: isNothing,
          answer: () => ({ strings, target, form, folder, known: actions.known }),
        },
        checkPorts: { accepts: isPortList, answer: (ports) => actions.takenPorts(ports) },
        image: { accepts: isImageQuestion, answer: ({ name }, signal) => actions.imageHints(name, signal) },
        choose: { accepts: isChooseRequest, answer: ({ what }) => actions.choose(what) },
        run: { accepts: isRunRequest, answer: (request, signal) => this.run(actions, request.form, signal) },
      },
      events: {
        copy: {
          accepts: isCopyText,
          hear: ({ text }) => {
            void actions.copy(text);
          },
        },
      },
    };
    this.channel = this.owned.add(
      new Channel(options.port, handlers, (what) => {
        log.warn(`run panel: refused ${what}`);
      }),
    );
    this.owned.add(
      actions.onDidChangeKnown(() => {
        this.channel.tell('known', actions.known);
      }),
    );
  }

  dispose(): void {
    this.owned.dispose();
  }

  private async run(actions: RunActions, form: RunForm, signal: AbortSignal): Promise<RunResult> {
    const { options, problems } = readForm(form);
    const [problem] = problems;
    if (problem !== undefined) return { kind: 'failed', message: '', at: problem.at };
    const result = await actions.run(options, signal);
    if (result.kind === 'done') actions.done();
    return result;
  }
}
