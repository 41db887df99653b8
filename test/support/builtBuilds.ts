import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nullLogger } from '../../src/base/logger.ts';
import { systemClock } from '../../src/base/async.ts';
import { BuildFiles } from '../../src/build/buildFiles.ts';
import { Builds } from '../../src/build/builds.ts';
import type { BuildWorkerStart } from '../../src/build/messages.ts';
import type { KnownEngine } from '../../src/engine/engineSet.ts';
import { EngineSet } from '../../src/engine/engineSet.ts';
import type { BuildEvent, BuilderKind, BuildSpec } from '../../src/model/build.ts';
import type { FoundAuth } from '../../src/model/registryAuth.ts';
import { buildSpec } from './builds.ts';
import { FakeEngine } from './fakeEngine.ts';

/** One that was started: what its thread was told, and a way to say what it says. */
export interface StartedRun {
  readonly start: BuildWorkerStart;
  readonly isCancelled: () => boolean;
  say(...events: readonly BuildEvent[]): void;
  over(error?: Error): void;
}

/** The real builds with their files, but with threads that say what the test says. */
export class BuiltBuilds {
  readonly folder = mkdtempSync(join(tmpdir(), 'quayside-builds-'));
  readonly runs: StartedRun[] = [];
  readonly engine: KnownEngine;
  builder: BuilderKind = 'classic';
  auths: readonly FoundAuth[] = [];
  private last = 0;
  private readonly files: BuildFiles[] = [];
  private readonly engines = new EngineSet(nullLogger);

  constructor() {
    const endpoint = { kind: 'socket', path: '/none.sock' };
    const description = {
      id: 'e',
      name: 'default',
      address: '',
      isLocal: true,
      endpoint,
      open: () => new FakeEngine(),
    };
    this.engines.update([description]);
    const engine = this.engines.get('e');
    if (engine === undefined) throw new Error('the set has no engine');
    this.engine = engine;
  }

  /** As after each start of the editor. */
  open(): Builds {
    const found = (): readonly FoundAuth[] => this.auths;
    const files = new BuildFiles(this.folder);
    this.files.push(files);
    return new Builds({
      files,
      clock: { ...systemClock, now: () => this.now() },
      log: nullLogger,
      chooseBuilder: () => Promise.resolve(this.builder),
      credentials: {
        async *find(registry) {
          await Promise.resolve();
          yield* found().filter(({ auth }) => auth.registry === registry);
        },
      },
      run: ({ start, onEvents, onOver }) => {
        let isCancelled = false;
        this.runs.push({
          start,
          isCancelled: () => isCancelled,
          say: (...events) => onEvents(events),
          over: onOver,
        });
        return {
          cancel: () => (isCancelled = true),
          dispose: () => (isCancelled = true),
        };
      },
    });
  }

  async start(builds: Builds, spec: Partial<BuildSpec> = {}): Promise<StartedRun & { readonly id: string }> {
    const { id } = await builds.start(this.engine, buildSpec(spec));
    const run = this.runs.at(-1);
    if (run === undefined) throw new Error('no thread was started');
    return { ...run, id };
  }

  /** No two builds are started at the same time. */
  private now(): number {
    this.last = Math.max(this.last + 1, Date.now());
    return this.last;
  }

  async close(): Promise<void> {
    this.engines.dispose();
    await Promise.all(this.files.map((files) => files.settled()));
    rmSync(this.folder, { recursive: true, force: true });
  }
}
