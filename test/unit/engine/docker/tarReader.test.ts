import { describe, expect, test } from 'vitest';
import { firstFile } from '../../../../src/engine/docker/tarReader.ts';

interface Entry {
  readonly name: string;
  readonly type?: string;
  readonly content?: string;
  /** Written as the size, whatever the content. */
  readonly sizeBytes?: number;
}

function tarEntry({ name, type = '0', content = '', sizeBytes }: Entry): Buffer {
  const body = Buffer.from(content);
  const size = sizeBytes ?? body.length;
  const header = Buffer.alloc(512);
  header.write(name, 0, 'utf8');
  if (size >= 8 ** 11) {
    header[124] = 0x80;
    header.writeBigUInt64BE(BigInt(size), 128);
  } else header.write(`${size.toString(8).padStart(11, '0')}\0`, 124, 'latin1');
  header.write(type, 156, 'latin1');
  return Buffer.concat([header, body, Buffer.alloc((512 - (body.length % 512)) % 512)]);
}

const end = Buffer.alloc(1024);

async function* pieces(bytes: Buffer, size: number): AsyncGenerator<Uint8Array> {
  await Promise.resolve();
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function read(bytes: Buffer, maxBytes = 1_000_000, pieceBytes = 64_000): Promise<unknown> {
  const file = await firstFile(pieces(bytes, pieceBytes), maxBytes);
  return file !== undefined && 'content' in file ? Buffer.from(file.content).toString() : file;
}

describe('firstFile', () => {
  const archive = Buffer.concat([tarEntry({ name: 'a.txt', content: 'hello\n' }), end]);

  test('is the content of the file', async () => {
    expect(await read(archive)).toBe('hello\n');
  });

  test('is found whatever the pieces the archive comes in', async () => {
    for (const pieceBytes of [1, 7, 511, 512, 513])
      expect(await read(archive, 100, pieceBytes)).toBe('hello\n');
  });

  test('passes over extended headers of long names', async () => {
    const long = Buffer.concat([
      tarEntry({ name: '././@LongLink', type: 'L', content: 'n'.repeat(600) }),
      tarEntry({ name: 'pax', type: 'x', content: '30 mtime=1700000000.123456789\n' }),
      archive,
    ]);
    expect(await read(long)).toBe('hello\n');
    expect(await read(long, 100, 100)).toBe('hello\n');
  });

  test('an empty file is an empty content, not no file', async () => {
    expect(await read(Buffer.concat([tarEntry({ name: 'empty' }), end]))).toBe('');
  });

  test.each([
    ['a device', '3'],
    ['a pipe', '6'],
  ])('%s is no file', async (_what, type) => {
    expect(await read(Buffer.concat([tarEntry({ name: 'x', type }), end]))).toBeUndefined();
  });

  test('a link says where it leads', async () => {
    const link = tarEntry({ name: 'x', type: '2' });
    link.write('../größe.txt', 157, 'utf8');
    expect(await read(Buffer.concat([link, end]))).toEqual({ linkTarget: '../größe.txt' });
  });

  test('a folder is no file, whatever is in it', async () => {
    const folder = Buffer.concat([
      tarEntry({ name: 'etc/', type: '5' }),
      tarEntry({ name: 'etc/passwd', content: 'root' }),
      end,
    ]);
    expect(await read(folder)).toBeUndefined();
  });

  test('a file above the limit is refused by its header, before its content is read', async () => {
    let sent = 0;
    async function* big(): AsyncGenerator<Uint8Array> {
      await Promise.resolve();
      sent++;
      yield tarEntry({ name: 'big', sizeBytes: 2_000_000 });
      sent++;
      yield Buffer.alloc(2_000_000);
    }
    expect(await firstFile(big(), 1_000_000)).toEqual({ tooBig: 2_000_000 });
    expect(sent).toBe(1);
  });

  test('reads the size of a file beyond what eleven octal digits hold', async () => {
    expect(await read(tarEntry({ name: 'huge', sizeBytes: 20_000_000_000 }))).toEqual({
      tooBig: 20_000_000_000,
    });
  });

  test('an archive that is empty or cut off has no file', async () => {
    expect(await read(end)).toBeUndefined();
    expect(await read(Buffer.alloc(0))).toBeUndefined();
    expect(await read(archive.subarray(0, 515))).toBeUndefined();
  });
});
