export type FileKind = 'file' | 'directory' | 'link' | 'device' | 'pipe' | 'socket';

/** One file, folder or whatever else a file system has. */
export interface FileEntry {
  /** As `decodeFileName` reads it. */
  readonly name: string;
  readonly kind: FileKind;
  readonly sizeBytes: number;
  /** Milliseconds since the epoch. */
  readonly modifiedAt: number;
  /** Permission bits with setuid, setgid and sticky. */
  readonly mode: number;
  /** `root:root` or `0:0`; empty where the engine does not tell. */
  readonly owner: string;
  readonly link?: FileLink;
}

export interface FileLink {
  /** As the link says it. */
  readonly target: string;
  /** What it leads to in the end; undefined where that is nothing, or the link itself. */
  readonly kind: Exclude<FileKind, 'link'> | undefined;
}

/** What opening it would open. */
export function kindBehind({ kind, link }: Pick<FileEntry, 'kind' | 'link'>): FileKind {
  return kind === 'link' ? (link?.kind ?? 'link') : kind;
}

/** Folders first, then by name. */
export function compareEntries(a: FileEntry, b: FileEntry): number {
  const rank = (entry: FileEntry): number => (kindBehind(entry) === 'directory' ? 0 : 1);
  return rank(a) - rank(b) || (a.name < b.name ? -1 : 1);
}

const kindsOfUnix: Readonly<Record<number, FileKind>> = {
  0x1: 'pipe',
  0x2: 'device',
  0x4: 'directory',
  0x6: 'device',
  0x8: 'file',
  0xa: 'link',
  0xc: 'socket',
};

/** Of a mode as `stat(2)` gives it. */
export function kindOfUnixMode(mode: number): FileKind {
  return kindsOfUnix[mode >> 12] ?? 'device';
}
