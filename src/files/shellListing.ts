import { decodeFileName } from '../model/fileName.ts';
import { type FileEntry, type FileLink, kindOfUnixMode } from '../model/fileEntry.ts';

/**
 * What `stat -c` writes of a file and of what a link leads to; `mark` is a word that no name can know, since names may
 * hold anything else. It is how busybox, coreutils and toybox all understand it.
 */
export function statFormats(mark: string): { readonly own: string; readonly behind: string } {
  return { own: `%f %s %Y %u %g %U %G %y\n%n\n${mark}%N${mark}`, behind: `%f\n%n\n${mark}` };
}

/** Between the files and what the links among them lead to. */
export function sectionMark(mark: string): string {
  return `${mark}=`;
}

/** Reads what the formats wrote. Names are as `find` prints them: with the folder before them, which is taken off. */
export function parseShellListing(output: Buffer, mark: string): readonly FileEntry[] {
  const divider = output.indexOf(sectionMark(mark));
  const [own, behind] =
    divider < 0 ? [output, Buffer.alloc(0)] : [output.subarray(0, divider), output.subarray(divider)];
  const kinds = new Map(
    split(behind.subarray(sectionMark(mark).length), mark).flatMap((record) => {
      const { fields, name } = readRecord(record);
      return fields === undefined ? [] : [[name, kindOfUnixMode(parseInt(fields, 16))] as const];
    }),
  );
  const pieces = split(own, mark);
  const entries: FileEntry[] = [];
  for (let at = 0; at + 1 < pieces.length; at += 2) {
    const { fields, name } = readRecord(pieces[at] ?? Buffer.alloc(0));
    const entry = fields === undefined ? undefined : readEntry(fields, name);
    if (entry === undefined) continue;
    if (entry.kind !== 'link') entries.push(entry);
    else {
      const kind = kinds.get(name);
      const target = readTarget(decodeFileName(pieces[at + 1] ?? Buffer.alloc(0)), name);
      const link: FileLink = { target, kind: kind === 'link' ? undefined : kind };
      entries.push({ ...entry, link });
    }
  }
  return entries;
}

/** The whole path as `find` or the caller gave it, so that both sections name a file alike. */
function readRecord(record: Buffer): { readonly fields: string | undefined; readonly name: string } {
  // A line end stands before every record but the first: `stat` writes it behind each.
  const start = record[0] === 0x0a ? 1 : 0;
  const line = record.indexOf(0x0a, start);
  if (line < 0) return { fields: undefined, name: '' };
  return {
    fields: record.toString('latin1', start, line),
    name: decodeFileName(record.subarray(line + 1, record.length - 1)),
  };
}

function readEntry(fields: string, path: string): FileEntry | undefined {
  const match = /^([0-9a-f]+) (\d+) (-?\d+) (\d+) (\d+) (\S+) (\S+)(.*)$/.exec(fields);
  if (match === null) return undefined;
  const [, mode = '0', size = '0', seconds = '0', uid = '', gid = '', user = '', group = '', time = ''] =
    match;
  const bits = parseInt(mode, 16);
  // Old busyboxes write no fraction, or one of zeros.
  const fraction = /\.(\d{3})/.exec(time)?.[1] ?? '0';
  const known = (name: string, id: string): string => (name === 'UNKNOWN' || name === '?' ? id : name);
  return {
    name: path.slice(path.lastIndexOf('/') + 1),
    kind: kindOfUnixMode(bits),
    sizeBytes: Number(size),
    modifiedAt: Number(seconds) * 1000 + Number(fraction),
    mode: bits & 0o7777,
    owner: `${known(user, uid)}:${known(group, gid)}`,
  };
}

/** `name -> target`, each in quotation marks by busybox and toybox. */
function readTarget(written: string, path: string): string {
  const plain = `${path} -> `;
  if (written.startsWith(plain)) return written.slice(plain.length);
  const quoted = `'${path}' -> '`;
  return written.startsWith(quoted) ? written.slice(quoted.length, -1) : '';
}

function split(bytes: Buffer, mark: string): Buffer[] {
  const pieces: Buffer[] = [];
  let at = 0;
  for (let end = bytes.indexOf(mark, at); end >= 0; end = bytes.indexOf(mark, at)) {
    pieces.push(bytes.subarray(at, end));
    at = end + mark.length;
  }
  return pieces;
}
