import { ArchiveError } from './archiveError.ts';
import { archivePath } from './archivePath.ts';
import { blockBytes, decodeName, hasMoreSparseMap, isZeroBlock, parseTarHeader } from './tarHeader.ts';
import type { TarHeader } from './tarHeader.ts';
import { type PaxRecords, parsePax } from './tarPax.ts';

export type TarEntryType = 'file' | 'hardlink' | 'symlink' | 'device' | 'directory' | 'fifo';

export interface TarEntry {
  /** Clean, as `archivePath` makes it. */
  readonly path: string;
  readonly type: TarEntryType;
  /** Of the content; with its holes, if the file has some. */
  readonly sizeBytes: number;
  /** Permission bits with setuid, setgid and sticky. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Milliseconds since the epoch. */
  readonly modifiedAt: number;
  /** Of a symbolic link as it stands, of a hard link a clean path; empty for anything else. */
  readonly linkTarget: string;
}

/** What is told of an archive, in its order: an entry, its content in pieces, the entry's end. */
export interface TarVisitor {
  entry(entry: TarEntry): void;
  /** A piece of a file's content, good until this call returns. */
  content(bytes: Buffer): void;
  entryEnd(): void;
}

/** What the bytes after a header are. */
type Body = 'file' | 'pax' | 'longName' | 'longLink' | 'nothing';

const typeOfFlag: Readonly<Record<string, TarEntryType>> = {
  '0': 'file',
  '\0': 'file',
  '1': 'hardlink',
  '2': 'symlink',
  '3': 'device',
  '4': 'device',
  '5': 'directory',
  '6': 'fifo',
  // Contiguous, which no system of today tells apart.
  '7': 'file',
  S: 'file',
};

/** Extended headers hold names and attributes; a megabyte is what other readers allow, too. */
const maxExtendedBytes = 1 << 20;

/**
 * Reads an archive (ustar, pax, GNU) as it comes, wherever its bytes are cut, holding on to no more than a header.
 * Throws an `ArchiveError` for what is no archive, from `push` or from `end`.
 */
export class TarReader {
  private readonly visitor: TarVisitor;
  private readonly block = Buffer.alloc(blockBytes);
  private blockFill = 0;
  private body: Body = 'nothing';
  private bodyLeft = 0;
  private paddingLeft = 0;
  /** Content of an extended header. */
  private extended: Buffer[] = [];
  private pax: PaxRecords = {};
  private longName: string | undefined;
  private longLink: string | undefined;
  /** The header whose sparse map is under way. */
  private sparse: TarHeader | undefined;
  private zeroBlocks = 0;

  constructor(visitor: TarVisitor) {
    this.visitor = visitor;
  }

  /** The archive told its end; what comes behind it is of no interest. */
  get isOver(): boolean {
    return this.zeroBlocks === 2;
  }

  push(bytes: Buffer): void {
    for (let at = 0; at < bytes.length && !this.isOver; ) {
      if (this.bodyLeft > 0) {
        const piece = bytes.subarray(at, at + this.bodyLeft);
        at += piece.length;
        this.bodyLeft -= piece.length;
        if (this.body === 'file') this.visitor.content(piece);
        // A copy: a slice would hold on to the whole chunk.
        else if (this.body !== 'nothing') this.extended.push(Buffer.from(piece));
        if (this.bodyLeft === 0) this.endBody();
      } else if (this.paddingLeft > 0) {
        const skipped = Math.min(this.paddingLeft, bytes.length - at);
        at += skipped;
        this.paddingLeft -= skipped;
      } else if (this.blockFill === 0 && bytes.length - at >= blockBytes) {
        this.readBlock(bytes.subarray(at, at + blockBytes));
        at += blockBytes;
      } else {
        const copied = bytes.copy(this.block, this.blockFill, at, at + blockBytes - this.blockFill);
        at += copied;
        this.blockFill += copied;
        if (this.blockFill < blockBytes) break;
        this.blockFill = 0;
        this.readBlock(this.block);
      }
    }
  }

  /** The bytes are over. Many programs leave out the blocks that say so. */
  end(): void {
    if (this.isOver) return;
    const isBetween = this.bodyLeft === 0 && this.paddingLeft === 0 && this.blockFill === 0;
    if (!isBetween || this.hasExtended() || this.sparse !== undefined)
      throw new ArchiveError('truncated', 'the archive ends in the middle of an entry');
  }

  private readBlock(block: Buffer): void {
    if (this.sparse !== undefined) {
      if (!hasMoreSparseMap(block)) this.beginEntry(this.sparse);
      return;
    }
    if (isZeroBlock(block)) {
      this.zeroBlocks++;
      return;
    }
    if (this.zeroBlocks > 0)
      throw new ArchiveError('damaged', 'the archive is damaged: an entry behind its end');
    const header = parseTarHeader(block);
    switch (header.flag) {
      case 'x':
        this.beginExtended('pax', header);
        break;
      case 'L':
        this.beginExtended('longName', header);
        break;
      case 'K':
        this.beginExtended('longLink', header);
        break;
      case 'S':
        this.sparse = header;
        if (header.sparse?.hasMore !== true) this.beginEntry(header);
        break;
      default:
        // Global headers say nothing of files that engines would heed; other letters are some program's own.
        if (header.flag in typeOfFlag) this.beginEntry(header);
        else this.beginBody('nothing', header.sizeBytes);
    }
  }

  private beginExtended(body: Body, { sizeBytes }: TarHeader): void {
    if (sizeBytes > maxExtendedBytes)
      throw new ArchiveError('tooBig', `the archive has a header of ${String(sizeBytes)} bytes`);
    this.beginBody(body, sizeBytes);
  }

  private beginBody(body: Body, sizeBytes: number): void {
    this.body = body;
    this.bodyLeft = sizeBytes;
    this.paddingLeft = (blockBytes - (sizeBytes % blockBytes)) % blockBytes;
    if (sizeBytes === 0) this.endBody();
  }

  private endBody(): void {
    switch (this.body) {
      case 'file':
        this.visitor.entryEnd();
        break;
      case 'pax':
        this.pax = parsePax(this.takeExtended());
        break;
      case 'longName':
        this.longName = textOf(this.takeExtended());
        break;
      case 'longLink':
        this.longLink = textOf(this.takeExtended());
        break;
      default:
    }
    this.body = 'nothing';
  }

  private beginEntry(header: TarHeader): void {
    const { pax, longName, longLink } = this;
    this.pax = {};
    this.longName = undefined;
    this.longLink = undefined;
    this.sparse = undefined;
    const name = pax.path ?? longName ?? header.name;
    // Before ustar, a slash at the end was what made a folder.
    const type = isOldDirectory(header, name) ? 'directory' : (typeOfFlag[header.flag] ?? 'file');
    // Nothing but a file has content, whatever size is written there.
    const contentBytes = type === 'file' ? (pax.sizeBytes ?? header.sizeBytes) : 0;
    const target = pax.linkName ?? longLink ?? header.linkName;
    this.visitor.entry({
      path: archivePath(name),
      type,
      sizeBytes: type === 'file' ? (pax.sparseSizeBytes ?? header.sparse?.sizeBytes ?? contentBytes) : 0,
      mode: header.mode & 0o7777,
      uid: pax.uid ?? header.uid,
      gid: pax.gid ?? header.gid,
      modifiedAt: Math.floor((pax.modifiedSeconds ?? header.modifiedSeconds) * 1000),
      linkTarget: type === 'hardlink' ? archivePath(target) : type === 'symlink' ? target : '',
    });
    this.beginBody('file', contentBytes);
  }

  private hasExtended(): boolean {
    return this.longName !== undefined || this.longLink !== undefined || Object.keys(this.pax).length > 0;
  }

  private takeExtended(): Buffer {
    const content = Buffer.concat(this.extended);
    this.extended = [];
    return content;
  }
}

/** GNU's long names end with a zero. */
function textOf(content: Buffer): string {
  const end = content.indexOf(0);
  return decodeName(end < 0 ? content : content.subarray(0, end));
}

function isOldDirectory(header: TarHeader, name: string): boolean {
  return (header.flag === '0' || header.flag === '\0') && name.endsWith('/');
}
