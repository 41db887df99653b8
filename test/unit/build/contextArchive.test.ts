import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { contextArchive } from '../../../src/build/contextArchive.ts';
import { prepareContext } from '../../../src/build/contextFiles.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'quayside-context-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function write(path: string, content = path): string {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
  return file;
}

async function archive(dockerfile = join(folder, 'Dockerfile'), context = folder): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  const prepared = await prepareContext(context, dockerfile, 'FROM scratch\n');
  for await (const piece of contextArchive(prepared)) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** As the tar of the machine reads it. */
function tar(bytes: Buffer, ...args: readonly string[]): string {
  return execFileSync('tar', [...args, '-f', '-'], { input: bytes, encoding: 'utf8', maxBuffer: 1e8 });
}

const names = (bytes: Buffer): readonly string[] => tar(bytes, '-t').split('\n').filter(Boolean).sort();

describe('the archive of a context', () => {
  it('has files, folders, links, permissions and long names, owned by root', async () => {
    write('Dockerfile');
    chmodSync(write('run.sh', 'echo'), 0o755);
    symlinkSync('../outside', join(folder, 'away'));
    const long = `${'long/'.repeat(60)}näme.txt`;
    write(long, 'deep');
    mkdirSync(join(folder, 'empty'));
    const bytes = await archive();
    expect(names(bytes)).toContain('empty/');
    const listed = tar(bytes, '-tv', '--numeric-owner', '--quoting-style=literal');
    expect(listed).toMatch(/^-rwxr-xr-x 0\/0 +4 .* run\.sh$/m);
    expect(listed).toMatch(/^lrwxrwxrwx 0\/0 .* away -> \.\.\/outside$/m);
    expect(listed).toContain(long);
    expect(tar(bytes, '-x', '-O', long)).toBe('deep');
  });

  it('keeps what is bigger than a piece', async () => {
    write('Dockerfile');
    const big = 'x'.repeat(1_300_001);
    write('big', big);
    expect(tar(await archive(), '-x', '-O', 'big')).toBe(big);
  });

  it('leaves out what is ignored, but not what the engine needs', async () => {
    write('Dockerfile');
    write('.dockerignore', '*\n!src\nsrc/secret\n');
    write('src/a');
    write('src/secret/b');
    write('other');
    expect(names(await archive())).toEqual(['.dockerignore', 'Dockerfile', 'src/', 'src/a']);
  });

  it('does not read a folder of which nothing is wanted', async () => {
    write('Dockerfile');
    write('.dockerignore', 'locked\n');
    write('locked/a');
    const prepared = await prepareContext(folder, join(folder, 'Dockerfile'), '');
    const asked = vi.spyOn(prepared.rules, 'ignores');
    for await (const _ of contextArchive(prepared));
    expect(asked.mock.calls.map(([path]) => path)).toEqual(['.dockerignore', 'Dockerfile', 'locked']);
  });

  it('takes an exception out of an ignored folder', async () => {
    write('Dockerfile');
    write('.dockerignore', 'docs\n!docs/keep\n');
    write('docs/keep/a');
    write('docs/b');
    expect(names(await archive())).toEqual(['.dockerignore', 'Dockerfile', 'docs/keep/', 'docs/keep/a']);
  });

  it('follows the rules beside the Dockerfile where there are some', async () => {
    const dockerfile = write('build/web.Dockerfile');
    write('build/web.Dockerfile.dockerignore', '*.log\n');
    write('.dockerignore', '*.txt\n');
    write('a.txt');
    write('a.log');
    const bytes = await archive(dockerfile);
    expect(names(bytes)).toContain('a.txt');
    expect(names(bytes)).not.toContain('a.log');
    expect(tar(bytes, '-x', '-O', '.dockerignore')).toBe('*.log\n');
  });

  it('takes along a Dockerfile from elsewhere, and tells the engine to leave it out again', async () => {
    write('ctx/a');
    const bytes = await archive(join(folder, 'Dockerfile'), join(folder, 'ctx'));
    const [dockerfile = '', ...others] = names(bytes);
    expect(others).toEqual(['.dockerignore', 'a']);
    expect(dockerfile).toMatch(/^\.dockerfile\.[0-9a-f]+$/);
    expect(tar(bytes, '-x', '-O', dockerfile)).toBe('FROM scratch\n');
    expect(tar(bytes, '-x', '-O', '.dockerignore')).toBe(`.dockerignore\n${dockerfile}\n`);
  });

  it('is the same each time', async () => {
    for (const name of ['Dockerfile', 'b', 'a', 'c/d']) write(name);
    expect(await archive()).toEqual(await archive());
  });

  it('of a folder that is not there, or with a line that is no pattern, says which', async () => {
    await expect(archive(join(folder, 'Dockerfile'), join(folder, 'none'))).rejects.toMatchObject({
      problem: 'missing',
    });
    write('.dockerignore', 'a[\n');
    await expect(archive()).rejects.toMatchObject({ problem: 'pattern', what: 'a[' });
  });

  it('leaves out what is gone by the time it is read', async () => {
    write('Dockerfile');
    write('a', 'x'.repeat(2_000_000));
    const gone = write('z');
    const prepared = await prepareContext(folder, join(folder, 'Dockerfile'), '');
    const pieces: Uint8Array[] = [];
    for await (const piece of contextArchive(prepared)) {
      if (pieces.length === 0) rmSync(gone);
      pieces.push(piece);
    }
    expect(names(Buffer.concat(pieces))).toEqual(['Dockerfile', 'a']);
  });

  it('of a file that shrinks while it is read says which', async () => {
    write('Dockerfile');
    const file = write('z', 'x'.repeat(2_000_000));
    const prepared = await prepareContext(folder, join(folder, 'Dockerfile'), '');
    const reading = contextArchive(prepared);
    await reading.next();
    truncateSync(file, 10);
    const rest = async (): Promise<void> => {
      for await (const _piece of reading);
    };
    await expect(rest()).rejects.toMatchObject({ problem: 'changed', what: file });
  });
});
