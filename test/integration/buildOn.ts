import { join } from 'node:path';
import { runBuild } from '../../src/build/runBuild.ts';
import { cliEnvironment } from '../../src/engine/docker/cliEnvironment.ts';
import { DockerEngine } from '../../src/engine/docker/dockerEngine.ts';
import { signedInEnvironment } from '../../src/engine/docker/signedInEnvironment.ts';
import {
  type Build,
  type BuilderKind,
  type BuildSpec,
  newBuild,
  reduceBuild,
} from '../../src/model/build.ts';
import type { RegistryAuth } from '../../src/model/registryAuth.ts';
import { buildSpec } from '../support/builds.ts';
import { never, type Sandbox } from './sandbox.ts';

export interface BuildRequest {
  readonly sandbox: Sandbox;
  /** The context, with a Dockerfile in it. */
  readonly folder: string;
  readonly builder: BuilderKind;
  readonly spec?: Partial<BuildSpec>;
  /** The engine's own by default. */
  readonly socket?: string;
  readonly signal?: AbortSignal;
  readonly auths?: readonly RegistryAuth[];
  /** Added to what the docker CLI gets. */
  readonly env?: Readonly<Record<string, string>>;
  readonly onChange?: (build: Build) => void;
}

/** One build as its thread does it, from start to end. */
export async function buildOn({
  sandbox,
  folder,
  builder,
  socket = sandbox.bed.socket,
  signal = never,
  auths = [],
  onChange = () => undefined,
  ...request
}: BuildRequest): Promise<Build> {
  const { bed } = sandbox;
  const endpoint = { kind: 'socket', path: socket } as const;
  const cliFolder = join(folder, '.cli');
  const spec = buildSpec({
    dockerfile: join(folder, 'Dockerfile'),
    context: folder,
    tags: [`${sandbox.name('made')}:1`],
    labels: { [bed.label.split('=')[0] ?? '']: bed.name },
    ...request.spec,
  });
  const own = { ...process.env, ...bed.environment, ...request.env };
  const env = await cliEnvironment(endpoint, await signedInEnvironment(own, auths, cliFolder), cliFolder);
  let built = newBuild({ id: '1', spec, builder, engineId: 'e', engineName: 'e', startedAt: Date.now() });
  const engine = new DockerEngine(endpoint);
  const emit = (event: Parameters<typeof reduceBuild>[1]): void => {
    built = reduceBuild(built, event);
    onChange(built);
  };
  await runBuild({ spec, builder, engine, auths, env, now: Date.now, emit }, signal);
  engine.dispose();
  return built;
}

export function outputOf(built: Build): string {
  return built.steps.flatMap(({ output }) => output.lines).join('\n');
}

/** Those of the Dockerfile. */
export function stepsOf(built: Build): readonly Build['steps'][number][] {
  return built.steps.filter(({ label }) => label !== '');
}
