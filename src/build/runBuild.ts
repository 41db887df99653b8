import { readFile } from 'node:fs/promises';
import { isCancelled } from '../base/cancellation.ts';
import { hasReason } from '../model/engineError.ts';
import type { BuildEvent } from '../model/build.ts';
import type { BuildProblem } from '../model/buildProblem.ts';
import type { Engine } from '../engine/engine.ts';
import { buildxBuild } from './buildxBuild.ts';
import { classicBuild } from './classicBuild.ts';
import type { BuildWorkerStart } from './messages.ts';

export interface BuildRun extends Omit<BuildWorkerStart, 'endpoint'> {
  readonly engine: Engine;
  /** Leads the docker CLI to the engine. */
  readonly env: NodeJS.ProcessEnv;
  readonly emit: (event: BuildEvent) => void;
  readonly now: () => number;
}

/** One build from its start to its `ended`, which it tells whatever happens. */
export async function runBuild(run: BuildRun, signal: AbortSignal): Promise<void> {
  const end = (outcome: 'succeeded' | 'failed' | 'cancelled', problem?: BuildProblem): void => {
    run.emit({ kind: 'ended', outcome, at: run.now(), problem });
  };
  try {
    const problem = await build(run, signal);
    if (problem === undefined) end('succeeded');
    else end('failed', problem);
  } catch (error) {
    if (signal.aborted || isCancelled(error) || hasReason(error, 'cancelled')) end('cancelled');
    else end('failed', { kind: 'other', what: '', line: undefined, said: messageOf(error) });
  }
}

async function build(run: BuildRun, signal: AbortSignal): Promise<BuildProblem | undefined> {
  const { spec, builder, emit, now, env, engine, auths } = run;
  const dockerfile = await readFile(spec.dockerfile, 'utf8').catch((error: unknown) => error);
  if (typeof dockerfile !== 'string')
    return { kind: 'noDockerfile', what: spec.dockerfile, line: undefined, said: messageOf(dockerfile) };
  if (builder === 'buildkit') return await buildxBuild({ spec, dockerfile, env, emit, now }, signal);
  await engine.connect(signal);
  return await classicBuild({ engine, spec, dockerfile, auths, emit, now }, signal);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
