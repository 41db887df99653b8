import type { OutputChunk } from '../engine.ts';

const headerBytes = 8;

/**
 * Splits a multiplexed output stream: frames of an 8-byte header (stream, three zeros, length as big-endian 32 bits)
 * and a payload, cut anywhere by the connection. Payloads are passed on as slices, without copies. What does not look
 * like a frame is passed through as stdout from there on: old engines do not tell a terminal's raw output apart.
 */
export function demuxer(): (data: Uint8Array) => OutputChunk[] {
  const cut = new Uint8Array(headerBytes);
  let cutLength = 0;
  let left = 0;
  let stream: OutputChunk['stream'] = 'stdout';
  let isRaw = false;

  return (data) => {
    if (isRaw) return [{ stream: 'stdout', data }];
    const chunks: OutputChunk[] = [];
    let at = 0;
    while (at < data.length) {
      if (left > 0) {
        const end = Math.min(data.length, at + left);
        chunks.push({ stream, data: data.subarray(at, end) });
        left -= end - at;
        at = end;
        continue;
      }
      // There is one for each line: only one that the connection has cut is put together elsewhere.
      const isWhole = cutLength === 0 && data.length - at >= headerBytes;
      const header = isWhole ? data : cut;
      const start = isWhole ? at : 0;
      if (isWhole) at += headerBytes;
      else {
        const taken = data.subarray(at, at + headerBytes - cutLength);
        cut.set(taken, cutLength);
        cutLength += taken.length;
        at += taken.length;
        if (cutLength < headerBytes) break;
        cutLength = 0;
      }
      if (!isHeader(header, start)) {
        isRaw = true;
        chunks.push({ stream: 'stdout', data: header.slice(start, start + headerBytes) });
        if (at < data.length) chunks.push({ stream: 'stdout', data: data.subarray(at) });
        break;
      }
      stream = header[start] === 2 ? 'stderr' : 'stdout';
      left = bigEndian(header, start + 4);
    }
    return chunks;
  };
}

function isHeader(bytes: Uint8Array, start: number): boolean {
  return (
    (bytes[start] ?? 0) <= 3 && bytes[start + 1] === 0 && bytes[start + 2] === 0 && bytes[start + 3] === 0
  );
}

function bigEndian(bytes: Uint8Array, at: number): number {
  let value = 0;
  for (let n = at; n < at + 4; n++) value = value * 256 + (bytes[n] ?? 0);
  return value;
}
