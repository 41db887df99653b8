import type { Disposable } from '../../base/lifecycle.ts';
import type { Localize } from '../../base/localize.ts';
import { explain } from '../../commands/explain.ts';
import type { AttachedContainer } from '../../engine/engine.ts';
import { asEngineError, EngineError } from '../../model/engineError.ts';
import { detachReader } from '../../model/detachKeys.ts';
import { lineReader } from '../../model/lineInput.ts';
import { ContainerEndings } from './containerEndings.ts';
import type { FollowedContainer } from './containerNews.ts';
import type {
  Ending,
  News,
  Outcome,
  TerminalProgram,
  TerminalSession,
  TerminalSize,
} from './terminalProgram.ts';

/** A container's own process, which goes on when the terminal goes. */
export class AttachProgram implements TerminalProgram {
  private readonly container: FollowedContainer;
  private readonly endings: ContainerEndings;
  private readonly t: Localize;

  constructor(container: FollowedContainer, t: Localize) {
    this.container = container;
    this.t = t;
    const words = {
      connect: t('Attach to its main process'),
      start: (name: string) => t('Start {name} and attach to it', { name }),
    };
    this.endings = new ContainerEndings(container, words, t);
  }

  async connect(
    size: TerminalSize,
    signal: AbortSignal,
    show: (text: string) => void,
  ): Promise<TerminalSession> {
    const { container } = this;
    const where = await container.find();
    const engine = container.owner?.store.engine;
    if (engine === undefined || typeof where === 'string' || where.state !== 'running')
      throw new EngineError('conflict', 'it does not run');
    const attached = await engine.attachContainer(container.id, signal);
    show(`\u001b[2m${this.greeting(attached)}\u001b[0m\r\n`);
    if (!attached.hasTerminal) return withoutTerminal(attached, show);
    // What is on its screen is drawn only when the size changes.
    await attached.resize(size.columns, size.rows + 1).catch(() => undefined);
    await attached.resize(size.columns, size.rows).catch(() => undefined);
    const read = detachReader();
    return {
      ...attached,
      write(data) {
        const { passed, isDetached } = read(data);
        if (passed !== '') attached.write(passed);
        return isDetached ? 'detach' : undefined;
      },
      exitCode: () => Promise.resolve(undefined),
      end() {
        attached.close();
      },
    };
  }

  async over(outcome: Outcome): Promise<Ending | 'close'> {
    if (outcome === 'detached') return 'close';
    const where = await this.container.find();
    if (typeof where === 'string' || where.state !== 'running' || !('error' in outcome))
      return this.endings.of(where);
    const why = explain(asEngineError(outcome.error), this.t);
    const { name } = this.endings;
    return {
      lines: [this.t('The connection to {name} ended: {why}', { name, why })],
      offers: [this.endings.connect()],
    };
  }

  watch(onNews: (news: News) => void): Disposable {
    return this.container.watch((event) => {
      switch (event) {
        case 'paused':
          onNews({ kind: 'standsStill', ending: this.endings.paused('stay') });
          break;
        case 'unpaused':
          onNews({ kind: 'goesOn', line: this.t('{name} goes on.', { name: this.endings.name }) });
          break;
        case 'died':
        case 'started':
        case 'engineBack':
          void this.container.find().then((where) => {
            onNews({ kind: 'isBack', ending: this.endings.of(where) });
          });
          break;
      }
    });
  }

  private greeting({ hasTerminal, takesInput }: AttachedContainer): string {
    const { name } = this.endings;
    if (hasTerminal)
      return this.t(
        'Attached to the main process of {name}. Ctrl+P Ctrl+Q detaches, and so does closing the terminal: {name} runs on.',
        { name },
      );
    return takesInput
      ? this.t(
          'Attached to the main process of {name}, which has no terminal: what you type is sent line by line. Ctrl+C or closing the terminal detaches: {name} runs on.',
          { name },
        )
      : this.t(
          'Attached to the main process of {name}, whose input is closed: you see what it writes from now on. Ctrl+C or closing the terminal detaches: {name} runs on.',
          { name },
        );
  }
}

/** What a terminal would do on the other side is done here: lines are edited and shown, and end as a screen wants it. */
function withoutTerminal(attached: AttachedContainer, show: (text: string) => void): TerminalSession {
  const readKeys = detachReader();
  const readLine = lineReader();
  return {
    output: withReturns(attached),
    write(data) {
      const { passed, isDetached } = readKeys(data);
      const { echo, sent, isInterrupted } = readLine(passed);
      if (attached.takesInput) {
        show(echo);
        if (sent !== '') attached.write(sent);
      }
      return isDetached || isInterrupted ? 'detach' : undefined;
    },
    resize: () => Promise.resolve(),
    exitCode: () => Promise.resolve(undefined),
    end() {
      attached.close();
    },
  };
}

async function* withReturns({ output }: AttachedContainer): AsyncGenerator<{ readonly data: Uint8Array }> {
  for await (const { data } of output) {
    const text = Buffer.from(data.buffer, data.byteOffset, data.length).toString('latin1');
    yield { data: Buffer.from(text.replaceAll(/\r?\n/g, '\r\n'), 'latin1') };
  }
}
