import { spawn } from 'node:child_process';
import {
  chmodSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ExecSession, ExecSpec, OutputChunk } from '../../../src/engine/engine.ts';
import { NoShellError } from '../../../src/files/noShellError.ts';
import { ShellFiles } from '../../../src/files/shellFiles.ts';
import { FakeEngine } from '../../support/fakeEngine.ts';

const never = new AbortController().signal;

/** Runs what would run in a container on this machine, whose tools are other ones than those of the bed's images. */
class LocalShell extends FakeEngine {
  /** Ends the input before this many bytes, as a lost connection would. */
  cutAt = Infinity;

  override exec(_id: string, { command, input }: ExecSpec): Promise<ExecSession> {
    const [program = '', ...args] = command;
    const child = spawn(program, args);
    const chunks: OutputChunk[] = [];
    child.stdout.on('data', (data: Buffer) => chunks.push({ stream: 'stdout', data }));
    child.stderr.on('data', (data: Buffer) => chunks.push({ stream: 'stderr', data }));
    child.stdin.on('error', () => undefined);
    const feed = async (): Promise<void> => {
      for await (const piece of input ?? []) child.stdin.write(piece.subarray(0, this.cutAt));
      child.stdin.end();
    };
    void feed();
    const closed = new Promise<number>((resolve) => {
      child.on('close', (code) => {
        resolve(code ?? 137);
      });
    });
    return Promise.resolve({
      output: (async function* () {
        await closed;
        yield* chunks;
      })(),
      write: () => undefined,
      resize: () => Promise.resolve(),
      exitCode: () => closed,
      close: () => undefined,
    });
  }
}

describe.skipIf(process.platform === 'win32')('a shell with the tools of this machine', () => {
  let folder = '';
  let engine: LocalShell;
  let files: ShellFiles;
  const at = (name: string): string => join(folder, name);
  const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'quayside-shell-'));
    engine = new LocalShell();
    files = new ShellFiles(engine, 'x');
  });

  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  test('lists and reads every name as it is', async () => {
    const names = ['-n', 'a b', 'line\nbreak', "it's", '%b\\0101', '$(x)`y`', 'ü容', 'end\n', '\uefff', '*'];
    for (const name of names) await files.write(at(name), bytes(name), never);
    mkdirSync(at('sub'));
    symlinkSync('sub', at('to sub'));
    symlinkSync('no where', at('broken'));
    const { entries } = await files.list(folder, never);
    expect(entries.map(({ name }) => name).sort()).toEqual([...names, 'sub', 'to sub', 'broken'].sort());
    expect(entries.find(({ name }) => name === 'to sub')?.link).toEqual({ target: 'sub', kind: 'directory' });
    expect(entries.find(({ name }) => name === 'broken')?.link).toEqual({
      target: 'no where',
      kind: undefined,
    });
    for (const name of names)
      expect(Buffer.from(await files.read(at(name), 99, never)).toString()).toBe(name);
    const { mtimeMs } = statSync(at('a b'));
    expect((await files.stat(at('a b'), never)).modifiedAt).toBe(Math.floor(mtimeMs));
  });

  test('writes as a whole, and keeps the mode; several names stay one file', async () => {
    writeFileSync(at('script'), 'old');
    chmodSync(at('script'), 0o750);
    await files.write(at('script'), bytes('new'), never);
    expect(statSync(at('script')).mode & 0o777).toBe(0o750);
    linkSync(at('script'), at('twin'));
    symlinkSync('script', at('link'));
    await files.write(at('link'), bytes('newer'), never);
    expect(['script', 'twin', 'link'].map((name) => readFileSync(at(name), 'utf8'))).toEqual([
      'newer',
      'newer',
      'newer',
    ]);
    expect(readdirSync(folder).sort()).toEqual(['link', 'script', 'twin']);
  });

  test('leaves a file as it was when the connection is cut', async () => {
    writeFileSync(at('kept'), 'old');
    engine.cutAt = 2;
    await expect(files.write(at('kept'), bytes('newer'), never)).rejects.toMatchObject({ problem: 'cut' });
    expect(readFileSync(at('kept'), 'utf8')).toBe('old');
    expect(readdirSync(folder)).toEqual(['kept']);
  });

  test('makes, renames, copies, finds and removes', async () => {
    await files.makeFolder(at('a'), never);
    await files.write(at('a/One'), bytes('1'), never);
    await files.copy(at('a'), at('-b'), never);
    await files.rename(at('-b'), at('c\nd'), never);
    expect([...(await files.search(folder, 'one', 9, never))].sort()).toEqual([at('a/One'), at('c\nd/One')]);
    await files.remove(at('c\nd'), never);
    expect(readdirSync(folder)).toEqual(['a']);
    await expect(files.rename(at('a'), at('a'), never)).rejects.toMatchObject({ problem: 'exists' });
  });

  test('without the programs is none', async () => {
    const bare = new LocalShell();
    bare.exec = (_id, { command: [program = '', flag = '', , ...args] }) =>
      LocalShell.prototype.exec.call(bare, _id, { command: [program, flag, 'exit 127', ...args] });
    await expect(new ShellFiles(bare, 'x').list('/', never)).rejects.toBeInstanceOf(NoShellError);
  });
});
