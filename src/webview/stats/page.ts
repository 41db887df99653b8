import type { PageChannel } from '../../protocol/channel.ts';
import { DeltaReceiver } from '../../protocol/deltas.ts';
import {
  isStatsMoment,
  isStatsPageState,
  type StatsContract,
  type StatsMoment,
  type StatsPageState,
} from '../../protocol/stats.ts';
import { type HostApi, pageChannel } from '../host.ts';
import { Screen } from './screen.ts';

/** A page of stats: asks for what is known, and takes in one moment after the other. */
export class StatsPage {
  private readonly host: HostApi;
  private readonly channel: PageChannel<StatsContract>;
  private readonly receiver = new DeltaReceiver();
  private screen: Screen | undefined;

  constructor(host: HostApi) {
    this.host = host;
    this.channel = pageChannel<StatsContract>(host, {
      moment: {
        accepts: isStatsMoment,
        hear: (moment) => {
          this.onMoment(moment);
        },
      },
    });
  }

  /** Asks for everything; also when something was missed on the way. */
  async start(): Promise<void> {
    const snapshot = await this.channel.ask('ready', undefined).catch(() => undefined);
    if (snapshot === undefined) return;
    this.receiver.restart(snapshot.seq);
    const kept = this.host.getState();
    this.screen ??= new Screen({
      channel: this.channel,
      snapshot,
      kept: isStatsPageState(kept) && kept.scope === snapshot.scope ? kept : undefined,
      onKeep: (view) => {
        const state: StatsPageState = { version: 1, scope: snapshot.scope, name: snapshot.name, ...view };
        this.host.setState(state);
      },
    });
    this.screen.restart(snapshot);
  }

  private onMoment(moment: StatsMoment): void {
    const verdict = this.receiver.accept(moment.seq);
    if (verdict === 'gap') void this.start();
    if (verdict !== 'next') return;
    this.screen?.add(moment);
    // Once it is drawn: a page that can't keep up gets less.
    requestAnimationFrame(() => {
      this.channel.tell('acknowledge', { seq: moment.seq });
    });
  }
}
