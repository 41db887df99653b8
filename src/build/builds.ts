import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Clock } from '../base/async.ts';
import { Emitter } from '../base/event.ts';
import type { Disposable } from '../base/lifecycle.ts';
import type { Logger } from '../base/logger.ts';
import type { KnownEngine } from '../engine/engineSet.ts';
import {
  type Build,
  type BuildEvent,
  type BuilderKind,
  type BuildSpec,
  newBuild,
  reduceBuild,
} from '../model/build.ts';
import { buildRegistries } from '../model/buildRegistries.ts';
import type { FoundAuth, RegistryAuth } from '../model/registryAuth.ts';
import type { BuildFiles } from './buildFiles.ts';
import type { BuildWorkerStart } from './messages.ts';

/** Builds that are kept: of one Dockerfile, and in all. */
const maxOfDockerfile = 10;
const maxBuilds = 60;

/** The thread of one build, or a test's stand-in. */
export interface RunningBuild extends Disposable {
  cancel(): void;
}

export interface BuildsOptions {
  readonly files: BuildFiles;
  readonly clock: Clock;
  readonly log: Logger;
  /** Which builder the next build is for. */
  readonly chooseBuilder: () => Promise<BuilderKind>;
  readonly credentials: { find(registry: string, signal: AbortSignal): AsyncIterable<FoundAuth> };
  readonly run: (run: {
    readonly start: BuildWorkerStart;
    readonly onEvents: (events: readonly BuildEvent[]) => void;
    /** The thread has ended, by itself or with an error. */
    readonly onOver: (error: Error | undefined) => void;
  }) => RunningBuild;
}

export interface BuildChange {
  readonly id: string;
  /** Undefined when the list of builds has changed. */
  readonly events: readonly BuildEvent[] | undefined;
}

/** The builds of a workspace: those under way, and those that were. */
export class Builds implements Disposable {
  private readonly options: BuildsOptions;
  private readonly changed = new Emitter<BuildChange>();
  private readonly running = new Map<string, RunningBuild>();
  private readonly waiting = new Map<string, PromiseWithResolvers<Build>>();
  private readonly ended = new AbortController();
  private builds: readonly Build[] = [];
  private loading: Promise<void> | undefined;

  constructor(options: BuildsOptions) {
    this.options = options;
  }

  readonly onDidChange = this.changed.event;

  /** Newest first. */
  get all(): readonly Build[] {
    return this.builds;
  }

  get(id: string): Build | undefined {
    return this.builds.find((build) => build.id === id);
  }

  /** Settles once those of earlier windows are known. */
  load(): Promise<void> {
    this.loading ??= this.options.files.load().then((found) => {
      this.builds = [...this.builds, ...found.filter(({ id }) => this.get(id) === undefined)];
    });
    return this.loading;
  }

  /** What was asked for the last time a Dockerfile was built; with a target, the last time with that one. */
  async last(dockerfile: string, target?: string): Promise<BuildSpec | undefined> {
    await this.load();
    return this.builds.find(
      ({ spec }) => spec.dockerfile === dockerfile && (target === undefined || spec.target === target),
    )?.spec;
  }

  /** The build goes on by itself; `ended` settles with it when it is over, however that came about. */
  async start(
    { description }: KnownEngine,
    spec: BuildSpec,
  ): Promise<{ readonly id: string; readonly ended: Promise<Build> }> {
    await this.load();
    const builder = await this.options.chooseBuilder();
    const auths = await this.findAuths(spec, builder);
    const id = randomUUID();
    const { id: engineId, name: engineName, endpoint } = description;
    const build = newBuild({ id, spec, builder, engineId, engineName, startedAt: this.options.clock.now() });
    this.builds = [build, ...this.builds];
    const waiting = Promise.withResolvers<Build>();
    this.waiting.set(id, waiting);
    this.keep(build);
    this.prune();
    this.changed.fire({ id, events: undefined });
    this.running.set(
      id,
      this.options.run({
        start: { endpoint, spec, builder, auths },
        onEvents: (events) => {
          this.take(id, events);
        },
        onOver: (error) => {
          this.over(id, error);
        },
      }),
    );
    return { id, ended: waiting.promise };
  }

  cancel(id: string): void {
    this.running.get(id)?.cancel();
  }

  dispose(): void {
    this.ended.abort();
    for (const running of this.running.values()) running.dispose();
    this.changed.dispose();
  }

  private take(id: string, events: readonly BuildEvent[]): void {
    const before = this.get(id);
    if (before === undefined || before.outcome !== undefined) return;
    const build = events.reduce(reduceBuild, before);
    this.builds = this.builds.map((each) => (each.id === id ? build : each));
    this.changed.fire({ id, events });
    if (build.outcome === undefined) return;
    this.keep(build);
    this.changed.fire({ id, events: undefined });
    this.waiting.get(id)?.resolve(build);
    this.waiting.delete(id);
  }

  /** A thread that ends has told how; one that broke has not. */
  private over(id: string, error: Error | undefined): void {
    this.running.delete(id);
    if (error !== undefined) this.options.log.error('a build’s thread stopped unexpectedly', error);
    const said = error?.message ?? 'the build ended without a word';
    const problem = { kind: 'other', what: '', line: undefined, said } as const;
    this.take(id, [{ kind: 'ended', outcome: 'failed', at: this.options.clock.now(), problem }]);
  }

  private keep(build: Build): void {
    this.options.files.save(build).catch((error: unknown) => {
      this.options.log.warn(`a build is not kept: ${String(error)}`);
    });
  }

  private prune(): void {
    const counts = new Map<string, number>();
    const kept = this.builds.filter(({ spec, outcome }, at) => {
      const count = (counts.get(spec.dockerfile) ?? 0) + 1;
      counts.set(spec.dockerfile, count);
      return outcome === undefined || (count <= maxOfDockerfile && at < maxBuilds);
    });
    for (const build of this.builds)
      if (!kept.includes(build)) void this.options.files.remove(build).catch(() => undefined);
    this.builds = kept;
  }

  /** The best login for each registry that has to do with the build. The docker CLI finds its own itself. */
  private async findAuths(spec: BuildSpec, builder: BuilderKind): Promise<readonly RegistryAuth[]> {
    const text = await readFile(spec.dockerfile, 'utf8').catch(() => '');
    const auths: RegistryAuth[] = [];
    for (const registry of buildRegistries(spec, text))
      for await (const { auth, isKept } of this.options.credentials.find(registry, this.ended.signal)) {
        if (isKept || builder === 'classic') auths.push(auth);
        break;
      }
    return auths;
  }
}
