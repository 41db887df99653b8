import type { EntryContent } from '../engine.ts';

/** One header of a tar stream, as far as a file reader needs it. */
interface TarHeader {
  readonly type: string;
  readonly sizeBytes: number;
  /** What a symbolic link points to; empty for anything else. */
  readonly linkTarget: string;
}

const blockBytes = 512;

/**
 * The content of the first regular file of a tar stream, or where the symbolic link in it leads; undefined when the
 * stream holds none, or a folder. Stops reading after it.
 */
export async function firstFile(
  stream: AsyncIterable<Uint8Array>,
  maxBytes: number,
): Promise<EntryContent | undefined> {
  let pending = Buffer.alloc(0);
  let skip = 0;
  let file: { sizeBytes: number } | undefined;
  for await (const chunk of stream) {
    pending = Buffer.concat([pending, chunk]);
    for (;;) {
      if (file !== undefined) {
        if (pending.length < file.sizeBytes) break;
        return { content: new Uint8Array(pending.subarray(0, file.sizeBytes)) };
      }
      if (skip > 0) {
        const dropped = Math.min(skip, pending.length);
        pending = pending.subarray(dropped);
        skip -= dropped;
        if (skip > 0) break;
      }
      if (pending.length < blockBytes) break;
      const header = parseHeader(pending.subarray(0, blockBytes));
      pending = pending.subarray(blockBytes);
      if (header === undefined) return undefined;
      if (header.type === '0' || header.type === '\0') {
        if (header.sizeBytes > maxBytes) return { tooBig: header.sizeBytes };
        file = { sizeBytes: header.sizeBytes };
      } else if (header.type === '5') {
        // Somebody asked for a folder: the files below it are not what they meant.
        return undefined;
      } else if (header.linkTarget !== '') {
        return { linkTarget: header.linkTarget };
      } else {
        skip = Math.ceil(header.sizeBytes / blockBytes) * blockBytes;
      }
    }
  }
  return undefined;
}

/** Undefined for the zero block that ends an archive. Sizes from 8 GiB on are base-256 (GNU). */
function parseHeader(block: Buffer): TarHeader | undefined {
  if (block[0] === 0) return undefined;
  const isBinary = ((block[124] ?? 0) & 0x80) !== 0;
  const sizeBytes = isBinary
    ? Number(block.readBigUInt64BE(128))
    : Number.parseInt(block.toString('latin1', 124, 136), 8) || 0;
  const type = block.toString('latin1', 156, 157);
  const linkTarget = type === '2' ? block.toString('utf8', 157, 257).replace(/\0.*$/s, '') : '';
  return { type, sizeBytes, linkTarget };
}
