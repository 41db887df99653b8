import type { Localize } from '../../base/localize.ts';
import { discard } from '../../commands/container/makeContainer.ts';
import { explain } from '../../commands/explain.ts';
import type { Engine } from '../../engine/engine.ts';
import { asEngineError } from '../../model/engineError.ts';
import type { Ending, Outcome, TerminalProgram, TerminalSession, TerminalSize } from './terminalProgram.ts';

interface OwnProgramOptions {
  readonly engine: Engine;
  /** Of the container. */
  readonly id: string;
  readonly name: string;
  /** Whether it is to be started, or has been by an earlier window. */
  readonly begin: 'start' | 'rejoin';
  /** Stands at the top. */
  readonly greeting: string | undefined;
  /** Called when the container has ended, or is about to. */
  readonly onOver: () => void;
  readonly t: Localize;
}

/**
 * The process of a container that was made for the terminal, with a terminal of its own. It starts with it, and goes at its
 * end; closing the terminal ends it.
 */
export class OwnProgram implements TerminalProgram {
  private readonly options: OwnProgramOptions;

  constructor(options: OwnProgramOptions) {
    this.options = options;
  }

  async connect(
    size: TerminalSize,
    signal: AbortSignal,
    show: (text: string) => void,
  ): Promise<TerminalSession> {
    const { engine, id, begin, greeting, onOver } = this.options;
    if (greeting !== undefined) show(`\u001b[2m${greeting}\u001b[0m\r\n`);
    try {
      const attached = await engine.attachContainer(id, signal);
      // Asked before the start, or a short life would be over by then.
      const ended = engine.waitContainer(id, signal, 'next-exit').catch(() => undefined);
      if (begin === 'start') await engine.startContainer(id, signal);
      await attached.resize(size.columns, size.rows).catch(() => undefined);
      return {
        ...attached,
        write(data) {
          attached.write(data);
          return undefined;
        },
        async exitCode() {
          const code = await ended;
          onOver();
          return code;
        },
        end() {
          attached.close();
          onOver();
          void discard(engine, id);
        },
      };
    } catch (error) {
      if (begin === 'start') {
        onOver();
        await discard(engine, id);
      }
      throw error;
    }
  }

  /** What it said last is worth reading, also when all went well. */
  over(outcome: Outcome): Promise<Ending | 'close'> {
    if (outcome === 'detached') return Promise.resolve('close');
    return Promise.resolve({ lines: [this.farewell(outcome)], offers: [] });
  }

  private farewell(outcome: Exclude<Outcome, 'detached'>): string {
    const { t, name } = this.options;
    if ('error' in outcome)
      return t('Could not run {name}: {why}', { name, why: explain(asEngineError(outcome.error), t) });
    const { exitCode: code } = outcome;
    return code === undefined
      ? t('{name} ended.', { name })
      : t('{name} ended with exit code {code}.', { name, code });
  }
}
