import type { ImageFiles } from './imageFiles.ts';
import { type EntryCount, type LayerContent, LayerRecorder } from './layerContent.ts';
import { blockBytes, hasTarChecksum, isZeroBlock } from '../archive/tarHeader.ts';
import { TarReader } from '../archive/tarReader.ts';
import { Unpacker } from './unpacker.ts';

/** What one file of an image's archive turned out to be. */
export type Blob =
  | { readonly kind: 'layer'; readonly content: LayerContent }
  | { readonly kind: 'text'; readonly text: string }
  /** Nothing that a layer analysis needs. */
  | { readonly kind: 'other' };

/** Configurations are a few kilobytes. */
const maxTextBytes = 8 << 20;

interface Content {
  push(bytes: Buffer): void;
  /** No more bytes are of interest. */
  isOver(): boolean;
  /** Throws an `ArchiveError` for what has no proper end. */
  result(): Blob;
}

/** Reads one file of an image's archive. Its name does not say what it is: how it begins does. */
export class BlobReader {
  private readonly files: ImageFiles;
  private readonly count: EntryCount;
  private readonly unpacker = new Unpacker((bytes) => {
    this.push(bytes);
  });
  /** The first bytes, unpacked, until they tell what they are. */
  private head: Buffer = Buffer.alloc(0);
  private content: Content | undefined;

  constructor(files: ImageFiles, count: EntryCount) {
    this.files = files;
    this.count = count;
  }

  write(bytes: Buffer): void {
    if (this.content?.isOver() !== true) this.unpacker.write(bytes);
  }

  /** Undefined, or when all that was written has been read. */
  settled(): Promise<void> | undefined {
    return this.unpacker.settled();
  }

  async end(): Promise<Blob> {
    // What is not read to its end may well be cut there.
    if (this.content?.isOver() === true) this.close();
    else await this.unpacker.end();
    this.content ??= this.tell(this.head);
    return this.content.result();
  }

  close(): void {
    this.unpacker.close();
  }

  private push(bytes: Buffer): void {
    if (this.content !== undefined) {
      if (!this.content.isOver()) this.content.push(bytes);
      return;
    }
    this.head = Buffer.concat([this.head, bytes]);
    if (this.head.length >= blockBytes) this.content = this.tell(this.head);
  }

  private tell(head: Buffer): Content {
    const content = this.begin(head);
    content.push(head);
    this.head = Buffer.alloc(0);
    return content;
  }

  private begin(head: Buffer): Content {
    const block = head.subarray(0, blockBytes);
    if (block.length === blockBytes && (isZeroBlock(block) || hasTarChecksum(block)))
      return layer(this.files, this.count);
    return /^\s*[{[]/.test(head.toString('latin1', 0, blockBytes)) ? text() : other;
  }
}

function layer(files: ImageFiles, count: EntryCount): Content {
  const recorder = new LayerRecorder(files, count);
  const reader = new TarReader(recorder);
  return {
    push(bytes) {
      reader.push(bytes);
    },
    isOver: () => reader.isOver,
    result() {
      reader.end();
      return { kind: 'layer', content: recorder.result() };
    },
  };
}

function text(): Content {
  const parts: Buffer[] = [];
  let bytesLeft = maxTextBytes;
  return {
    push(bytes) {
      bytesLeft -= bytes.length;
      // The connection may use its memory again.
      if (bytesLeft >= 0) parts.push(Buffer.from(bytes));
    },
    isOver: () => bytesLeft < 0,
    result: () =>
      bytesLeft < 0 ? { kind: 'other' } : { kind: 'text', text: Buffer.concat(parts).toString('utf8') },
  };
}

const other: Content = {
  push: () => undefined,
  isOver: () => true,
  result: () => ({ kind: 'other' }),
};
