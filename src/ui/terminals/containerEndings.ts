import { oneLine } from '../../base/format.ts';
import type { Localize } from '../../base/localize.ts';
import type { Container } from '../../model/container.ts';
import { stateWord } from '../../model/tree/containerRow.ts';
import type { FollowedContainer, Whereabouts } from './containerNews.ts';
import type { Ending, Offer } from './terminalProgram.ts';

/** What Enter does, in the words of what the terminal is for. */
export interface EndingWords {
  /** `Open a shell` */
  readonly connect: string;
  /** `Start web and open a shell` */
  start(name: string): string;
}

/** What is said, and offered, of a container that nothing can be done in as things are. */
export class ContainerEndings {
  private readonly container: FollowedContainer;
  private readonly words: EndingWords;
  private readonly t: Localize;

  constructor(container: FollowedContainer, words: EndingWords, t: Localize) {
    this.container = container;
    this.words = words;
    this.t = t;
  }

  get name(): string {
    return oneLine(this.container.name, 60);
  }

  of(where: Whereabouts): Ending {
    const { t, name } = this;
    if (where === 'unreachable')
      return {
        lines: [t('The connection to the engine of {name} was lost. It is retried by itself.', { name })],
        offers: [this.connect(t('Try again'))],
      };
    if (where === 'removed')
      return {
        lines: [t('{name} was removed. A new container of that name is found again.', { name })],
        offers: [this.connect(t('Look again'))],
      };
    switch (where.state) {
      case 'running':
        return this.running();
      case 'paused':
        return this.paused('connect');
      default:
        return this.stopped(where);
    }
  }

  running(): Ending {
    return { lines: [this.t('{name} runs.', { name: this.name })], offers: [this.connect()] };
  }

  paused(next: 'stay' | 'connect'): Ending {
    const { t, name } = this;
    const unpause: Offer = {
      key: 'Enter',
      label: t('Unpause {name}', { name }),
      run: async (signal) => {
        await this.container.owner?.store.engine.unpauseContainer(this.container.id, signal);
        return next;
      },
    };
    return { lines: [t('{name} is paused: what runs in it stands still.', { name })], offers: [unpause] };
  }

  /** Enter makes another connection. */
  connect(label = this.words.connect): Offer {
    return {
      key: 'Enter',
      label,
      run: async () => {
        // There may be another one of its name by now.
        await this.container.find();
        return 'connect';
      },
    };
  }

  private stopped({ state, exitCode }: Container): Ending {
    const { t, name } = this;
    const line =
      state === 'exited' && exitCode !== undefined
        ? t('{name} has stopped, with exit code {code}.', { name, code: exitCode })
        : t('{name} does not run: it is {state}.', { name, state: stateWord(state, t) });
    const start: Offer = {
      key: 'Enter',
      label: this.words.start(name),
      run: async (signal) => {
        await this.container.owner?.store.engine.startContainer(this.container.id, signal);
        return 'connect';
      },
    };
    return { lines: [line], offers: state === 'removing' ? [] : [start] };
  }
}
