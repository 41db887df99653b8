import { describe, expect, test } from 'vitest';
import { listFiles } from '../../../src/engine/listFiles.ts';
import { FakeEngine } from '../../support/fakeEngine.ts';

const never = new AbortController().signal;

function said(text: string, exitCode = 0): FakeEngine {
  const engine = new FakeEngine();
  engine.output = [{ stream: 'stdout', data: Buffer.from(text) }];
  engine.exitCode = exitCode;
  return engine;
}

describe('listFiles', () => {
  test('folders come first, each sorted by name, with type, size and time', async () => {
    const engine = said(
      '81a4 12 1700000000 b.txt\n41ed 4096 1700000001 sub\na1ff 7 1700000002 link\n81a4 0 0 a\n11b6 0 1 pipe\n',
    );
    expect(await listFiles(engine, 'web', '/data', never)).toEqual([
      { name: 'sub', type: 'directory', sizeBytes: 4096, modifiedAt: 1_700_000_001_000 },
      { name: 'a', type: 'file', sizeBytes: 0, modifiedAt: 0 },
      { name: 'b.txt', type: 'file', sizeBytes: 12, modifiedAt: 1_700_000_000_000 },
      { name: 'link', type: 'link', sizeBytes: 7, modifiedAt: 1_700_000_002_000 },
      { name: 'pipe', type: 'other', sizeBytes: 0, modifiedAt: 1000 },
    ]);
  });

  test('the folder is an argument of its own, never part of the script', async () => {
    const engine = said('');
    const folder = '/tmp/$(touch /pwned); "x" \'y\'';
    await listFiles(engine, 'web', folder, never);
    expect(engine.calls).toHaveLength(1);
    expect(engine.calls[0]?.endsWith(`sh ${folder}`)).toBe(true);
    expect(engine.calls[0]?.split(folder)).toHaveLength(2);
  });

  test('odd names are names', async () => {
    const names = [' with space ', '-dash', 'quote\'s "two"', '$(echo no)', 'grün-容器-🚢', '<b>bold</b>'];
    const engine = said(names.map((name) => `81a4 1 1 ${name}\n`).join(''));
    const found = await listFiles(engine, 'web', '/', never);
    expect(found.map(({ name }) => name).sort()).toEqual([...names].sort());
  });

  test('a name with a line end is one name', async () => {
    const engine = said('81a4 1 1 line\nbreak\n81a4 2 2 next\n');
    expect((await listFiles(engine, 'web', '/', never)).map(({ name }) => name)).toEqual([
      'line\nbreak',
      'next',
    ]);
  });

  test('a character that was cut into its bytes is whole, and errors are no files', async () => {
    const engine = new FakeEngine();
    const bytes = Buffer.from('81a4 1 1 🚢\n');
    engine.output = [
      { stream: 'stdout', data: bytes.subarray(0, 11) },
      { stream: 'stderr', data: Buffer.from('81a4 1 1 not this\n') },
      { stream: 'stdout', data: bytes.subarray(11) },
    ];
    expect((await listFiles(engine, 'web', '/', never)).map(({ name }) => name)).toEqual(['🚢']);
  });

  test('a folder that is not there is not found', async () => {
    await expect(listFiles(said('', 66), 'web', '/no', never)).rejects.toMatchObject({ reason: 'notFound' });
  });

  test.each([126, 127])('no shell (exit code %d) is unsupported', async (code) => {
    const engine = said('OCI runtime exec failed', code);
    await expect(listFiles(engine, 'web', '/', never)).rejects.toMatchObject({ reason: 'unsupported' });
  });
});
