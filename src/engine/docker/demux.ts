import type { OutputChunk } from '../engine.ts';

/**
 * Splits a multiplexed output stream: frames of an 8-byte header (stream, three zeros, length as big-endian 32 bits)
 * and a payload, cut anywhere by the connection. Payloads are passed on as slices, without copies. What does not look
 * like a frame is passed through as stdout from there on: old engines do not tell a terminal's raw output apart.
 */
export function demuxer(): (data: Uint8Array) => OutputChunk[] {
  const header = new Uint8Array(8);
  const view = new DataView(header.buffer);
  let headerLength = 0;
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
      const taken = data.subarray(at, at + 8 - headerLength);
      header.set(taken, headerLength);
      headerLength += taken.length;
      at += taken.length;
      if (headerLength < 8) break;
      headerLength = 0;
      if (view.getUint32(0) >>> 24 > 3 || (view.getUint32(0) & 0xffffff) !== 0) {
        isRaw = true;
        chunks.push({ stream: 'stdout', data: header.slice() });
        if (at < data.length) chunks.push({ stream: 'stdout', data: data.subarray(at) });
        break;
      }
      stream = header[0] === 2 ? 'stderr' : 'stdout';
      left = view.getUint32(4);
    }
    return chunks;
  };
}
