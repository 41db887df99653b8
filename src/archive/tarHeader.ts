import { isAscii } from 'node:buffer';
import { decodeFileName } from '../model/fileName.ts';
import { ArchiveError } from './archiveError.ts';

export const blockBytes = 512;

/** One header block, as it stands: names cut to what fits, and nothing of the extended headers before it. */
export interface TarHeader {
  readonly name: string;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly sizeBytes: number;
  /** Seconds since the epoch. */
  readonly modifiedSeconds: number;
  /** `0` a file, `5` a folder, `x` an extended header … */
  readonly flag: string;
  readonly linkName: string;
  /** Of GNU's old sparse files: their size with the holes, and whether a further block of the map follows. */
  readonly sparse: { readonly sizeBytes: number; readonly hasMore: boolean } | undefined;
}

const zeros = Buffer.alloc(blockBytes);

/** A block of nothing: two of them end an archive. */
export function isZeroBlock(block: Buffer): boolean {
  return block[0] === 0 && block.equals(zeros);
}

/** The field holds the sum of all other bytes, taken as unsigned or, by some old programs, as signed ones. */
export function hasTarChecksum(block: Buffer): boolean {
  const written = readOctal(block, 148, 8);
  // The field itself counts as spaces.
  const sum = 8 * 0x20 + sumOf(block, 0, 148) + sumOf(block, 156, blockBytes);
  return written === sum || written === sum - 256 * countAbove127(block);
}

/** Of a multiple of four bytes, four at a time: every header of an image is summed up. */
function sumOf(block: Buffer, from: number, end: number): number {
  let sum = 0;
  for (let at = from; at < end; at += 4)
    sum += (block[at] ?? 0) + (block[at + 1] ?? 0) + (block[at + 2] ?? 0) + (block[at + 3] ?? 0);
  return sum;
}

function countAbove127(block: Buffer): number {
  let count = 0;
  for (const [at, byte] of block.entries()) if (byte > 127 && (at < 148 || at >= 156)) count++;
  return count;
}

/** Throws an `ArchiveError` where the block is no header. */
export function parseTarHeader(block: Buffer): TarHeader {
  if (!hasTarChecksum(block)) throw damaged('a header has the wrong checksum');
  const flag = String.fromCharCode(block[156] ?? 0);
  const name = readText(block, 0, 100);
  const prefix = block[345] !== 0 && isUstar(block) ? readText(block, 345, 155) : '';
  const sizeBytes = readNumber(block, 124, 12);
  if (sizeBytes < 0) throw damaged('a file has a negative size');
  return {
    name: prefix === '' ? name : `${prefix}/${name}`,
    mode: readNumber(block, 100, 8),
    uid: readNumber(block, 108, 8),
    gid: readNumber(block, 116, 8),
    sizeBytes,
    modifiedSeconds: readNumber(block, 136, 12),
    flag,
    linkName: readText(block, 157, 100),
    sparse:
      flag === 'S' ? { sizeBytes: readNumber(block, 483, 12), hasMore: (block[482] ?? 0) !== 0 } : undefined,
  };
}

function isUstar(block: Buffer): boolean {
  return block.toString('latin1', 257, 265) === 'ustar\u000000';
}

/** Whether one more block of an old sparse file's map follows this one. */
export function hasMoreSparseMap(block: Buffer): boolean {
  return (block[504] ?? 0) !== 0;
}

/** Most names are ASCII, and there are many. */
export function decodeName(bytes: Buffer): string {
  return isAscii(bytes) ? bytes.toString('latin1') : decodeFileName(bytes);
}

function readText(block: Buffer, at: number, length: number): string {
  if (block[at] === 0) return '';
  const field = block.subarray(at, at + length);
  const end = field.indexOf(0);
  return decodeName(end < 0 ? field : field.subarray(0, end));
}

/** Octal digits, or GNU's base-256 for what they can't hold: big-endian two's complement with the top bit as the mark. */
function readNumber(block: Buffer, at: number, length: number): number {
  const first = block[at] ?? 0;
  const value = (first & 0x80) === 0 ? readOctal(block, at, length) : readBase256(block, at, length);
  if (value === undefined || !Number.isSafeInteger(value)) throw damaged('a header holds no number');
  return value;
}

function readBase256(block: Buffer, at: number, length: number): number {
  const first = block[at] ?? 0;
  // The bit below the mark is the sign.
  let value = (first & 0x40) === 0 ? first & 0x3f : (first & 0x3f) - 0x40;
  for (let index = 1; index < length; index++) value = value * 256 + (block[at + index] ?? 0);
  return value;
}

/** Undefined for what holds anything but octal digits between spaces and zeros; nothing at all is 0. */
function readOctal(block: Buffer, at: number, length: number): number | undefined {
  let index = at;
  let end = at + length;
  while (index < end && isBlank(block[index])) index++;
  while (end > index && isBlank(block[end - 1])) end--;
  let value = 0;
  for (; index < end; index++) {
    const digit = (block[index] ?? 0) - 0x30;
    if (digit < 0 || digit > 7) {
      // What follows a zero is left from an earlier use of the field.
      if (block[index] === 0) return value;
      return undefined;
    }
    value = value * 8 + digit;
  }
  return value;
}

function isBlank(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0;
}

function damaged(message: string): ArchiveError {
  return new ArchiveError('damaged', `the archive is damaged: ${message}`);
}
