import { type Build, reduceBuild } from '../../model/build.ts';
import {
  type BuildBefore,
  type BuildContract,
  type BuildDelta,
  type BuildPageState,
  isBuildChoice,
  isBuildDelta,
  isBuildPageState,
  isSummaries,
} from '../../protocol/build.ts';
import type { PageChannel } from '../../protocol/channel.ts';
import { DeltaReceiver } from '../../protocol/deltas.ts';
import { type HostApi, pageChannel } from '../host.ts';
import { Screen } from './screen.ts';

/** The page of the builds: asks for one with its steps, applies what follows, and says which one it wants to see. */
export class BuildPage {
  private readonly host: HostApi;
  private readonly channel: PageChannel<BuildContract>;
  private readonly receiver = new DeltaReceiver();
  private screen: Screen | undefined;
  private build: Build | undefined;
  private before: BuildBefore | undefined;
  private starts = 0;

  constructor(host: HostApi) {
    this.host = host;
    this.channel = pageChannel<BuildContract>(host, {
      delta: {
        accepts: isBuildDelta,
        hear: (delta) => {
          this.onDelta(delta);
        },
      },
      builds: {
        accepts: isSummaries,
        hear: (builds) => this.screen?.setBuilds(builds),
      },
      show: { accepts: isBuildChoice, hear: ({ buildId }) => void this.start(buildId) },
    });
  }

  /** Asks for everything; also when something was missed on the way. */
  async start(wanted?: string): Promise<void> {
    const start = ++this.starts;
    const kept = this.host.getState();
    const buildId = wanted ?? this.build?.id ?? (isBuildPageState(kept) ? kept.buildId : undefined);
    const snapshot = await this.channel.ask('ready', { buildId }).catch(() => undefined);
    if (snapshot === undefined || start !== this.starts) return;
    this.receiver.restart(snapshot.seq);
    this.build = snapshot.shown?.build;
    this.before = snapshot.shown?.before;
    this.screen ??= new Screen(snapshot.strings, {
      select: (id) => void this.start(id),
      cancel: (id) => {
        this.channel.tell('cancel', { buildId: id });
      },
      rebuild: (id) => {
        this.channel.tell('rebuild', { buildId: id });
      },
      openLine: (id, line) => {
        this.channel.tell('openLine', { buildId: id, line });
      },
    });
    this.screen.setBuilds(snapshot.builds);
    this.screen.setBuild(this.build, this.before);
    const state: BuildPageState = { version: 1, buildId: this.build?.id };
    this.host.setState(state);
  }

  private onDelta({ seq, buildId, events }: BuildDelta): void {
    const verdict = this.receiver.accept(seq);
    if (verdict === 'gap') void this.start();
    if (verdict !== 'next' || this.build?.id !== buildId) return;
    this.build = events.reduce(reduceBuild, this.build);
    this.screen?.setBuild(this.build, this.before);
    // Once it is drawn: a page that can't keep up gets less.
    requestAnimationFrame(() => {
      this.channel.tell('acknowledge', { seq });
    });
  }
}
