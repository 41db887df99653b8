import { dockerfileInstructions } from '../model/dockerfile.ts';
import { absolute, partsOf, under } from './posixPath.ts';

/** A container's file or folder and what of the context it was copied from. */
export interface CopiedPath {
  readonly containerPath: string;
  readonly localPath: string;
}

interface Stage {
  /** Undefined when a variable is in it: nothing expands them here. */
  readonly workdir: string | undefined;
  /** The last copied first: it lies over what was copied before. */
  readonly mappings: readonly CopiedPath[];
}

const emptyStage: Stage = { workdir: '/', mappings: [] };
const remote = /^(?:[a-z]+:\/\/|git@)/i;
const archive = /\.(?:tar|tgz|tbz2?|txz|tar\.(?:gz|bz2|xz|zst))$/i;
const pattern = /[*?[]/;

/**
 * What the last stage of a Dockerfile copies from its context, the last copied first. A stage made from an earlier one
 * has what that one has. Copies from other stages and images, remote sources and archives are none of this machine.
 */
export function dockerfileMappings(text: string, contextDir: string): readonly CopiedPath[] {
  const stages = new Map<string, Stage>();
  let stage = emptyStage;
  let name: string | undefined;
  for (const { keyword, words } of dockerfileInstructions(text)) {
    if (keyword === 'FROM') {
      if (name !== undefined) stages.set(name, stage);
      const [base, as, alias] = words.filter((word) => !word.startsWith('--'));
      stage = stages.get(base?.toLowerCase() ?? '') ?? emptyStage;
      name = as?.toLowerCase() === 'as' ? alias?.toLowerCase() : undefined;
    } else if (keyword === 'WORKDIR') {
      stage = { ...stage, workdir: resolve(stage.workdir, words.join(' ')) };
    } else if (keyword === 'COPY' || keyword === 'ADD') {
      stage = {
        ...stage,
        mappings: [...copied(words, stage.workdir, contextDir, keyword === 'ADD'), ...stage.mappings],
      };
    }
  }
  return stage.mappings;
}

function resolve(workdir: string | undefined, path: string): string | undefined {
  if (path.includes('$') || path === '') return undefined;
  if (path.startsWith('/')) return absolute(path);
  return workdir === undefined ? undefined : absolute(path, workdir);
}

function copied(
  words: readonly string[],
  workdir: string | undefined,
  contextDir: string,
  isAdd: boolean,
): readonly CopiedPath[] {
  const firstPath = words.findIndex((word) => !word.startsWith('--'));
  const flags = words.slice(0, Math.max(0, firstPath));
  const paths = firstPath < 0 ? [] : words.slice(firstPath);
  const last = paths.at(-1);
  const target = last === undefined ? undefined : resolve(workdir, last);
  if (last === undefined || target === undefined || flags.some((flag) => flag.startsWith('--from=')))
    return [];
  const isFolder = paths.length > 2 || /(?:^|\/)\.{0,2}$/.test(last);
  const keepsFolders = flags.some((flag) => /^--parents(?:=true)?$/.test(flag));
  return paths
    .slice(0, -1)
    .filter((source) => !source.includes('$') && !source.startsWith('<<') && !(isAdd && isMade(source)))
    .flatMap((source) =>
      mappingsOfSource(
        source,
        keepsFolders ? absolute(source, target) : target,
        contextDir,
        isFolder && !keepsFolders,
      ),
    );
}

function isMade(source: string): boolean {
  return remote.test(source) || archive.test(source);
}

/** A folder's content is copied, a file goes into the folder; which of them a source is, only its name can tell. */
function mappingsOfSource(
  source: string,
  target: string,
  contextDir: string,
  isFolder: boolean,
): readonly CopiedPath[] {
  const parts = partsOf(source);
  const file = parts.at(-1) ?? '';
  if (pattern.test(source)) {
    const folder = parts.slice(0, -1);
    return pattern.test(folder.join('/'))
      ? []
      : [{ containerPath: target, localPath: under(contextDir, folder) }];
  }
  const localPath = under(contextDir, parts);
  const whole = { containerPath: target, localPath };
  if (!isFolder || file === '' || source.endsWith('/')) return [whole];
  const within = { containerPath: absolute(file, target), localPath };
  return file.lastIndexOf('.') > 0 ? [within] : [within, whole];
}
