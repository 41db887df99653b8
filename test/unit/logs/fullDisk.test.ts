import { execFileSync } from 'node:child_process';
import { mkdirSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { LogSession } from '../../../src/logs/logSession.ts';
import { LogSources } from '../../../src/logs/logSources.ts';
import { Spool } from '../../../src/logs/spool/spool.ts';
import { SpoolFiles } from '../../../src/logs/spool/spoolFiles.ts';
import { type LogState, showAll } from '../../../src/model/log.ts';
import { FakeClock, settle } from '../../support/fakeClock.ts';
import { FakeLog } from '../../support/fakeLog.ts';
import { tempFolder, textsOf, unlimited } from './rows.ts';

const isRoot = process.getuid?.() === 0;

/** A disk of its own of so many megabytes, which can grow. */
function smallDisk(megabytes: number): {
  readonly folder: string;
  grow(megabytes: number): void;
  setWritable(isWritable: boolean): void;
} {
  const folder = tempFolder();
  mkdirSync(folder);
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${String(megabytes)}m`, 'quayside', folder]);
  onTestFinished(() => {
    execFileSync('umount', ['--lazy', folder]);
  });
  return {
    folder,
    grow: (to) => {
      execFileSync('mount', ['-o', `remount,size=${String(to)}m`, folder]);
    },
    setWritable: (isWritable) => {
      execFileSync('mount', ['-o', `remount,${isWritable ? 'rw' : 'ro'}`, folder]);
    },
  };
}

interface Bed {
  readonly spool: Spool;
  readonly session: LogSession;
  readonly sources: LogSources;
  open(...logs: readonly FakeLog[]): Promise<void>;
  rest(): Promise<void>;
  state(): LogState;
}

function bed(folder: string): Bed {
  const spool = new Spool(new SpoolFiles(join(folder, 'spool')), 1e9);
  const clock = new FakeClock();
  const life = new AbortController();
  const session = new LogSession({ spool, clock, limit: unlimited, onUpdate: () => undefined });
  const sources = new LogSources({ spool, session, clock, signal: life.signal });
  onTestFinished(() => {
    life.abort();
    session.dispose();
    spool.dispose();
  });
  const rest = async (): Promise<void> => {
    for (let turn = 0; turn < 300; turn++) await settle();
    clock.advance(250);
    for (let turn = 0; turn < 300; turn++) await settle();
  };
  return {
    spool,
    session,
    sources,
    rest,
    state: () => session.snapshot({ tailRows: 0 }, showAll).state,
    open: async (...logs) => {
      sources.open(
        logs.map(({ engine }, at) => {
          const name = String.fromCharCode(97 + at);
          return { ref: `e/container/${name}`, name, engine, containerId: name };
        }),
      );
      await rest();
    },
  };
}

const line = (name: string, number: number): string => `${name}${String(number)} ${'.'.repeat(500)}`;
const lines = (name: string, from: number, to: number): string[] =>
  Array.from({ length: to - from }, (_, at) => line(name, from + at));

function write(log: FakeLog, name: string, from: number, to: number): void {
  for (let at = from; at < to; at++) log.write(line(name, at), at * 1_000_000);
}

const told = (spool: Spool): string[] => textsOf(spool).filter((text) => text.startsWith('<'));
const said = (spool: Spool, name: string): string[] => textsOf(spool).filter((text) => text.startsWith(name));

describe.runIf(isRoot)('a log on a disk that is full', () => {
  test('says so in its last row, keeps what it has, waits, and goes on without a line lost or doubled', async () => {
    const disk = smallDisk(1);
    const { spool, session, open, rest, state } = bed(disk.folder);
    const log = new FakeLog();
    write(log, 'a', 0, 200);
    await open(log);
    write(log, 'a', 200, 8000);
    await rest();
    expect(state()).toMatchObject({ halt: 'diskFull', phase: 'following' });
    expect(textsOf(spool).at(-1)).toBe('<diskFull>');
    const kept = said(spool, 'a');
    expect(kept.length).toBeGreaterThan(500);
    expect(kept).toEqual(lines('a', 0, kept.length));
    // It reads no further, whatever comes, and trying again changes nothing while there is no room.
    write(log, 'a', 8000, 8100);
    session.resume();
    await rest();
    expect(textsOf(spool)).toEqual([...kept, '<diskFull>']);
    expect(statfsSync(disk.folder).bavail).toBeLessThan(70);
    disk.grow(2);
    session.resume();
    await rest();
    expect(told(spool)).toEqual(['<diskFull>', '<diskRoom>', '<diskFull>']);
    disk.grow(50);
    session.resume();
    await rest();
    expect(state().halt).toBeUndefined();
    expect(said(spool, 'a')).toEqual(lines('a', 0, 8100));
    expect(told(spool)).toEqual(['<diskFull>', '<diskRoom>', '<diskFull>', '<diskRoom>']);
  });

  test('says of older lines that there is no room for them, gives back what they took, and reads them later', async () => {
    const disk = smallDisk(1);
    const { spool, sources, open, rest, state } = bed(disk.folder);
    const log = new FakeLog();
    write(log, 'a', 0, 6000);
    await open(log);
    sources.more(false);
    await rest();
    expect(state()).toMatchObject({ history: { phase: 'diskFull' }, halt: undefined });
    expect(said(spool, 'a')).toEqual(lines('a', 5800, 6000));
    expect(told(spool)).toEqual([]);
    // The new lines still have their room.
    write(log, 'a', 6000, 6400);
    await rest();
    expect(state().halt).toBeUndefined();
    disk.grow(50);
    sources.more(true);
    await rest();
    expect(state().history.phase).toBe('complete');
    expect(said(spool, 'a')).toEqual(lines('a', 0, 6400));
  });

  test('keeps the lines of several containers, each once', async () => {
    const disk = smallDisk(1);
    const { spool, session, sources, open, rest, state } = bed(disk.folder);
    const logs = ['a', 'b'].map((name) => {
      const log = new FakeLog();
      write(log, name, 0, 400);
      return log;
    });
    await open(...logs);
    for (const [at, log] of logs.entries()) write(log, at === 0 ? 'a' : 'b', 400, 3000);
    await rest();
    expect(state().halt).toBe('diskFull');
    disk.grow(50);
    session.resume();
    await rest();
    sources.more(true);
    await rest();
    expect(state()).toMatchObject({ halt: undefined, history: { phase: 'complete' } });
    for (const name of ['a', 'b']) expect(said(spool, name)).toEqual(lines(name, 0, 3000));
  });

  test('opens although there is no room for anything at all', async () => {
    const disk = smallDisk(1);
    execFileSync('dd', [
      'if=/dev/zero',
      `of=${join(disk.folder, 'filler')}`,
      'bs=4096',
      'count=256',
      'status=none',
    ]);
    const { spool, session, open, rest, state } = bed(disk.folder);
    const log = new FakeLog();
    write(log, 'a', 0, 200);
    await open(log);
    write(log, 'a', 200, 900);
    await rest();
    expect(state().halt).toBe('diskFull');
    disk.grow(50);
    session.resume();
    await rest();
    expect(said(spool, 'a')).toEqual(lines('a', 0, 900));
  });
});

describe.runIf(isRoot)('a log on a disk that must not be written to', () => {
  test('says where and why in its last row, keeps what it has, waits, and goes on without a line lost or doubled', async () => {
    const disk = smallDisk(50);
    disk.setWritable(false);
    const { spool, session, open, rest, state } = bed(disk.folder);
    const log = new FakeLog();
    write(log, 'a', 0, 100);
    await open(log);
    write(log, 'a', 100, 3000);
    await rest();
    expect(state()).toMatchObject({ halt: 'spoolFailed', phase: 'following' });
    expect(spool.row(spool.end - 1)).toMatchObject({
      event: {
        kind: 'spoolFailed',
        folder: join(disk.folder, 'spool'),
        reason: 'EROFS: read-only file system',
      },
    });
    const kept = said(spool, 'a');
    expect(kept.length).toBeGreaterThan(100);
    expect(kept).toEqual(lines('a', 0, kept.length));
    session.resume();
    await rest();
    expect(textsOf(spool)).toEqual([...kept, '<spoolFailed>']);
    disk.setWritable(true);
    session.resume();
    await rest();
    expect(state().halt).toBeUndefined();
    expect(said(spool, 'a')).toEqual(lines('a', 0, 3000));
    expect(told(spool)).toEqual(['<spoolFailed>', '<spoolWorks>']);
  });

  test('says of older lines why they are not read, and reads them later', async () => {
    const disk = smallDisk(50);
    disk.setWritable(false);
    const { spool, sources, open, rest, state } = bed(disk.folder);
    const log = new FakeLog();
    write(log, 'a', 0, 3000);
    await open(log);
    sources.more(false);
    await rest();
    const reason = `${join(disk.folder, 'spool')}: EROFS: read-only file system`;
    expect(state()).toMatchObject({ history: { phase: 'failed', reason }, halt: undefined });
    disk.setWritable(true);
    sources.more(true);
    await rest();
    expect(state().history.phase).toBe('complete');
    expect(said(spool, 'a')).toEqual(lines('a', 0, 3000));
  });
});
