import type { Engine } from '../engine/engine.ts';
import type { BuildEvent, BuildSpec, StepFacts } from '../model/build.ts';
import type { BuildProblem } from '../model/buildProblem.ts';
import { dockerfileInstructions } from '../model/dockerfile.ts';
import { EngineError, hasReason } from '../model/engineError.ts';
import type { RegistryAuth } from '../model/registryAuth.ts';
import { buildProblemOf } from './buildFailure.ts';
import { ClassicSteps } from './classicSteps.ts';
import { contextArchive } from './contextArchive.ts';
import { ContextError, type ContextProblem } from './contextError.ts';
import { prepareContext } from './contextFiles.ts';

export interface ClassicBuild {
  readonly engine: Engine;
  readonly spec: BuildSpec;
  /** The Dockerfile's text. */
  readonly dockerfile: string;
  readonly auths: readonly RegistryAuth[];
  readonly emit: (event: BuildEvent) => void;
  readonly now: () => number;
}

/** Builds by the engine's own builder. Resolves with what went wrong; rejects only when it was called off. */
export async function classicBuild(
  build: ClassicBuild,
  signal: AbortSignal,
): Promise<BuildProblem | undefined> {
  const beyond = beyondClassic(build.spec, build.dockerfile);
  if (beyond !== undefined) return beyond;
  const steps = new ClassicSteps(build.dockerfile, build.now);
  const tell = (events: readonly BuildEvent[]): void => {
    events.forEach(build.emit);
  };
  const sending = new SendingStep(build);
  try {
    const context = await prepareContext(build.spec.context, build.spec.dockerfile, build.dockerfile);
    const archive = sending.watch(
      contextArchive({ ...context, onProgress: (bytes) => (sending.sentBytes = bytes) }),
    );
    for await (const message of build.engine.buildImage(
      archive,
      toOptions(build, context.dockerfile),
      signal,
    )) {
      tell(steps.read(message));
      if (message.kind !== 'failure') continue;
      const { exitCode } = message;
      const problem = buildProblemOf(message.message, steps.current);
      return exitCode === undefined ? problem : { ...problem, exitCode };
    }
    tell(steps.end());
    return undefined;
  } catch (error) {
    if (hasReason(error, 'cancelled') || signal.aborted) throw error;
    const problem = problemOf(error, steps.current);
    tell(steps.end(problem.said));
    return problem;
  }
}

/** The engine would run some of these without a word, and leave half of them out. */
export function beyondClassic(spec: BuildSpec, dockerfile: string): BuildProblem | undefined {
  const refuse = (what: string, line?: number): BuildProblem => ({
    kind: 'needsBuildKit',
    what,
    line,
    said: '',
  });
  if (spec.secrets.length > 0) return refuse('--secret');
  if (spec.platforms.length > 1) return refuse('--platform');
  if (spec.cacheTo.length > 0) return refuse('--cache-to');
  const heredoc = dockerfileInstructions(dockerfile).find(({ hasHeredoc }) => hasHeredoc);
  return heredoc === undefined ? undefined : refuse('<<EOF', heredoc.line);
}

/** The context on its way, as a step of its own before those of the Dockerfile. */
class SendingStep {
  sentBytes = 0;
  private readonly build: ClassicBuild;

  constructor(build: ClassicBuild) {
    this.build = build;
  }

  async *watch(archive: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    const { emit, now } = this.build;
    const step: StepFacts = {
      id: 'context',
      label: '',
      name: 'load build context',
      line: undefined,
      startedAt: now(),
      endedAt: undefined,
      isCached: false,
      error: '',
    };
    emit({ kind: 'step', step });
    try {
      for await (const piece of archive) {
        this.tell(false);
        yield piece;
      }
      this.tell(true);
      emit({ kind: 'step', step: { ...step, endedAt: now() } });
    } catch (error) {
      emit({ kind: 'step', step: { ...step, endedAt: now(), error: String(error) } });
      throw error;
    }
  }

  private tell(isDone: boolean): void {
    const { sentBytes: current } = this;
    const item = { name: 'transferring context:', current, total: isDone ? current : 0, isDone };
    this.build.emit({ kind: 'item', stepId: 'context', item });
  }
}

function toOptions({ spec, auths }: ClassicBuild, dockerfile: string): Parameters<Engine['buildImage']>[1] {
  const { tags, target, buildArgs, labels, platforms, cacheFrom, noCache, pull } = spec;
  return {
    tags,
    dockerfile,
    target,
    buildArgs,
    labels,
    platform: platforms[0],
    cacheFrom,
    noCache,
    pull,
    auths,
  };
}

const kinds: Readonly<Record<ContextProblem, BuildProblem['kind']>> = {
  unreadable: 'unreadable',
  changed: 'changed',
  pattern: 'ignorePattern',
  missing: 'noContext',
};

function problemOf(error: unknown, step: StepFacts | undefined): BuildProblem {
  const context = error instanceof EngineError ? error.cause : error;
  if (context instanceof ContextError)
    return { kind: kinds[context.problem], what: context.what, line: undefined, said: context.message };
  const said = error instanceof Error ? error.message : String(error);
  if (hasReason(error, 'unreachable') || hasReason(error, 'timeout'))
    return { kind: 'unreachable', what: '', line: step?.line, said };
  return buildProblemOf(said, step);
}
