import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { throwIfAborted } from '../base/cancellation.ts';
import type { BuildEvent, BuildSpec } from '../model/build.ts';
import type { BuildProblem } from '../model/buildProblem.ts';
import { buildProblemOf, withHeredoc } from './buildFailure.ts';
import { BuildkitSteps } from './buildkitSteps.ts';
import { buildxArguments } from './buildxArguments.ts';
import { RawJson } from './rawJson.ts';

export interface BuildxBuild {
  readonly spec: BuildSpec;
  /** The Dockerfile's text. */
  readonly dockerfile: string;
  /** Leads the docker CLI to the engine. */
  readonly env: NodeJS.ProcessEnv;
  readonly emit: (event: BuildEvent) => void;
  readonly now: () => number;
}

const program = 'docker';
/** What is not a status is an error's text, which is short. */
const maxTextLines = 400;
/** Between asking it to stop and ending it. */
const graceMs = 5000;

/** Whether there is a docker CLI here whose buildx says what it does in a form that can be read: since 0.13. */
export async function hasBuildx(env: NodeJS.ProcessEnv): Promise<boolean> {
  const child = spawn(program, ['buildx', 'version'], { env, stdio: ['ignore', 'pipe', 'ignore'] });
  const code = ended(child).catch(() => -1);
  let text = '';
  for await (const piece of child.stdout) text += String(piece);
  const [, major, minor] = /\bv?(\d+)\.(\d+)/.exec(text) ?? [];
  return (await code) === 0 && (Number(major) > 0 || Number(minor) >= 13);
}

/** Builds through the docker CLI's buildx. Resolves with what went wrong; rejects only when it was called off. */
export async function buildxBuild(
  build: BuildxBuild,
  signal: AbortSignal,
): Promise<BuildProblem | undefined> {
  const folder = await mkdtemp(join(tmpdir(), 'quayside-build-'));
  try {
    const imageIdFile = join(folder, 'image');
    const problem = await run(build, buildxArguments(build.spec, imageIdFile), signal);
    const imageId = problem === undefined ? await readFile(imageIdFile, 'utf8').catch(() => '') : '';
    if (imageId !== '') build.emit({ kind: 'image', imageId: imageId.trim() });
    return problem;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function run(
  { spec, dockerfile, env, emit, now }: BuildxBuild,
  args: readonly string[],
  signal: AbortSignal,
): Promise<BuildProblem | undefined> {
  throwIfAborted(signal);
  const steps = new BuildkitSteps(dockerfile, now);
  const text: string[] = [];
  const child = spawn(program, ['buildx', ...args], {
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
    // A group of its own: the CLI does not pass on to its plugin what it is told.
    detached: process.platform !== 'win32',
  });
  const stop = stopOn(signal, child);
  const raw = new RawJson();
  const read = (pieces: ReturnType<RawJson['add']>): void => {
    for (const piece of pieces)
      if ('value' in piece) steps.read(piece.value).forEach(emit);
      else if (text.push(piece.text) > maxTextLines) text.shift();
  };
  try {
    const code = ended(child).catch((error: unknown) => {
      text.push(String(error));
      return -1;
    });
    child.stderr.on('data', (piece: Buffer) => {
      read(raw.add(piece));
    });
    const isGood = (await code) === 0;
    read(raw.end());
    steps.end().forEach(emit);
    if (isGood) return undefined;
    throwIfAborted(signal);
    const said = text.join('\n') || `docker buildx build ${spec.context}`;
    return withHeredoc(buildProblemOf(said, steps.failure), dockerfile);
  } finally {
    stop();
  }
}

function ended(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
}

/** As Ctrl-C does it, so that the build ends on the engine's side too; by force when that does not help. */
function stopOn(signal: AbortSignal, child: ChildProcess): () => void {
  let timer: NodeJS.Timeout | undefined;
  const onAbort = (): void => {
    kill(child, 'SIGINT');
    timer = setTimeout(() => {
      kill(child, 'SIGKILL');
    }, graceMs);
  };
  signal.addEventListener('abort', onAbort, { once: true });
  return () => {
    signal.removeEventListener('abort', onAbort);
    clearTimeout(timer);
  };
}

function kill(child: ChildProcess, name: NodeJS.Signals): void {
  if (child.pid === undefined || child.exitCode !== null) return;
  try {
    if (process.platform === 'win32') child.kill(name);
    else process.kill(-child.pid, name);
  } catch {
    // It has just ended.
  }
}
