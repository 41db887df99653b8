/** One entry of an archive to be written, as its header says it: tests also write what no program would. */
export interface Entry {
  readonly name: string | Buffer;
  /** Default: `0`, a file. */
  readonly flag?: string;
  readonly content?: string | Uint8Array;
  readonly mode?: number;
  readonly uid?: number;
  readonly gid?: number;
  /** Seconds since the epoch. */
  readonly time?: number;
  readonly link?: string;
  /** Written as the size, whatever the content. */
  readonly sizeBytes?: number;
  readonly prefix?: string;
  readonly isGnu?: boolean;
  /** Changes the header before its checksum is written. */
  readonly edit?: (header: Buffer) => void;
}

export const archiveEnd = Buffer.alloc(1024);

/** An archive with its end. */
export function tar(...entries: readonly Entry[]): Buffer {
  return Buffer.concat([...entries.map(tarEntry), archiveEnd]);
}

export function tarEntry(entry: Entry): Buffer {
  const content = Buffer.from(entry.content ?? '');
  const header = Buffer.alloc(512);
  Buffer.from(entry.name).copy(header, 0, 0, 100);
  writeNumber(header, entry.mode ?? 0o644, 100, 8);
  writeNumber(header, entry.uid ?? 0, 108, 8);
  writeNumber(header, entry.gid ?? 0, 116, 8);
  writeNumber(header, entry.sizeBytes ?? content.length, 124, 12);
  writeNumber(header, entry.time ?? 1_700_000_000, 136, 12);
  header.write(entry.flag ?? '0', 156, 'latin1');
  header.write(entry.link ?? '', 157, 100);
  header.write(entry.isGnu === true ? 'ustar  \0' : 'ustar\u000000', 257, 'latin1');
  header.write(entry.prefix ?? '', 345, 155);
  entry.edit?.(header);
  writeChecksum(header);
  return Buffer.concat([header, content, Buffer.alloc((512 - (content.length % 512)) % 512)]);
}

/** The extended header for the entry behind it. */
export function pax(records: Readonly<Record<string, string>>, flag = 'x'): Entry {
  const content = Object.entries(records).map(([key, value]) => {
    const rest = ` ${key}=${value}\n`;
    const bytes = Buffer.byteLength(rest);
    // The length counts its own digits.
    let length = bytes + String(bytes).length;
    if (bytes + String(length).length !== length) length = bytes + String(length).length;
    return `${String(length)}${rest}`;
  });
  return { name: 'PaxHeaders/x', flag, content: content.join('') };
}

function writeNumber(header: Buffer, value: number, at: number, width: number): void {
  if (value >= 0 && value < 8 ** (width - 1)) {
    header.write(`${value.toString(8).padStart(width - 1, '0')}\0`, at, 'latin1');
    return;
  }
  let rest = BigInt.asUintN(width * 8, BigInt(value));
  for (let index = width - 1; index >= 0; index--) {
    header[at + index] = Number(rest & 0xffn);
    rest >>= 8n;
  }
  header[at] = (header[at] ?? 0) | 0x80;
}

function writeChecksum(header: Buffer): void {
  header.fill(' ', 148, 156);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
}

export async function* inPieces(bytes: Buffer, pieceBytes = 64_000): AsyncGenerator<Uint8Array> {
  await Promise.resolve();
  for (let at = 0; at < bytes.length; at += pieceBytes) yield bytes.subarray(at, at + pieceBytes);
}
