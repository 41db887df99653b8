import type { Event } from '../../base/event.ts';
import { type Disposable, DisposableStore } from '../../base/lifecycle.ts';
import type { Logger } from '../../base/logger.ts';
import type { BuildChange } from '../../build/builds.ts';
import { type Build, type BuildEvent, compactBuildEvents, noOutput } from '../../model/build.ts';
import { buildBefore } from '../../model/buildHistory.ts';
import {
  type BuildBefore,
  type BuildContract,
  type BuildSnapshot,
  type BuildStrings,
  type BuildSummary,
  isBuildAcknowledgement,
  isBuildChoice,
  isOpenLine,
  isReadyRequest,
} from '../../protocol/build.ts';
import { Channel, type HostChannel, type HostHandlers, type Port } from '../../protocol/channel.ts';
import { DeltaSender } from '../../protocol/deltas.ts';

/** The builds as a page sees them. */
export interface ShownBuilds {
  /** Newest first. */
  readonly all: readonly Build[];
  readonly onDidChange: Event<BuildChange>;
  load(): Promise<void>;
  cancel(id: string): void;
}

/** What a page can ask the editor for. */
export interface BuildActions {
  rebuild(build: Build): void;
  openLine(build: Build, line: number | undefined): void;
  summarize(build: Build): BuildSummary;
}

const maxUnacknowledged = 3;

/** Between the page of the builds and the builds: one of them is shown with its steps, of the others a line. */
export class BuildHost implements Disposable {
  private readonly owned = new DisposableStore();
  private readonly builds: ShownBuilds;
  private readonly actions: BuildActions;
  private readonly strings: BuildStrings;
  private readonly log: Logger;
  private readonly channel: HostChannel<BuildContract>;
  private readonly sender: DeltaSender<readonly BuildEvent[]>;
  private shownId: string | undefined;
  /** What the page that comes next is to show, whatever it remembers: a hidden one hears nothing. */
  private wantedId: string | undefined;

  constructor(options: {
    readonly port: Port;
    readonly builds: ShownBuilds;
    readonly actions: BuildActions;
    readonly strings: BuildStrings;
    readonly log: Logger;
    /** To be shown first; the newest one when absent. */
    readonly buildId: string | undefined;
  }) {
    this.builds = options.builds;
    this.actions = options.actions;
    this.strings = options.strings;
    this.log = options.log;
    this.shownId = options.buildId;
    this.sender = new DeltaSender({
      maxUnacknowledged,
      merge: (earlier, later) => compactBuildEvents([...earlier, ...later]),
      post: (seq, events) => {
        if (this.shownId !== undefined) this.channel.tell('delta', { seq, buildId: this.shownId, events });
      },
    });
    this.channel = this.owned.add(this.connect(options.port));
    this.owned.add(
      this.builds.onDidChange(({ id, events }) => {
        if (events === undefined) this.channel.tell('builds', this.summaries());
        else if (id === this.shownId) this.sender.offer(events);
      }),
    );
  }

  /** Shows a build, or the newest one. */
  show(buildId: string | undefined): void {
    const id = buildId ?? this.builds.all[0]?.id;
    if (id === undefined || id === this.shownId) return;
    this.sender.close();
    this.shownId = id;
    this.wantedId = id;
    this.channel.tell('show', { buildId: id });
  }

  /** A hidden page does not exist: it gets nothing until it asks `ready` again. */
  hide(): void {
    this.sender.close();
  }

  dispose(): void {
    this.owned.dispose();
  }

  private connect(port: Port): HostChannel<BuildContract> {
    const handlers: HostHandlers<BuildContract> = {
      requests: { ready: { accepts: isReadyRequest, answer: ({ buildId }) => this.ready(buildId) } },
      events: {
        acknowledge: {
          accepts: isBuildAcknowledgement,
          hear: ({ seq }) => {
            this.sender.acknowledge(seq);
          },
        },
        cancel: {
          accepts: isBuildChoice,
          hear: ({ buildId }) => {
            this.builds.cancel(buildId);
          },
        },
        rebuild: {
          accepts: isBuildChoice,
          hear: ({ buildId }) => {
            const build = this.find(buildId);
            if (build !== undefined) this.actions.rebuild(build);
          },
        },
        openLine: {
          accepts: isOpenLine,
          hear: ({ buildId, line }) => {
            const build = this.find(buildId);
            if (build !== undefined) this.actions.openLine(build, line);
          },
        },
      },
    };
    return new Channel(port, handlers, (what) => {
      this.log.warn(`build panel: refused ${what}`);
    });
  }

  private async ready(buildId: string | undefined): Promise<BuildSnapshot> {
    this.sender.close();
    await this.builds.load();
    const build = this.find(this.wantedId ?? buildId ?? this.shownId) ?? this.builds.all[0];
    this.wantedId = undefined;
    this.shownId = build?.id;
    return {
      seq: this.sender.open(),
      strings: this.strings,
      builds: this.summaries(),
      shown: build === undefined ? undefined : { build, before: this.before(build) },
    };
  }

  private before(build: Build): BuildBefore | undefined {
    const before = buildBefore(this.builds.all, build);
    if (before?.endedAt === undefined) return undefined;
    return {
      durationMs: before.endedAt - before.startedAt,
      steps: before.steps.map((step) => ({ ...step, output: noOutput })),
    };
  }

  private find(id: string | undefined): Build | undefined {
    return this.builds.all.find((build) => build.id === id);
  }

  private summaries(): readonly BuildSummary[] {
    return this.builds.all.map((build) => this.actions.summarize(build));
  }
}
