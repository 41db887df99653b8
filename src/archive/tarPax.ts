import { ArchiveError } from './archiveError.ts';
import { decodeName } from './tarHeader.ts';

/** What an extended header (POSIX pax) says about the entry behind it, as far as it matters here. */
export interface PaxRecords {
  readonly path?: string;
  readonly linkName?: string;
  /** Bytes of content that follow. */
  readonly sizeBytes?: number;
  readonly uid?: number;
  readonly gid?: number;
  readonly modifiedSeconds?: number;
  /** Of a sparse file: its size with the holes. */
  readonly sparseSizeBytes?: number;
}

const space = 0x20;
const equals = 0x3d;
const newline = 0x0a;

/** Records are `<length of the record in decimal> <key>=<value>\n`. Throws an `ArchiveError` where they are not. */
export function parsePax(content: Buffer): PaxRecords {
  const raw = new Map<string, Buffer>();
  for (let at = 0; at < content.length; ) {
    const gap = content.indexOf(space, at);
    const length = gap < 0 ? undefined : readDecimal(content.toString('latin1', at, gap));
    const end = at + (length ?? 0);
    const sign = content.indexOf(equals, gap);
    if (length === undefined || end > content.length || sign < gap || sign >= end)
      throw damaged('a record has the wrong length');
    if (content[end - 1] !== newline) throw damaged('a record does not end');
    raw.set(content.toString('utf8', gap + 1, sign), content.subarray(sign + 1, end - 1));
    at = end;
  }
  // An empty value takes back what an earlier header said.
  const value = (...keys: readonly string[]): Buffer | undefined =>
    keys.map((key) => raw.get(key)).find((bytes) => bytes !== undefined && bytes.length > 0);
  const path = value('GNU.sparse.name', 'path');
  const linkName = value('linkpath');
  return {
    ...(path === undefined ? {} : { path: decodeName(path) }),
    ...(linkName === undefined ? {} : { linkName: decodeName(linkName) }),
    ...whole('sizeBytes', value('size')),
    ...whole('uid', value('uid')),
    ...whole('gid', value('gid')),
    ...whole('sparseSizeBytes', value('GNU.sparse.realsize', 'GNU.sparse.size')),
    ...seconds(value('mtime')),
  };
}

function whole(name: keyof PaxRecords, bytes: Buffer | undefined): PaxRecords {
  if (bytes === undefined) return {};
  const number = readDecimal(bytes.toString('latin1'));
  if (number === undefined) throw damaged(`${name} is no number`);
  return { [name]: number };
}

function seconds(bytes: Buffer | undefined): PaxRecords {
  if (bytes === undefined) return {};
  const number = Number(bytes.toString('latin1'));
  if (!Number.isFinite(number)) throw damaged('a time is no number');
  return { modifiedSeconds: number };
}

function readDecimal(text: string): number | undefined {
  return /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}

function damaged(message: string): ArchiveError {
  return new ArchiveError('damaged', `the archive is damaged: in an extended header, ${message}`);
}
