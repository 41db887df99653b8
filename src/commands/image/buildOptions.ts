import type { Localize } from '../../base/localize.ts';
import type { BuildSpec } from '../../model/build.ts';
import { dockerfileStages } from '../../model/dockerfileStages.ts';
import { parseImageReference } from '../../model/imageReference.ts';
import type { Deps, PickItem } from '../deps.ts';
import { notAReference } from './imageNames.ts';
import { parsePairs, printPairs } from './pairs.ts';

type Option =
  | 'tags'
  | 'context'
  | 'target'
  | 'buildArgs'
  | 'platforms'
  | 'secrets'
  | 'labels'
  | 'noCache'
  | 'pull'
  | 'push'
  | 'cacheFrom'
  | 'cacheTo';

const platformPattern = /^[a-z0-9]+\/[a-z0-9_]+(\/[a-z0-9]+)?$/;

/**
 * Shows what a build will be done with, each to be changed; the first line begins it. Undefined when the user turned
 * away. `text`: the Dockerfile's.
 */
export async function askBuildOptions(
  deps: Deps,
  given: BuildSpec,
  text: string,
  isKnown: boolean,
): Promise<BuildSpec | undefined> {
  const { t, prompts, workspace } = deps;
  const title = t('Build {dockerfile}', { dockerfile: workspace.label(given.dockerfile) });
  let spec = given;
  for (;;) {
    const chosen = await prompts.pickOne(title, [
      {
        value: 'build' as const,
        label: isKnown ? t('Build Again') : t('Build'),
        description: summary(deps, spec),
      },
      ...optionItems(deps, spec),
    ]);
    if (chosen === undefined) return undefined;
    if (chosen === 'build') return spec;
    spec = { ...spec, ...(await change(deps, spec, text, chosen)) };
  }
}

/** One or several names, separated by spaces; undefined when the user turned away. */
export async function askTags({ t, prompts }: Deps, value: string): Promise<readonly string[] | undefined> {
  const typed = await prompts.input({
    title: t('Name and tag of the image'),
    value,
    placeholder: t('app:1.2, ghcr.io/owner/app:1.2 …'),
    problem: (names) => {
      const wrong = words(names).find(
        (name) => parseImageReference(name)?.digest !== undefined || parseImageReference(name) === undefined,
      );
      return wrong === undefined ? undefined : notAReference(wrong, t);
    },
  });
  return typed === undefined ? undefined : words(typed);
}

function summary({ workspace, t }: Deps, { tags, context, target }: BuildSpec): string {
  return [
    tags.length === 0 ? t('without a name') : tags.join(' '),
    t('context {folder}', { folder: workspace.label(context) }),
    ...(target === undefined ? [] : [t('stage {stage}', { stage: target })]),
  ].join(' · ');
}

function optionItems({ t, workspace }: Deps, spec: BuildSpec): readonly PickItem<Option>[] {
  const onOff = (isOn: boolean): string => (isOn ? t('on') : t('off'));
  const texts = (values: readonly string[]): string => (values.length === 0 ? t('none') : values.join(' '));
  return [
    { value: 'tags', label: t('Name and Tag…'), description: texts(spec.tags) },
    { value: 'context', label: t('Context Folder…'), description: workspace.label(spec.context) },
    { value: 'target', label: t('Target Stage…'), description: spec.target ?? t('the last one') },
    // Values are nobody's to read over a shoulder.
    { value: 'buildArgs', label: t('Build Arguments…'), description: texts(Object.keys(spec.buildArgs)) },
    { value: 'secrets', label: t('Secrets…'), description: texts(spec.secrets.map(({ id }) => id)) },
    {
      value: 'platforms',
      label: t('Platforms…'),
      description: spec.platforms.join(' ') || t('the engine’s own'),
    },
    { value: 'labels', label: t('Labels…'), description: texts(Object.keys(spec.labels)) },
    { value: 'noCache', label: t('No Cache'), description: onOff(spec.noCache) },
    { value: 'pull', label: t('Pull Base Images'), description: onOff(spec.pull) },
    { value: 'push', label: t('Push'), description: onOff(spec.push) },
    { value: 'cacheFrom', label: t('Cache From…'), description: texts(spec.cacheFrom) },
    { value: 'cacheTo', label: t('Cache To…'), description: texts(spec.cacheTo) },
  ];
}

async function change(
  deps: Deps,
  spec: BuildSpec,
  text: string,
  option: Option,
): Promise<Partial<BuildSpec>> {
  const { t } = deps;
  switch (option) {
    case 'tags':
      return optional('tags', await askTags(deps, spec.tags.join(' ')));
    case 'context':
      return optional('context', await askContext(deps, spec));
    case 'target':
      return askTarget(deps, text);
    case 'buildArgs':
      return optional('buildArgs', await askPairs(deps, t('Build arguments, as NAME=value'), spec.buildArgs));
    case 'labels':
      return optional('labels', await askPairs(deps, t('Labels, as name=value'), spec.labels));
    case 'secrets':
      return optional('secrets', await askSecrets(deps, spec));
    case 'platforms':
      return optional('platforms', await askPlatforms(deps, spec.platforms));
    case 'noCache':
    case 'pull':
    case 'push':
      return { [option]: !spec[option] };
    case 'cacheFrom':
    case 'cacheTo':
      return optional(
        option,
        await askWords(deps, t('Cache, as type=registry,ref=owner/app:cache'), spec[option]),
      );
  }
}

function optional<K extends keyof BuildSpec>(key: K, value: BuildSpec[K] | undefined): Partial<BuildSpec> {
  return value === undefined ? {} : { [key]: value };
}

async function askContext(
  { t, prompts, workspace }: Deps,
  { dockerfile }: BuildSpec,
): Promise<string | undefined> {
  const other = '';
  const chosen = await prompts.pickOne(t('Build context: the folder that COPY copies from'), [
    ...workspace
      .foldersAbove(dockerfile)
      .map((folder) => ({ value: folder, label: workspace.label(folder) })),
    { value: other, label: t('Another Folder…') },
  ]);
  return chosen === other ? prompts.chooseFolder(t('Build context')) : chosen;
}

async function askTarget({ t, prompts }: Deps, text: string): Promise<Partial<BuildSpec>> {
  const last = '';
  const names = dockerfileStages(text).flatMap(({ name }) => name ?? []);
  const chosen = await prompts.pickOne(t('Build up to which stage?'), [
    { value: last, label: t('The Last One') },
    ...names.map((name) => ({ value: name, label: name })),
  ]);
  return chosen === undefined ? {} : { target: chosen === last ? undefined : chosen };
}

async function askPairs(
  { t, prompts }: Deps,
  title: string,
  pairs: Readonly<Record<string, string>>,
): Promise<Readonly<Record<string, string>> | undefined> {
  const typed = await prompts.input({
    title,
    value: printPairs(pairs),
    placeholder: t('VERSION=1.2 TEXT="with spaces"'),
    problem: (text) => (parsePairs(text) === undefined ? notPairs(t) : undefined),
  });
  return typed === undefined ? undefined : parsePairs(typed);
}

async function askSecrets(
  { t, prompts, workspace }: Deps,
  spec: BuildSpec,
): Promise<BuildSpec['secrets'] | undefined> {
  const typed = await prompts.input({
    title: t('Secrets, as name=file'),
    value: printPairs(Object.fromEntries(spec.secrets.map(({ id, path }) => [id, path]))),
    placeholder: t('token=/home/me/.token'),
    prompt: t('RUN --mount=type=secret,id=name reads the file; it does not become part of the image.'),
    problem: (text) => (parsePairs(text) === undefined ? notPairs(t) : undefined),
  });
  const pairs = typed === undefined ? undefined : parsePairs(typed);
  return pairs === undefined
    ? undefined
    : Object.entries(pairs).map(([id, path]) => ({ id, path: workspace.resolve(spec.context, path) }));
}

async function askPlatforms(
  { t, prompts }: Deps,
  platforms: readonly string[],
): Promise<readonly string[] | undefined> {
  const typed = await prompts.input({
    title: t('For which platforms?'),
    value: platforms.join(' '),
    placeholder: t('linux/amd64 linux/arm64; empty: the engine’s own'),
    problem: (text) =>
      words(text).every((word) => platformPattern.test(word))
        ? undefined
        : t('A platform is an operating system, an architecture and maybe a variant: linux/arm/v7.'),
  });
  return typed === undefined ? undefined : words(typed);
}

async function askWords(
  { prompts }: Deps,
  title: string,
  values: readonly string[],
): Promise<readonly string[] | undefined> {
  const typed = await prompts.input({ title, value: values.join(' ') });
  // Commas belong to what is written here.
  return typed?.split(/\s+/).filter((word) => word !== '');
}

function words(text: string): readonly string[] {
  return text.split(/[\s,]+/).filter((word) => word !== '');
}

function notPairs(t: Localize): string {
  return t('Each is a name, an equals sign and a value; a value with spaces stands in quotes.');
}
