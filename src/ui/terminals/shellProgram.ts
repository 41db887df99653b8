import { oneLine } from '../../base/format.ts';
import type { Disposable } from '../../base/lifecycle.ts';
import type { Localize } from '../../base/localize.ts';
import { explain } from '../../commands/explain.ts';
import { startShell } from '../../engine/shellSession.ts';
import { asEngineError, EngineError } from '../../model/engineError.ts';
import { RunError } from '../../model/runError.ts';
import { type ShellChoice, shellCommands } from '../../model/shell.ts';
import { ContainerEndings } from './containerEndings.ts';
import type { FollowedContainer } from './containerNews.ts';
import type {
  Ending,
  News,
  Offer,
  Outcome,
  TerminalProgram,
  TerminalSession,
  TerminalSize,
} from './terminalProgram.ts';

export interface ShellParts {
  readonly container: FollowedContainer;
  readonly choice: ShellChoice;
  readonly preferred: () => readonly string[];
  /** A new one each time. */
  readonly makeId: () => string;
  /** What there is for a container without a shell. */
  readonly waysOut: () => readonly Offer[];
  readonly t: Localize;
}

/** A shell in a container, for as long as somebody wants one. */
export class ShellProgram implements TerminalProgram {
  private readonly parts: ShellParts;
  private readonly endings: ContainerEndings;
  /** Since the connection was made. */
  private hasDied = false;

  constructor(parts: ShellParts) {
    this.parts = parts;
    const { container, t } = parts;
    const words = {
      connect: t('Open a shell'),
      start: (name: string) => t('Start {name} and open a shell', { name }),
    };
    this.endings = new ContainerEndings(container, words, t);
  }

  async connect(size: TerminalSize, signal: AbortSignal): Promise<TerminalSession> {
    const { container, choice, preferred, makeId } = this.parts;
    const owner = container.owner;
    if (owner === undefined) throw new EngineError('unreachable', 'the engine is not known any more');
    const { engine, state } = owner.store;
    const os = state.connection.phase === 'connected' ? state.connection.version.os : 'linux';
    this.hasDied = false;
    const shell = await startShell(
      engine,
      container.id,
      {
        commands: shellCommands(os, preferred(), choice.shell),
        tty: size,
        id: makeId(),
        ...(choice.user === undefined ? {} : { user: choice.user }),
        ...(choice.workingDir === undefined ? {} : { workingDir: choice.workingDir }),
      },
      signal,
    );
    return {
      output: shell.output,
      write: (data) => {
        shell.write(data);
        return undefined;
      },
      resize: (columns, rows) => shell.resize(columns, rows),
      exitCode: () => shell.exitCode(),
      end: () => {
        shell.close();
      },
    };
  }

  async over(outcome: Outcome): Promise<Ending | 'close'> {
    const where = await this.parts.container.find();
    const isRunning = typeof where === 'object' && where.state === 'running';
    if (!isRunning || outcome === 'detached') return this.endings.of(where);
    if ('error' in outcome) return this.refused(asEngineError(outcome.error));
    if (this.hasDied) return this.restarted();
    const { exitCode } = outcome;
    if (exitCode === 0 || exitCode === undefined) return 'close';
    const { t } = this.parts;
    return {
      lines: [t('The shell ended with exit code {code}.', { code: exitCode })],
      offers: [this.endings.connect(t('Open a new shell'))],
    };
  }

  watch(onNews: (news: News) => void): Disposable {
    const { container, t } = this.parts;
    return container.watch((event) => {
      const { name } = this.endings;
      switch (event) {
        case 'paused':
          onNews({ kind: 'standsStill', ending: this.endings.paused('stay') });
          break;
        case 'unpaused':
          onNews({ kind: 'goesOn', line: t('{name} goes on.', { name }) });
          break;
        case 'died':
          this.hasDied = true;
          // The output may be over before the engine knows that the container is.
          void container.find().then((where) => {
            if (typeof where === 'string' || where.state !== 'running')
              onNews({ kind: 'isBack', ending: this.endings.of(where) });
          });
          break;
        case 'started':
          void container.find();
          onNews({
            kind: 'isBack',
            ending: { lines: [t('{name} runs again.', { name })], offers: [this.endings.connect()] },
          });
          break;
        case 'engineBack':
          void container.find().then((where) => {
            onNews({ kind: 'isBack', ending: this.endings.of(where) });
          });
          break;
      }
    });
  }

  private restarted(): Ending {
    const { t } = this.parts;
    const { name } = this.endings;
    return {
      lines: [t('{name} was restarted, and the shell has ended with it.', { name })],
      offers: [this.endings.connect(t('Open a new shell'))],
    };
  }

  /** It runs, and the engine did not open a shell in it. */
  private refused(error: EngineError): Ending {
    const { t, choice, waysOut } = this.parts;
    const { name } = this.endings;
    const again = this.endings.connect(t('Try again'));
    if (!(error instanceof RunError) || !isAboutProgram(error))
      return {
        lines: [t('The shell in {name} ended: {why}', { name, why: explain(error, t) })],
        offers: [again],
      };
    if (choice.shell !== undefined)
      return {
        lines: [
          t('There is no “{shell}” to be run in {name}. Choose another one with Open Shell….', {
            shell: oneLine(choice.shell, 60),
            name,
          }),
        ],
        offers: [],
      };
    return {
      lines: [
        t(
          'There is no shell in {name}: its image holds its program and little else. You can do this instead:',
          { name },
        ),
      ],
      offers: waysOut(),
    };
  }
}

function isAboutProgram({ problem }: RunError): boolean {
  return problem === 'commandMissing' || problem === 'commandDenied';
}
