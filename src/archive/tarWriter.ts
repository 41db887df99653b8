import { encodeFileName } from '../model/fileName.ts';
import { blockBytes } from './tarHeader.ts';

export interface TarMember {
  /** With slashes; none at the end of a folder's. */
  readonly path: string;
  readonly kind: 'file' | 'folder' | 'link';
  /** Permissions alone. */
  readonly mode: number;
  /** Root's when absent. */
  readonly uid?: number;
  readonly gid?: number;
  readonly sizeBytes: number;
  /** Seconds since the epoch. */
  readonly modifiedAt: number;
  /** Of a link. */
  readonly target?: string;
}

/**
 * The header of one member. What the old form can't hold (long or non-ASCII
 * names, big files) stands in a POSIX extended header before it.
 */
export function tarHeader(member: TarMember): Buffer {
  const path = member.kind === 'folder' ? `${member.path}/` : member.path;
  const { target = '', uid = 0, gid = 0 } = member;
  const extended = [
    ...(fits(path, 100) ? [] : [record('path', path)]),
    ...(fits(target, 100) ? [] : [record('linkpath', target)]),
    ...(member.sizeBytes < 8 ** 11 ? [] : [record('size', String(member.sizeBytes))]),
    ...(uid <= maxId ? [] : [record('uid', String(uid))]),
    ...(gid <= maxId ? [] : [record('gid', String(gid))]),
  ];
  const own = block(member, path, target);
  if (extended.length === 0) return own;
  const content = Buffer.concat(extended);
  const before = { path: 'pax', kind: 'file', mode: 0o644, modifiedAt: 0 } as const;
  return Buffer.concat([
    block({ ...before, sizeBytes: content.length }, 'pax', '', 'x'),
    content,
    tarPadding(content.length),
    own,
  ]);
}

/** What fills the last block of a member's content. */
export function tarPadding(sizeBytes: number): Buffer {
  return Buffer.alloc((blockBytes - (sizeBytes % blockBytes)) % blockBytes);
}

export function tarEnd(): Buffer {
  return Buffer.alloc(2 * blockBytes);
}

/** What seven octal digits hold. */
const maxId = 8 ** 7 - 1;

const types = { file: '0', link: '2', folder: '5' } as const;

function block(member: TarMember, path: string, target: string, type: string = types[member.kind]): Buffer {
  const bytes = Buffer.alloc(blockBytes);
  bytes.write(path, 0, 100);
  bytes.write(octal(member.mode & 0o7777, 8), 100);
  bytes.write(octal(Math.min(member.uid ?? 0, maxId), 8), 108);
  bytes.write(octal(Math.min(member.gid ?? 0, maxId), 8), 116);
  bytes.write(octal(member.sizeBytes < 8 ** 11 ? member.sizeBytes : 0, 12), 124);
  bytes.write(octal(Math.max(0, Math.floor(member.modifiedAt)), 12), 136);
  bytes.write(' '.repeat(8), 148);
  bytes.write(type, 156);
  bytes.write(target, 157, 100);
  bytes.write('ustar\u000000', 257, 'latin1');
  let sum = 0;
  for (const byte of bytes) sum += byte;
  bytes.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return bytes;
}

function octal(value: number, width: number): string {
  return `${value.toString(8).padStart(width - 1, '0')}\0`;
}

function fits(text: string, length: number): boolean {
  return text.length <= length && /^[\u0020-\u007e]*$/.test(text);
}

/** `length key=value`, of which the length counts itself. */
function record(key: string, value: string): Buffer {
  const bytes = encodeFileName(value);
  const restBytes = key.length + bytes.length + 3;
  let length = restBytes + String(restBytes).length;
  length = restBytes + String(length).length;
  return Buffer.concat([Buffer.from(`${String(length)} ${key}=`), bytes, Buffer.from('\n')]);
}
