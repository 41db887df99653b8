import type { PathVersion, PathVersions } from '../../model/imageLayers.ts';

export type ToOpen =
  | { readonly kind: 'file'; readonly side: 'before' | 'after'; readonly version: PathVersion }
  | { readonly kind: 'diff'; readonly before: PathVersion; readonly after: PathVersion };

/** What a path opens as: the changes of a file whose content changed, else the file. Undefined for what is no file. */
export function whatToOpen(
  { before, after, hasSameContent }: PathVersions,
  isPlain: boolean,
): ToOpen | undefined {
  const [from, to] = [fileOf(before), fileOf(after)];
  if (from !== undefined && to !== undefined && !hasSameContent && !isPlain)
    return { kind: 'diff', before: from, after: to };
  if (to !== undefined) return { kind: 'file', side: 'after', version: to };
  return from === undefined ? undefined : { kind: 'file', side: 'before', version: from };
}

function fileOf(version: PathVersion | undefined): PathVersion | undefined {
  const type = version?.entry.type;
  return type === 'file' || type === 'hardlink' ? version : undefined;
}
