import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Engine as EnginePort } from '../../src/engine/engine.ts';
import { systemClock } from '../../src/base/async.ts';
import { ArchiveFiles } from '../../src/files/archiveFiles.ts';
import type { FilesAccess } from '../../src/files/filesAccess.ts';
import { OpenFiles } from '../../src/files/openFiles.ts';
import { PlaceFiles } from '../../src/files/placeFiles.ts';
import { ShellFiles } from '../../src/files/shellFiles.ts';
import type { Meter } from '../../src/files/located.ts';
import { volumeFolder, VolumeHelpers } from '../../src/files/volumeHelpers.ts';
import type { FilePlace } from '../../src/model/filePlace.ts';
import type { FileEntry } from '../../src/model/fileEntry.ts';
import { describeBed, failureOf, kinds, never, Sandbox } from './sandbox.ts';

/* Files of containers by a shell inside and by the engine from outside: both must see and do the same. */

const odd = '/data/odd names';

const oddFiles: readonly (readonly [name: string, content: string])[] = [
  ['with space.txt', 'space\n'],
  ['-dash', 'dash\n'],
  ['quote\'s "two".txt', 'quotes\n'],
  ['$(echo no) ; `no`.sh', 'echo no\n'],
  ['line\nbreak', 'line break\n'],
  ['grün-容器-🚢.txt', 'umlaut, han, ship\n'],
  ['empty', ''],
  ['line end\n', 'made in the test'],
  ['\uefff\uef80bytes', 'made in the test'],
  ['x'.repeat(255), 'made in the test'],
  ['%b \\0101 %s', 'made in the test'],
];

describeBed.each(kinds)('files of the %s engine', (kind) => {
  let sandbox: Sandbox;
  let engine: EnginePort;
  let running = '';

  beforeAll(async () => {
    sandbox = await Sandbox.open(kind, 'qs-fi');
    engine = await sandbox.connect();
    running = await sandbox.run('odd', 'quay/tools:1', '--tmpfs', '/mem');
    const shell = new ShellFiles(engine, running);
    for (const [name, content] of oddFiles.slice(7))
      await shell.write(`${odd}/${name}`, text(content), never);
    await sandbox.bed.cli([
      'exec',
      running,
      'sh',
      '-c',
      'cd /data && mkfifo pipe && mknod null c 1 3 && ln -s loop loop && ln -s ../numbers/../pipe odd\\ names/up && ln -s /data/numbers/.. around',
    ]);
  });

  afterAll(async () => {
    await sandbox.close();
  });

  const accesses: readonly (readonly [name: string, of: () => FilesAccess])[] = [
    ['a shell', () => new ShellFiles(engine, running)],
    ['the engine', () => new ArchiveFiles(engine, running)],
  ];

  describe.each(accesses)('by %s', (way, of) => {
    test('are listed, each name as it is', async () => {
      const { entries, isWhole } = await of().list(odd, never);
      expect(isWhole).toBe(true);
      expect(new Map(entries.map((entry) => [entry.name, word(entry)]))).toEqual(
        new Map([
          ...oddFiles.map(([name]) => [name, 'file'] as const),
          ['private.key', 'file'],
          ['run-me', 'file'],
          ['link-to-file', 'link → file'],
          ['link-to-folder', 'link → directory'],
          ['link-to-nowhere', 'link → nothing'],
          ['up', 'link → pipe'],
        ]),
      );
      expect(entries[0]?.name).toBe('link-to-folder');
      const key = entries.find(({ name }) => name === 'private.key');
      expect(key).toMatchObject({ sizeBytes: 7, mode: 0o600, modifiedAt: Date.UTC(2026, 0, 15, 9, 30) });
      expect(key?.owner).toMatch(/^(root:root|0:0)$/);
      expect(entries.find(({ name }) => name === 'link-to-folder')?.link?.target).toBe('../numbers');
      expect((await of().list('/data/numbers', never)).entries).toHaveLength(300);
    });

    test('below the root and behind a link are listed too', async () => {
      const root = (await of().list('/', never)).entries;
      expect(root.find(({ name }) => name === 'data')?.kind).toBe('directory');
      expect((await of().list(`${odd}/link-to-folder`, never)).entries).toHaveLength(300);
      expect((await of().list('/data/around/numbers', never)).entries).toHaveLength(300);
    });

    test('are found by a part of their name, in any case', async () => {
      expect([...(await of().search('/data', 'BREAK', 10, never))]).toEqual([`${odd}/line\nbreak`]);
      expect(await of().search('/', 'file-29', 100, never)).toHaveLength(10);
      expect(await of().search('/', 'file-', 7, never)).toHaveLength(7);
      expect(await of().search('/data', '*', 10, never)).toEqual([]);
    });

    test('that are no plain files say what they are', async () => {
      const { entries } = await of().list('/data', never);
      const words = new Map(entries.map((entry) => [entry.name, word(entry)]));
      expect([words.get('pipe'), words.get('null'), words.get('loop')]).toEqual([
        'pipe',
        'device',
        'link → nothing',
      ]);
    });

    test.each(oddFiles)('%j is read', async (name, content) => {
      // The old engine sends an empty archive for a name that is no UTF-8, and only for that.
      if (kind === 'old' && name.includes('bytes') && way === 'the engine') return;
      expect(await read(of(), `${odd}/${name}`)).toBe(content);
    });

    test('are read through links, and not above a bound', async () => {
      expect(await read(of(), `${odd}/link-to-file`)).toBe('space\n');
      expect(await of().read('/data/blob.bin', 3_000_000, never)).toHaveLength(3_000_000);
      expect(await failureOf(of().read('/data/blob.bin', 2_999_999, never))).toMatchObject({
        problem: 'tooBig',
      });
    });

    test.each([
      ['/data/numbers', 'isFolder'],
      [`${odd}/link-to-folder`, 'isFolder'],
      [`${odd}/link-to-nowhere`, 'missing'],
      ['/no/such', 'missing'],
      ['/data/pipe', 'special'],
      ['/data/null', 'special'],
    ])('%s is not read: %s', async (path, problem) => {
      expect(await failureOf(of().read(path, 1000, never))).toMatchObject({ problem });
    });

    test('are not listed where there is no folder', async () => {
      expect(await failureOf(of().list('/no/such', never))).toMatchObject({ problem: 'missing' });
      expect(await failureOf(of().list('/data/blob.bin', never))).toMatchObject({ problem: 'notFolder' });
      expect(await failureOf(of().list('/data/loop', never))).toMatchObject({
        problem: expect.stringMatching(/links|missing/) as string,
      });
    });

    test('keep their mode and owner when they are written', async () => {
      await inside('cd /data && printf old > kept && chown 1234:4321 kept && chmod 4751 kept');
      await of().write('/data/kept', text('new\0binary\xff'), never);
      expect(await inside('cd /data && stat -c "%a %u:%g %s" kept && cat kept')).toBe(
        '4751 1234:4321 12\nnew\0binaryÿ',
      );
      expect(await inside('ls -a /data | grep quayside- || true')).toBe('');
    });

    test('are made with the owner of their folder, also in a folder that is new', async () => {
      const name = `made-${String(Math.random()).slice(2)}`;
      await inside(`mkdir /data/${name} && chown 77:88 /data/${name}`);
      await of().makeFolder(`/data/${name}/sub`, never);
      await of().write(`/data/${name}/sub/grün`, text('here'), never);
      expect(await inside(`cd /data/${name} && stat -c "%a %u:%g" sub sub/* && cat sub/*`)).toBe(
        '755 77:88\n644 77:88\nhere',
      );
      expect(await failureOf(of().makeFolder(`/data/${name}/sub`, never))).toMatchObject({
        problem: 'exists',
      });
      expect(await failureOf(of().write(`/no/such/file`, text(''), never))).toMatchObject({
        problem: 'missing',
      });
      expect(await failureOf(of().write(`/data/numbers`, text(''), never))).toMatchObject({
        problem: 'isFolder',
      });
      expect(await failureOf(of().write('/data/pipe', text(''), never))).toMatchObject({
        problem: 'special',
      });
    });

    test('are written through a link, which stays one', async () => {
      await inside('cd /data && echo old > real && ln -sf real way');
      await of().write('/data/way', text('through'), never);
      expect(await inside('cd /data && readlink way && cat real')).toBe('real\nthrough');
    });

    test('have the time of their last change to the millisecond', async () => {
      await inside('touch /data/touched');
      const first = await new ArchiveFiles(engine, running).stat('/data/touched', never);
      expect((await of().stat('/data/touched', never)).modifiedAt).toBe(first.modifiedAt);
    });
  });

  test('with several names, and those that are mounted by themselves, are written in place', async () => {
    const shell = new ShellFiles(engine, running);
    await inside('cd /data && echo old > one && ln -f one two');
    await shell.write('/data/one', text('both'), never);
    expect(await inside('cat /data/two')).toBe('both');
    await shell.write('/etc/hosts', text('127.0.0.1 localhost\n'), never);
    expect(await inside('cat /etc/hosts')).toBe('127.0.0.1 localhost\n');
  });

  test('are removed, renamed and copied by a shell', async () => {
    const shell = new ShellFiles(engine, running);
    await inside('mkdir -p /data/tree/sub && echo 1 > "/data/tree/sub/a b" && ln -s sub /data/tree/link');
    await shell.copy('/data/tree', '/data/-copy', never);
    expect(await inside('cd /data/-copy && cat "sub/a b" && readlink link')).toBe('1\nsub\n');
    await shell.rename('/data/-copy', '/data/new\nname', never);
    expect(await failureOf(shell.rename('/data/tree', '/data/new\nname', never))).toMatchObject({
      problem: 'exists',
    });
    await shell.remove('/data/new\nname', never);
    await shell.remove('/data/tree/link', never);
    expect(await inside('ls /data/tree; ls /data | grep new || true')).toBe('sub\n');
    const works = [
      shell.remove('/data/none', never),
      shell.rename('/data/none', '/data/x', never),
      shell.copy('/data/none', '/data/x', never),
    ];
    for (const failure of await Promise.all(works.map(failureOf)))
      expect(failure).toMatchObject({ problem: 'missing' });
  });

  test('in memory are seen where there is a shell', async () => {
    const files = new OpenFiles();
    await inside('echo only here > /mem/x');
    expect(await files.stat(engine, running, '/mem/x', never)).toMatchObject({ kind: 'file', sizeBytes: 10 });
    const content = await files.use(engine, running, (access) => access.read('/mem/x', 100, never), never);
    expect(Buffer.from(content).toString()).toBe('only here\n');
  });

  test('of what has no shell, is stopped or paused come from the engine by itself', async () => {
    const files = new OpenFiles();
    const bare = await sandbox.run('bare', 'quay/noshell:1');
    const still = await sandbox.create('still', 'quay/hello:1');
    const held = await sandbox.run('held', 'quay/tools:1');
    await sandbox.bed.cli(['pause', held]);
    for (const id of [bare, still, held]) {
      const { entries } = await files.use(engine, id, (access) => access.list('/', never), never);
      expect(entries.map(({ name }) => name)).toContain('etc');
      await files.use(engine, id, (access) => access.write('/etc/quayside', text('was here'), never), never);
      const content = await files.use(engine, id, (access) => access.read('/etc/quayside', 99, never), never);
      expect(Buffer.from(content).toString()).toBe('was here');
      expect(
        await failureOf(files.use(engine, id, (access) => access.remove('/etc/quayside', never), never)),
      ).toMatchObject({ problem: 'needsShell' });
    }
    await sandbox.bed.cli(['unpause', held]);
  });

  test('on what is read-only or full are refused, and stay as they were', async () => {
    const sealed = await sandbox.run('sealed', 'quay/tools:1', '--read-only', '--tmpfs', '/small:size=64k');
    const shell = new ShellFiles(engine, sealed);
    for (const access of [shell, new ArchiveFiles(engine, sealed)])
      expect(await failureOf(access.write('/data/empty', text('x'), never))).toMatchObject({
        problem: 'readOnly',
      });
    expect(await failureOf(shell.makeFolder('/data/x', never))).toMatchObject({ problem: 'readOnly' });
    await shell.write('/small/file', text('kept'), never);
    expect(await failureOf(shell.write('/small/file', new Uint8Array(1_000_000), never))).toMatchObject({
      problem: 'full',
    });
    expect(await read(shell, '/small/file')).toBe('kept');
    expect((await shell.list('/small', never)).entries.map(({ name }) => name)).toEqual(['file']);
  });

  test('of a container that is gone, or goes meanwhile, say so', async () => {
    const files = new OpenFiles();
    const id = await sandbox.run('gone', 'quay/tools:1');
    await sandbox.bed.cli(['rm', '-f', id]);
    const work = files.use(engine, id, (access) => access.list('/', never), never);
    expect(await failureOf(work)).toMatchObject({
      reason: 'notFound',
      message: expect.stringMatching(/no such container/i) as string,
    });
    const dying = await sandbox.run('dying', 'quay/tools:1');
    const reading = failureOf(new ShellFiles(engine, dying).read('/dev/zero-pipe', 1e9, never));
    await sandbox.bed.cli(['rm', '-f', dying]);
    expect(await reading).toMatchObject({ name: 'EngineError' });
  });

  test('a listing of ten thousand names is whole', async () => {
    await inside('mkdir -p /data/many && cd /data/many && seq 10000 | xargs touch');
    expect((await new ShellFiles(engine, running).list('/data/many', never)).entries).toHaveLength(10_000);
  });

  describe('folders', () => {
    const work = mkdtempSync(join(tmpdir(), 'quayside-files-'));
    const sums =
      'find . -type f -exec sha256sum {} + | sort; find . -type l -exec sh -c \'for l; do echo "$l $(readlink "$l")"; done\' sh {} + | sort';
    const here = (folder: string): string =>
      execFileSync('sh', ['-c', sums], { cwd: folder, encoding: 'utf8' });
    const through: Meter = (pieces) => pieces;
    const place = (id: string): FilePlace => ({ engineId: 'e', kind: 'container', id });
    const files = (): PlaceFiles =>
      new PlaceFiles(({ id }) =>
        Promise.resolve({ engine, containerId: id, root: '', done: () => undefined }),
      );

    afterAll(() => {
      rmSync(work, { recursive: true, force: true });
    });

    test('come down and go up as they are, checksum by checksum', async () => {
      await inside(
        'mkdir -p "/data/up and down/deep" && cd "/data/up and down" && head -c 3000000 /dev/urandom > big && echo x > "deep/a b" && ln -s ../big deep/link && ln -s /etc out && mkdir void',
      );
      const target = join(work, 'down');
      expect(await files().download(place(running), '/data/up and down', target, through, never)).toEqual({
        files: 4,
        leftOut: 0,
      });
      expect(here(target)).toBe(await inside(`cd "/data/up and down" && ${sums}`));
      expect(existsSync(join(target, 'void'))).toBe(true);
      for (const id of [
        running,
        await sandbox.create('up-stopped', 'quay/tools:1'),
        await sandbox.run('up-bare', 'quay/noshell:1'),
      ]) {
        await files().upload(place(id), '/etc', [target], through, never);
        const again = join(work, `again-${id}`);
        await files().download(place(id), '/etc/down', again, through, never);
        expect(here(again)).toBe(here(target));
      }
    });

    test('replace what was there only once they are whole, and leave nothing when they are given up', async () => {
      const target = join(work, 'kept');
      mkdirSync(target);
      writeFileSync(join(target, 'mine'), 'mine');
      const given = new AbortController();
      const stopping: Meter = async function* (pieces) {
        for await (const piece of pieces) {
          yield piece;
          given.abort();
        }
      };
      const failure = await failureOf(
        files().download(place(running), '/data', target, stopping, given.signal),
      );
      expect(failure).toMatchObject({ reason: 'cancelled' });
      expect(readdirSync(target)).toEqual(['mine']);
      expect(readdirSync(work).filter((name) => name.includes('.part'))).toEqual([]);
      await files().download(place(running), '/data/numbers', target, through, never);
      expect(readdirSync(target)).toHaveLength(300);
    });

    test('one file comes by its own name or another, through links', async () => {
      await files().download(place(running), `${odd}/link-to-file`, join(work, 'renamed'), through, never);
      expect(readFileSync(join(work, 'renamed'), 'utf8')).toBe('space\n');
      expect(
        await failureOf(files().download(place(running), '/data/pipe', join(work, 'pipe'), through, never)),
      ).toMatchObject({ problem: 'special' });
    });

    test('of a volume are reached through a container that goes again', async () => {
      const volume = sandbox.name('vol');
      await sandbox.bed.cli(['volume', 'create', volume]);
      const helpers = new VolumeHelpers({
        clock: systemClock,
        onMade: () => undefined,
      });
      const volumes = new PlaceFiles(async ({ id }, signal) => ({
        engine,
        root: volumeFolder,
        ...(await helpers.use('e', engine, id, signal)),
      }));
      const inVolume = { engineId: 'e', kind: 'volume', id: volume } as const;
      await volumes.makeFolder(inVolume, '/sub', never);
      await volumes.write(inVolume, '/sub/file', text('in a volume'), never);
      await volumes.rename(inVolume, '/sub/file', '/sub/other', never);
      expect((await volumes.list(inVolume, '/', never)).entries.map(({ name }) => name)).toEqual(['sub']);
      expect(await failureOf(volumes.read(inVolume, '/none', 10, never))).toMatchObject({ path: '/none' });
      expect(
        await sandbox.bed.cli(['run', '--rm', `--volume=${volume}:/v`, 'busybox', 'cat', '/v/sub/other']),
      ).toBe('in a volume');
      await helpers.release('e', volume);
      await engine.removeVolume(volume, never);
      expect(await failureOf(volumes.list(inVolume, '/', never))).toMatchObject({ reason: 'notFound' });
    });
  });

  async function inside(script: string): Promise<string> {
    return sandbox.bed.cli(['exec', running, 'sh', '-c', script]);
  }
});

function text(content: string): Uint8Array {
  return new TextEncoder().encode(content);
}

async function read(access: FilesAccess, path: string): Promise<string> {
  return Buffer.from(await access.read(path, 1000, never)).toString();
}

function word({ kind, link }: FileEntry): string {
  return kind === 'link' ? `link → ${link?.kind ?? 'nothing'}` : kind;
}
