import { describe, expect, test } from 'vitest';
import { jsonLines } from '../../../../src/engine/docker/jsonLines.ts';
import { EngineError } from '../../../../src/model/engineError.ts';

async function* chunks(...parts: readonly (string | Uint8Array)[]): AsyncGenerator<Uint8Array> {
  await Promise.resolve();
  for (const part of parts) yield typeof part === 'string' ? Buffer.from(part) : part;
}

async function read(stream: AsyncIterable<Uint8Array>): Promise<unknown[]> {
  const values: unknown[] = [];
  for await (const value of jsonLines(stream)) values.push(value);
  return values;
}

describe('jsonLines', () => {
  test('reads several messages of one chunk and one message of several chunks', async () => {
    expect(await read(chunks('{"a":1}\n{"a":2}\r\n{"a"', ':3', '}\n'))).toEqual([
      { a: 1 },
      { a: 2 },
      { a: 3 },
    ]);
  });

  test('reads a character that was cut into its bytes', async () => {
    const bytes = Buffer.from('{"name":"🚢"}\n');
    for (let cut = 1; cut < bytes.length; cut++)
      expect(await read(chunks(bytes.subarray(0, cut), bytes.subarray(cut)))).toEqual([{ name: '🚢' }]);
  });

  test('reads a last message without a line end, and skips empty lines', async () => {
    expect(await read(chunks('\n\r\n{"a":1}\n\n', '{"a":2}'))).toEqual([{ a: 1 }, { a: 2 }]);
    expect(await read(chunks())).toEqual([]);
  });

  test('gives each message as soon as its line is whole', async () => {
    const rest = Promise.withResolvers<string>();
    async function* slow(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('{"a":1}\n{"a"');
      yield Buffer.from(await rest.promise);
    }
    const values = jsonLines(slow());
    expect((await values.next()).value).toEqual({ a: 1 });
    rest.resolve(':2}\n');
    expect((await values.next()).value).toEqual({ a: 2 });
  });

  test.each([['<html>\n'], ['{"a":1}\n{"half":']])('%j is garbage', async (text) => {
    const failure = await read(chunks(text)).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(EngineError);
    expect(failure).toMatchObject({ reason: 'unexpected', hint: 'garbage' });
  });

  test('a line without an end is garbage before it fills the memory', async () => {
    let sent = 0;
    async function* endless(): AsyncGenerator<Uint8Array> {
      await Promise.resolve();
      const piece = Buffer.alloc(1024 * 1024, 0x61);
      for (; sent < 100; sent++) yield piece;
    }
    await expect(read(endless())).rejects.toMatchObject({ hint: 'garbage' });
    expect(sent).toBeLessThan(20);
  });

  test('the stream’s own failure is passed on, after what came before it', async () => {
    const failure = new Error('cut');
    async function* cut(): AsyncGenerator<Uint8Array> {
      await Promise.resolve();
      yield Buffer.from('{"a":1}\n{"a":');
      throw failure;
    }
    const values = jsonLines(cut());
    expect((await values.next()).value).toEqual({ a: 1 });
    await expect(values.next()).rejects.toBe(failure);
  });
});
