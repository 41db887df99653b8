/** The most that a block may hold, and the window that says so. */
const blockBytes = 128 * 1024;
const windowByte = 7 << 3;

/** A frame of some bytes as they are and so many zeros, each block of which takes four bytes: hostile archives are like it. */
export function zstdOf(head: Buffer, zeroBytes: number): Buffer {
  const parts = [
    Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0, windowByte]),
    block('raw', head.length, false),
    head,
  ];
  for (let left = zeroBytes; left > 0; left -= blockBytes)
    parts.push(block('repeated', Math.min(left, blockBytes), left <= blockBytes), Buffer.alloc(1));
  return Buffer.concat(parts);
}

function block(kind: 'raw' | 'repeated', sizeBytes: number, isLast: boolean): Buffer {
  const header = Buffer.alloc(3);
  header.writeUIntLE((sizeBytes << 3) | (kind === 'raw' ? 0 : 2) | (isLast ? 1 : 0), 0, 3);
  return header;
}
