import { describe, expect, test } from 'vitest';
import { demuxer } from '../../../../src/engine/docker/demux.ts';
import type { OutputChunk } from '../../../../src/engine/engine.ts';

function frame(stream: 0 | 1 | 2, text: string): Buffer {
  const payload = Buffer.from(text);
  const header = Buffer.alloc(8);
  header[0] = stream;
  header.writeUInt32BE(payload.length, 4);
  return Buffer.concat([header, payload]);
}

/** What came out, with neighbouring pieces of one stream put together. */
function joined(chunks: readonly OutputChunk[]): readonly (readonly [string, string])[] {
  const texts: [string, Buffer][] = [];
  for (const { stream, data } of chunks) {
    const last = texts.at(-1);
    if (last?.[0] === stream) last[1] = Buffer.concat([last[1], data]);
    else texts.push([stream, Buffer.from(data)]);
  }
  return texts.map(([stream, bytes]) => [stream, bytes.toString()]);
}

const output = Buffer.concat([frame(1, 'größe\n'), frame(2, 'oh no\n'), frame(1, ''), frame(0, 'in\n')]);
const expected = [
  ['stdout', 'größe\n'],
  ['stderr', 'oh no\n'],
  ['stdout', 'in\n'],
];

describe('demuxer', () => {
  test('takes frames apart wherever the connection cuts them', () => {
    for (let cut = 0; cut <= output.length; cut++) {
      const split = demuxer();
      const chunks = [...split(output.subarray(0, cut)), ...split(output.subarray(cut))];
      expect(joined(chunks), `cut at ${String(cut)}`).toEqual(expected);
    }
  });

  test('takes frames apart that come byte by byte', () => {
    const split = demuxer();
    const chunks = [...output].flatMap((byte) => split(Uint8Array.of(byte)));
    expect(joined(chunks)).toEqual(expected);
  });

  test('a frame of no bytes is nothing, and the next one is read', () => {
    expect(joined(demuxer()(Buffer.concat([frame(2, ''), frame(2, ''), frame(1, 'x')])))).toEqual([
      ['stdout', 'x'],
    ]);
  });

  test('reads thousands of frames in one chunk', () => {
    const many = Buffer.concat(
      Array.from({ length: 20_000 }, (_, n) => frame(n % 2 === 0 ? 1 : 2, String(n))),
    );
    const chunks = demuxer()(many);
    expect(chunks).toHaveLength(20_000);
    expect(Buffer.from(chunks.at(-1)?.data ?? []).toString()).toBe('19999');
  });

  test('payloads are slices of what came, not copies', () => {
    const [chunk] = demuxer()(output);
    expect(chunk?.data.buffer).toBe(output.buffer);
  });

  test('what is no frame is passed through from there on', () => {
    const split = demuxer();
    expect(joined([...split(Buffer.from('/ # ls\r\nbin')), ...split(Buffer.from('  etc'))])).toEqual([
      ['stdout', '/ # ls\r\nbin  etc'],
    ]);
  });

  test('what stops being frames is passed through, with nothing lost', () => {
    const split = demuxer();
    const chunks = [...split(frame(2, 'framed')), ...split(Buffer.from('raw text\n'))];
    expect(joined(chunks)).toEqual([
      ['stderr', 'framed'],
      ['stdout', 'raw text\n'],
    ]);
  });

  test('raw output that is cut inside what would be its header is whole', () => {
    const split = demuxer();
    const chunks = [...split(Buffer.from('abc')), ...split(Buffer.from('defghij'))];
    expect(joined(chunks)).toEqual([['stdout', 'abcdefghij']]);
  });
});
