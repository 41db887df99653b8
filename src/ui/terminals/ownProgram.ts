import type { Localize } from '../../base/localize.ts';
import { discard } from '../../commands/container/makeContainer.ts';
import { explain } from '../../commands/explain.ts';
import type { Engine } from '../../engine/engine.ts';
import { asEngineError } from '../../model/engineError.ts';
import type { Ending, Outcome, TerminalProgram, TerminalSession, TerminalSize } from './terminalProgram.ts';

/**
 * The process of a container that was made for the terminal, with a terminal of its own. It starts with it, and goes at its
 * end; closing the terminal ends it.
 */
export class OwnProgram implements TerminalProgram {
  private readonly engine: Engine;
  private readonly containerId: string;
  private readonly name: string;
  private readonly t: Localize;
  private readonly greeting: string | undefined;

  constructor(engine: Engine, containerId: string, name: string, t: Localize, greeting?: string) {
    this.engine = engine;
    this.containerId = containerId;
    this.name = name;
    this.t = t;
    this.greeting = greeting;
  }

  async connect(
    size: TerminalSize,
    signal: AbortSignal,
    show: (text: string) => void,
  ): Promise<TerminalSession> {
    const { engine, containerId, greeting } = this;
    if (greeting !== undefined) show(`\u001b[2m${greeting}\u001b[0m\r\n`);
    try {
      const attached = await engine.attachContainer(containerId, signal);
      // Asked before the start, or a short life would be over by then.
      const ended = engine.waitContainer(containerId, signal, 'next-exit').catch(() => undefined);
      await engine.startContainer(containerId, signal);
      await attached.resize(size.columns, size.rows).catch(() => undefined);
      return {
        ...attached,
        write(data) {
          attached.write(data);
          return undefined;
        },
        exitCode: () => ended,
        end() {
          attached.close();
          void discard(engine, containerId);
        },
      };
    } catch (error) {
      await discard(engine, containerId);
      throw error;
    }
  }

  /** What it said last is worth reading, also when all went well. */
  over(outcome: Outcome): Promise<Ending | 'close'> {
    if (outcome === 'detached') return Promise.resolve('close');
    return Promise.resolve({ lines: [this.farewell(outcome)], offers: [] });
  }

  private farewell(outcome: Exclude<Outcome, 'detached'>): string {
    const { t, name } = this;
    if ('error' in outcome)
      return t('Could not run {name}: {why}', { name, why: explain(asEngineError(outcome.error), t) });
    const { exitCode: code } = outcome;
    return code === undefined
      ? t('{name} ended.', { name })
      : t('{name} ended with exit code {code}.', { name, code });
  }
}
