import { type Disposable, DisposableStore } from '../../base/lifecycle.ts';
import type { Logger } from '../../base/logger.ts';
import type { ContainerWatch } from '../../engine/containerWatch.ts';
import { Channel, type HostChannel, type HostHandlers, type Port } from '../../protocol/channel.ts';
import { DeltaSender } from '../../protocol/deltas.ts';
import {
  isActionChoice,
  isFactsAcknowledgement,
  isOneRow,
  isProcessChoice,
  isRowChoice,
  type OverviewAction,
  type OverviewContract,
  type OverviewFacts,
  type OverviewPageTarget,
  type OverviewProcesses,
  type OverviewSnapshot,
  type OverviewStrings,
  type ProcessChoice,
  type RevealedValue,
} from '../../protocol/overview.ts';
import { isNothing } from '../../protocol/shape.ts';
import type { FullFacts } from './overview/facts.ts';
import type { FullRow, Opening } from './overview/rows.ts';

const maxUnacknowledged = 2;

/** What a page can ask the editor and the engine for. */
export interface OverviewActions {
  act(action: OverviewAction): void;
  copy(text: string): void;
  open(opening: Opening): void;
  processes(signal: AbortSignal): Promise<OverviewProcesses>;
  signal(process: ProcessChoice): void;
}

export interface OverviewHostOptions {
  readonly port: Port;
  readonly watch: Pick<ContainerWatch, 'onDidChange' | 'watch' | 'unwatch'>;
  /** As it is known now. */
  readonly facts: () => FullFacts;
  readonly target: OverviewPageTarget;
  readonly strings: OverviewStrings;
  readonly actions: OverviewActions;
  readonly log: Logger;
}

/** Between a container's page and what is known of it: which is followed only while the page is there to be seen. */
export class OverviewHost implements Disposable {
  private readonly options: OverviewHostOptions;
  private readonly owned = new DisposableStore();
  private readonly channel: HostChannel<OverviewContract>;
  private readonly sender: DeltaSender<OverviewFacts>;
  /** Of the facts that the page was sent last. */
  private rows = new Map<string, FullRow>();
  private actionsNow: readonly OverviewAction[] = [];

  constructor(options: OverviewHostOptions) {
    this.options = options;
    this.sender = new DeltaSender({
      maxUnacknowledged,
      merge: (_earlier, later) => later,
      post: (seq, facts) => {
        this.channel.tell('facts', { seq, facts });
      },
    });
    this.channel = this.owned.add(this.connect(options.port));
    this.owned.add(
      options.watch.onDidChange(() => {
        this.sender.offer(this.read());
      }),
    );
  }

  /** A hidden page does not exist: nothing is read for it until it asks `ready` again. */
  hide(): void {
    this.sender.close();
    this.options.watch.unwatch();
  }

  dispose(): void {
    this.hide();
    this.owned.dispose();
  }

  private connect(port: Port): HostChannel<OverviewContract> {
    const { actions, log } = this.options;
    const handlers: HostHandlers<OverviewContract> = {
      requests: {
        ready: { accepts: isNothing, answer: () => this.ready() },
        reveal: { accepts: isRowChoice, answer: ({ keys }) => this.reveal(keys) },
        processes: { accepts: isNothing, answer: (_nothing, signal) => actions.processes(signal) },
      },
      events: {
        acknowledge: {
          accepts: isFactsAcknowledgement,
          hear: ({ seq }) => {
            this.sender.acknowledge(seq);
          },
        },
        act: {
          accepts: isActionChoice,
          hear: ({ action }) => {
            if (this.actionsNow.includes(action)) actions.act(action);
          },
        },
        copy: {
          accepts: isOneRow,
          hear: ({ key }) => {
            const copies = this.rows.get(key)?.copies ?? '';
            if (copies !== '') actions.copy(copies);
          },
        },
        open: {
          accepts: isOneRow,
          hear: ({ key }) => {
            const opening = this.rows.get(key)?.opening;
            if (opening !== undefined) actions.open(opening);
          },
        },
        signal: {
          accepts: isProcessChoice,
          hear: (process) => {
            actions.signal(process);
          },
        },
      },
    };
    return new Channel(port, handlers, (what) => {
      log.warn(`overview panel: refused ${what}`);
    });
  }

  private ready(): OverviewSnapshot {
    const { watch, strings, target } = this.options;
    watch.watch();
    return { seq: this.sender.open(), strings, target, facts: this.read() };
  }

  private read(): OverviewFacts {
    const { shown, sections } = this.options.facts();
    const rows = sections.flatMap(({ groups }) => groups.flatMap((group) => group.rows));
    this.rows = new Map(rows.map((each) => [each.key, each]));
    this.actionsNow = shown.actions;
    return shown;
  }

  private reveal(keys: readonly string[]): readonly RevealedValue[] {
    return keys.flatMap((key) => {
      const found = this.rows.get(key);
      return found?.isSecret === true ? [{ key, value: found.copies }] : [];
    });
  }
}
