import { dockerfileInstructions } from '../../model/dockerfile.ts';
import type { BuildSpec } from '../../model/build.ts';
import type { Deps } from '../deps.ts';

/** What a Dockerfile is built with that was never built before. */
export async function defaultSpec(
  { workspace }: Deps,
  dockerfile: string,
  text: string,
  target: string | undefined,
): Promise<BuildSpec> {
  const folders = workspace.foldersAbove(dockerfile);
  return {
    dockerfile,
    context: (await contextWithSources(workspace, folders, copiedSources(text))) ?? folders[0] ?? '',
    tags: [defaultTag(lastPart(folders[0] ?? ''), lastPart(dockerfile), target)],
    target,
    buildArgs: {},
    labels: {},
    platforms: [],
    secrets: [],
    cacheFrom: [],
    cacheTo: [],
    noCache: false,
    pull: false,
    push: false,
  };
}

/** By the folder; with what else the file's own name says: `web.Dockerfile`, `Dockerfile.web`. A stage is a tag. */
export function defaultTag(folder: string, file: string, target: string | undefined): string {
  const own = file.replace(/\.?(?:docker|container)file\.?/i, '');
  const name = [folder, own].map(toName).filter((part) => part !== '');
  return `${name.join('-') || 'image'}:${toTag(target ?? 'latest')}`;
}

/** What is copied out of the context, as far as it can be known: a pattern or a variable may be anything. */
export function copiedSources(text: string): readonly string[] {
  return dockerfileInstructions(text)
    .filter(({ keyword }) => keyword === 'COPY' || keyword === 'ADD')
    .filter(({ words }) => !words.some((word) => word.startsWith('--from=')))
    .flatMap(({ words }) => words.filter((word) => !word.startsWith('--')).slice(0, -1))
    .filter((source) => !/[$*?[]|^<<|^[a-z]+:\/\/|^git@/i.test(source));
}

/** The nearest folder that has everything. */
async function contextWithSources(
  workspace: Deps['workspace'],
  folders: readonly string[],
  sources: readonly string[],
): Promise<string | undefined> {
  for (const folder of folders) {
    const found = await Promise.all(
      sources.map((source) => workspace.exists(workspace.resolve(folder, source))),
    );
    if (found.every(Boolean)) return folder;
  }
  return undefined;
}

function lastPart(path: string): string {
  return path.split(/[\\/]/).findLast((part) => part !== '') ?? '';
}

function toName(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
}

function toTag(text: string): string {
  return text.replace(/[^\w.-]+/g, '-').replace(/^[.-]+/, '') || 'latest';
}
