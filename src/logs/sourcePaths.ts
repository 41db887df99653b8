import type { Container } from '../model/container.ts';
import { dockerfileMappings } from './dockerfileMappings.ts';
import { absolute, partsOf, under } from './posixPath.ts';

/** A container's path, a file's or a folder's, that is the same as one on this machine, or was made from it. */
export interface SourceMapping {
  readonly containerPath: string;
  readonly localPath: string;
}

/** No source lies deeper within a workspace; a hostile path must not make thousands of candidates. */
const maxSuffixParts = 16;

/**
 * Paths on this machine where a container's file may be, most likely first: under the mappings, the longest first,
 * then the ends of the path, the longest first, in each workspace folder. Local paths are joined with `/`, have no `..`
 * and never lead out of the mapping or folder they stand under. Whether there is such a file is not known here.
 */
export function localCandidates(
  path: string,
  mappings: readonly SourceMapping[],
  workspaceFolders: readonly string[],
): readonly string[] {
  if (path.includes('\0') || /(?:^|\/)\.{0,2}$/.test(path)) return [];
  const posix = /^[A-Za-z]:[\\/]/.test(path) ? path.slice(2).replaceAll('\\', '/') : path;
  const parts = partsOf(posix);
  const candidates = new Set<string>();
  for (const { rest, localPath } of matches(parts, posix.startsWith('/'), mappings))
    candidates.add(under(localPath, rest));
  for (let first = Math.max(0, parts.length - maxSuffixParts); first < parts.length; first++)
    for (const folder of workspaceFolders) candidates.add(under(folder, parts.slice(first)));
  return [...candidates];
}

/** A relative path is relative to some folder of the program: any of the mapped ones. */
function matches(
  parts: readonly string[],
  isAbsolute: boolean,
  mappings: readonly SourceMapping[],
): readonly { readonly rest: readonly string[]; readonly localPath: string }[] {
  return mappings
    .map(({ containerPath, localPath }) => ({ target: partsOf(containerPath), localPath }))
    .filter(({ target }) => !isAbsolute || target.every((part, at) => parts[at] === part))
    .sort((a, b) => b.target.length - a.target.length)
    .map(({ target, localPath }) => ({ rest: isAbsolute ? parts.slice(target.length) : parts, localPath }));
}

/** What of this machine is in a container: its bind mounts, then what its image's Dockerfile copied. */
export function mappingsOf(
  container: Pick<Container, 'mounts'>,
  dockerfile: { readonly text: string; readonly contextDir: string } | undefined,
): readonly SourceMapping[] {
  const binds = container.mounts
    .filter(({ type, source, target }) => type === 'bind' && source !== '' && target !== '')
    .map(({ source, target }) => ({ containerPath: absolute(target), localPath: under(source, []) }));
  if (dockerfile === undefined) return binds;
  return [...binds, ...dockerfileMappings(dockerfile.text, dockerfile.contextDir)];
}
