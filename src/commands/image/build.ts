import { untilAborted } from '../../base/async.ts';
import { formatDuration } from '../../base/format.ts';
import { isRecord } from '../../base/record.ts';
import type { KnownEngine } from '../../engine/engineSet.ts';
import type { Build, BuildSpec } from '../../model/build.ts';
import { readBuildSpec } from '../../model/buildRecord.ts';
import { EngineError } from '../../model/engineError.ts';
import { CommandFailure } from '../commandFailure.ts';
import type { Deps } from '../deps.ts';
import { chooseEngine } from '../engine/chooseEngine.ts';
import { explainBuild } from '../explainBuild.ts';
import { action } from '../verb.ts';
import { askBuildOptions, askTags } from './buildOptions.ts';
import { defaultSpec } from './buildDefaults.ts';
import { pushTags } from './push.ts';

/** What the command was called with. */
interface BuildRequest {
  readonly dockerfile: string | undefined;
  readonly target: string | undefined;
  /** Given by a caller, or by a build that is done again: then nothing is asked. */
  readonly options: Readonly<Record<string, unknown>> | undefined;
  readonly engine: string | undefined;
}

/**
 * Builds an image. The editor calls with a file, maybe with `{ target }` behind, and our panel with all that a build was
 * done with, to do it again; others with the path of a Dockerfile and what to build it with behind, and are asked nothing.
 */
export const buildImage = action(async (deps, signal, args) => {
  const { t, workspace } = deps;
  if (!workspace.isTrusted())
    throw new CommandFailure(
      'unsupported',
      t('A Dockerfile runs commands on the engine. Trust this workspace first, then build again.'),
    );
  const request = readRequest(args);
  const engine = await chooseEngine(
    deps,
    request.engine === undefined ? [] : [request.engine],
    t('Build on which engine?'),
    ({ store }) => store.state.connection.phase === 'connected',
  );
  const dockerfile =
    engine === undefined ? undefined : (request.dockerfile ?? (await chooseDockerfile(deps)));
  if (engine === undefined || dockerfile === undefined) return;
  await workspace.save(dockerfile);
  const spec = await settleSpec(deps, dockerfile, request);
  if (spec !== undefined) await build(deps, engine, spec, signal);
});

async function build(deps: Deps, engine: KnownEngine, spec: BuildSpec, signal: AbortSignal): Promise<void> {
  const { t, prompts, panels, builds } = deps;
  const { id, ended } = await builds.start(engine, spec);
  panels.openBuild(id);
  const built = await untilAborted(ended, signal);
  const name = nameOf(deps, spec);
  if (built.outcome === 'cancelled') throw new EngineError('cancelled', 'cancelled');
  if (built.outcome !== 'succeeded') throw failure(deps, engine, built, name);
  if (spec.push && spec.platforms.length < 2) await pushTags(deps, engine, spec.tags, signal);
  const time = formatDuration((built.endedAt ?? built.startedAt) - built.startedAt);
  prompts.tell(t('Built {name} in {time}.', { name, time }));
}

function failure(deps: Deps, engine: KnownEngine, { problem, spec }: Build, name: string): CommandFailure {
  const { t } = deps;
  const why = problem === undefined ? t('The builder did not say why.') : explainBuild(problem, t);
  return new CommandFailure('unexpected', t('Could not build {name}. {why}', { name, why }), {
    nextSteps: [{ label: t('Build Again'), run: (signal) => build(deps, engine, spec, signal) }],
  });
}

async function settleSpec(
  deps: Deps,
  dockerfile: string,
  request: BuildRequest,
): Promise<BuildSpec | undefined> {
  const { workspace, builds } = deps;
  const text = await workspace.readText(dockerfile);
  const last = await builds.last(dockerfile, request.target);
  const known = last ?? (await defaultSpec(deps, dockerfile, text, request.target));
  if (request.options !== undefined) return readBuildSpec({ ...known, ...request.options, dockerfile });
  if (last !== undefined) return askBuildOptions(deps, last, text, true);
  const tags = await askTags(deps, known.tags.join(' '));
  return tags === undefined ? undefined : askBuildOptions(deps, { ...known, tags }, text, false);
}

async function chooseDockerfile({ t, prompts, workspace }: Deps): Promise<string | undefined> {
  const found = await workspace.findDockerfiles();
  const [only] = found;
  if (only === undefined)
    throw new CommandFailure(
      'notFound',
      t('There is no Dockerfile in this workspace. Write one, then build again.'),
    );
  if (found.length === 1) return only;
  return prompts.pickOne(
    t('Build which Dockerfile?'),
    found.map((path) => ({ value: path, label: workspace.label(path) })),
  );
}

function readRequest([first, second]: readonly unknown[]): BuildRequest {
  const behind = isRecord(second) ? second : {};
  const engine = textOf(behind['engine']);
  const target = textOf(behind['target']);
  if (typeof first === 'string') return { dockerfile: first, target, options: behind, engine };
  const spec = readBuildSpec(first);
  if (spec !== undefined)
    return { dockerfile: spec.dockerfile, target: spec.target, options: { ...spec }, engine };
  const dockerfile = isRecord(first) ? textOf(first['fsPath']) : undefined;
  return { dockerfile, target, options: undefined, engine };
}

function nameOf({ workspace }: Deps, { tags, dockerfile }: BuildSpec): string {
  return tags[0] ?? workspace.label(dockerfile);
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
