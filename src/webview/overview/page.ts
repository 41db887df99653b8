import type { PageChannel } from '../../protocol/channel.ts';
import { DeltaReceiver } from '../../protocol/deltas.ts';
import {
  isNumberedFacts,
  isOverviewPageState,
  type NumberedFacts,
  type OverviewContract,
  type OverviewFacts,
  type OverviewPageState,
  type OverviewSnapshot,
} from '../../protocol/overview.ts';
import { type HostApi, pageChannel } from '../host.ts';
import { Screen } from './screen.ts';

/** A container's page: asks for what is known, and shows what changes. */
export class OverviewPage {
  private readonly host: HostApi;
  private readonly channel: PageChannel<OverviewContract>;
  private readonly receiver = new DeltaReceiver();
  private snapshot: OverviewSnapshot | undefined;
  private screen: Screen | undefined;

  constructor(host: HostApi) {
    this.host = host;
    this.channel = pageChannel<OverviewContract>(host, {
      facts: {
        accepts: isNumberedFacts,
        hear: (facts) => {
          this.onFacts(facts);
        },
      },
    });
  }

  /** Asks for everything; also when something was missed on the way. */
  async start(): Promise<void> {
    const snapshot = await this.channel.ask('ready', undefined).catch(() => undefined);
    if (snapshot === undefined) return;
    this.snapshot = snapshot;
    this.receiver.restart(snapshot.seq);
    const kept = this.host.getState();
    this.screen ??= new Screen({
      channel: this.channel,
      strings: snapshot.strings,
      closed: isOverviewPageState(kept) ? kept.closed : ['labels'],
      onFold: () => {
        this.keep(snapshot.facts.name);
      },
    });
    this.show(snapshot.facts);
  }

  private onFacts({ seq, facts }: NumberedFacts): void {
    const verdict = this.receiver.accept(seq);
    if (verdict === 'gap') void this.start();
    if (verdict !== 'next') return;
    this.show(facts);
    // Once it is drawn: a page that can't keep up gets less.
    requestAnimationFrame(() => {
      this.channel.tell('acknowledge', { seq });
    });
  }

  private show(facts: OverviewFacts): void {
    this.screen?.show(facts);
    this.keep(facts.name);
  }

  private keep(name: string): void {
    if (this.snapshot === undefined || this.screen === undefined) return;
    const { target } = this.snapshot;
    const state: OverviewPageState = { version: 1, target, name, closed: this.screen.closed };
    this.host.setState(state);
  }
}
