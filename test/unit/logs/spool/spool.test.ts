import { existsSync, readdirSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Spool } from '../../../../src/logs/spool/spool.ts';
import { SpoolFiles, type SpoolPlace } from '../../../../src/logs/spool/spoolFiles.ts';
import { type SpoolRow, maxBlockRows } from '../../../../src/logs/spool/block.ts';
import { DiskFullError } from '../../../../src/logs/spool/spoolWriteError.ts';
import type { LogRow } from '../../../../src/model/log.ts';
import {
  append,
  blockful,
  blockfulBytes,
  eventRow,
  openSpool,
  prepend,
  row,
  spoolOf,
  tempFolder,
  textsOf,
  withSpool,
} from '../rows.ts';

const numbered = (from: number, to: number): SpoolRow[] =>
  Array.from({ length: to - from }, (_, at) => row(`line ${String(from + at)}`));

/** What should come back of a row. */
function readBack({
  kind,
  at,
  isStderr,
  isContinuation,
  isTraceLine,
  level,
  source,
  data,
}: SpoolRow): LogRow {
  const text = Buffer.from(data).toString('utf8');
  if (kind === 'event') return { kind, at: at ?? 0, source, event: JSON.parse(text) as never };
  const stream = isStderr ? 'stderr' : 'stdout';
  return { kind, stream, at, level, source, text, isContinuation, isTraceLine };
}

describe('Spool', () => {
  test('gives back what was appended, whatever it is, from memory and from disk', () => {
    const rows = [
      row(''),
      row('grüße 世界 🎉', { at: 1_800_000_000_123, level: 3, source: 7, isStderr: true }),
      row(Uint8Array.of(0xff, 0x41, 0xc3, 0x00, 0xe2, 0x82)),
      row('\u0000 and \u001b[31mred'),
      row('y'.repeat(1_000_000), { isContinuation: true }),
      eventRow({ kind: 'exited', exitCode: 137, outOfMemory: true }, { at: 5, source: 65_535 }),
      row('  at Foo.bar(Foo.java:7)', { isTraceLine: true, level: 6 }),
      row('before 1970', { at: -1 }),
    ];
    const spool = spoolOf(rows);
    const expected = rows.map(readBack);
    expect(rows.map((_, at) => spool.row(at))).toEqual(expected);
    append(spool, [...numbered(0, 3 * maxBlockRows), blockful]);
    expect(rows.map((_, at) => spool.row(at))).toEqual(expected);
  });

  test('copies what it keeps: the connection’s memory is used again', () => {
    const spool = openSpool();
    const data = Buffer.from('kept');
    spool.append(row(data));
    data.fill('x');
    expect(textsOf(spool)).toEqual(['kept']);
  });

  test('numbers stay when older rows come before, several times and in several blocks', () => {
    const spool = spoolOf(numbered(0, 2000));
    const known = [0, 1, 1023, 1024, 1999];
    prepend(spool, numbered(-2500, 0));
    prepend(spool, [row('b'), row('c')]);
    append(spool, numbered(2000, 2010));
    prepend(spool, [row('a')]);
    expect({ firstRow: spool.firstRow, end: spool.end }).toEqual({ firstRow: -2503, end: 2010 });
    for (const number of [...known, -1, -2500, 2009])
      expect(spool.row(number)).toMatchObject({ text: `line ${String(number)}` });
    expect([-2503, -2502, -2501].map((number) => spool.row(number))).toMatchObject([
      { text: 'a' },
      { text: 'b' },
      { text: 'c' },
    ]);
  });

  test('shows nothing of older rows before they are committed', () => {
    const spool = spoolOf(['now']);
    const older = spool.older();
    for (const each of numbered(-3000, 0)) older.add(each);
    expect(older.count).toBe(3000);
    expect(spool.extent).toEqual({ firstRow: 0, endRow: 1, lines: 1, droppedLines: 0 });
    older.commit();
    expect(spool.extent).toEqual({ firstRow: -3000, endRow: 1, lines: 3001, droppedLines: 0 });
  });

  test('takes older rows also before anything was appended', () => {
    const spool = openSpool();
    prepend(spool, ['a', 'b']);
    append(spool, ['c']);
    expect(spool.firstRow).toBe(-2);
    expect(textsOf(spool)).toEqual(['a', 'b', 'c']);
  });

  test('has no row outside of what it holds', () => {
    const spool = openSpool();
    expect(spool.row(0)).toBeUndefined();
    append(spool, ['a']);
    prepend(spool, ['b']);
    expect([-2, 1].map((number) => spool.row(number))).toEqual([undefined, undefined]);
    expect([-2, 1].map((number) => spool.blockOf(number))).toEqual([undefined, undefined]);
  });

  test('counts neither continuations nor events as lines', () => {
    const spool = spoolOf(['a', row('b', { isContinuation: true }), eventRow({ kind: 'started' }), 'c']);
    prepend(spool, [row('d', { isContinuation: true }), 'e']);
    expect(spool.extent).toMatchObject({ firstRow: -2, endRow: 4, lines: 3 });
  });

  test('knows of each block the times, the levels, and whether there is anything special in it', () => {
    const spool = spoolOf([
      row('a', { at: 50, level: 3 }),
      row('b', { at: 20, level: 5 }),
      row('c', { level: 5 }),
      eventRow({ kind: 'started' }, { at: 90 }),
    ]);
    expect(spool.blocks).toMatchObject([{ from: 20, to: 90, isPlain: true, hasTrace: false }]);
    expect([...(spool.blocks[0]?.levels ?? [])]).toEqual([0, 0, 0, 1, 0, 2, 0]);
    append(spool, [row('\u001b[1mbold', { isTraceLine: true })]);
    expect(spool.blocks).toMatchObject([{ isPlain: false, hasTrace: true }]);
    expect(spoolOf(['untimed']).blocks).toMatchObject([{ from: Number.NaN, to: Number.NaN }]);
  });

  test('drops the oldest blocks when the budget is spent, and counts their lines', () => {
    const spool = openSpool(2.5 * blockfulBytes);
    append(spool, [row('first', { isContinuation: true }), 'second', blockful]);
    append(spool, [blockful, 'last']);
    expect(spool.extent).toEqual({ firstRow: 0, endRow: 5, lines: 4, droppedLines: 0 });
    append(spool, [blockful]);
    expect(spool.extent).toEqual({ firstRow: 3, endRow: 6, lines: 3, droppedLines: 2 });
    expect(spool.row(2)).toBeUndefined();
    expect(spool.row(4)).toMatchObject({ text: 'last' });
  });

  test('takes nothing older any more once something was dropped: there would be a hole', () => {
    const files = new SpoolFiles(tempFolder());
    const spool = new Spool(files, 2.5 * blockfulBytes);
    const early = spool.older();
    early.add(row('older'));
    append(spool, Array<SpoolRow>(3).fill(blockful));
    expect(spool.extent.droppedLines).toBe(1);
    expect(spool.isFull).toBe(true);
    const { usedBytes } = files;
    expect(early.commit()).toBe(false);
    prepend(spool, ['older still']);
    expect(files.usedBytes).toBe(usedBytes);
    expect(spool.extent).toMatchObject({ firstRow: 1, endRow: 3, lines: 2 });
    expect(textsOf(spool).includes('older')).toBe(false);
    spool.dispose();
  });

  test('says that it is full as soon as the budget is spent', () => {
    const spool = openSpool(1.5 * blockfulBytes);
    append(spool, [blockful]);
    expect(spool.isFull).toBe(false);
    const older = spool.older();
    older.add(blockful);
    expect(spool.isFull).toBe(true);
    older.discard();
    expect(spool.isFull).toBe(false);
  });

  test('leaves nothing on disk', () => {
    const folder = tempFolder();
    const spool = new Spool(new SpoolFiles(folder), Number.MAX_SAFE_INTEGER);
    append(spool, [blockful, 'open']);
    expect(readdirSync(folder)).toHaveLength(1);
    spool.dispose();
    expect(existsSync(folder)).toBe(false);
  });

  test('is what a plain list would be, whatever comes at either end', () => {
    const anyRow = fc.oneof(
      { weight: 1, arbitrary: fc.constant(blockful) },
      {
        weight: 20,
        arbitrary: fc
          .record({
            text: fc.oneof(fc.string({ unit: 'binary', maxLength: 12 }), fc.uint8Array({ maxLength: 12 })),
            at: fc.option(fc.integer(), { nil: undefined }),
            isContinuation: fc.boolean(),
            isTraceLine: fc.boolean(),
            isStderr: fc.boolean(),
            level: fc.nat({ max: 6 }),
            source: fc.nat({ max: 3 }),
          })
          .map(({ text, ...parts }) => row(text, parts)),
      },
      { weight: 2, arbitrary: fc.integer().map((at) => eventRow({ kind: 'started' }, { at })) },
    );
    const rows = fc.array(anyRow, { maxLength: 30 });
    const step = fc.record({ kind: fc.constantFrom('append', 'older', 'discard'), rows });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        withSpool((spool) => {
          const model: SpoolRow[] = [];
          let firstRow = 0;
          for (const { kind, rows: added } of steps) {
            if (kind === 'append') {
              append(spool, added);
              model.push(...added);
            } else {
              const older = spool.older();
              for (const each of added) older.add(each);
              if (kind === 'discard') {
                older.discard();
                continue;
              }
              older.commit();
              model.unshift(...added);
              firstRow -= added.length;
            }
          }
          const isLine = ({ kind, isContinuation }: SpoolRow): boolean => kind === 'line' && !isContinuation;
          const lines = model.filter(isLine).length;
          for (const at of [-1, 0, 1, model.length >> 1, model.length, model.length + 1])
            expect(spool.linesBefore(firstRow + at)).toBe(
              model.slice(0, Math.max(0, at)).filter(isLine).length,
            );
          const endRow = firstRow + model.length;
          expect(spool.extent).toEqual({ firstRow, endRow, lines, droppedLines: 0 });
          expect(model.map((_, at) => spool.row(firstRow + at))).toEqual(model.map(readBack));
          let next = firstRow;
          for (const block of spool.blocks) {
            expect(block.firstRow).toBe(next);
            for (const number of [next, next + block.count - 1])
              expect(spool.blockOf(number)).toMatchObject({ firstRow: block.firstRow, count: block.count });
            next += block.count;
          }
          expect(next).toBe(endRow);
        });
      }),
    );
  }, 30_000);
});

/** A disk that is full when the test says so; `fullDisk.test.ts` has a real one. */
class SmallDisk extends SpoolFiles {
  isFull = false;

  override append(data: Uint8Array): SpoolPlace {
    if (this.isFull) throw new DiskFullError('', undefined);
    return super.append(data);
  }
}

describe('Spool on a full disk', () => {
  test('throws, and keeps what it has', () => {
    const disk = new SmallDisk(tempFolder());
    const spool = new Spool(disk, Number.MAX_SAFE_INTEGER);
    append(spool, numbered(0, 2 * maxBlockRows - 1));
    disk.isFull = true;
    append(spool, numbered(2 * maxBlockRows - 1, 2 * maxBlockRows));
    for (let n = 0; n < 3; n++)
      expect(() => {
        spool.append(row('not taken'));
      }).toThrow(DiskFullError);
    spool.appendLast(row('the last word'));
    const kept = Array.from({ length: 2 * maxBlockRows }, (_, at) => `line ${String(at)}`);
    expect(textsOf(spool)).toEqual([...kept, 'the last word']);
    disk.isFull = false;
    append(spool, ['after']);
    expect(textsOf(spool)).toEqual([...kept, 'the last word', 'after']);
    spool.dispose();
  });

  test('throws for older rows too, which can be given up then', () => {
    const disk = new SmallDisk(tempFolder());
    const spool = new Spool(disk, Number.MAX_SAFE_INTEGER);
    const older = spool.older();
    older.add(blockful);
    disk.isFull = true;
    expect(() => {
      older.add(blockful);
    }).toThrow(DiskFullError);
    older.discard();
    expect(disk.usedBytes).toBe(0);
    expect(spool.extent).toMatchObject({ firstRow: 0, lines: 0 });
    spool.dispose();
  });

  test('gives up older rows as a whole when their last ones find no room', () => {
    const disk = new SmallDisk(tempFolder());
    const spool = new Spool(disk, Number.MAX_SAFE_INTEGER);
    const older = spool.older();
    older.add(blockful);
    older.add(row('last'));
    disk.isFull = true;
    expect(() => {
      older.commit();
    }).toThrow(DiskFullError);
    expect(spool.extent).toMatchObject({ firstRow: 0, lines: 0 });
    older.discard();
    expect(disk.usedBytes).toBe(0);
    spool.dispose();
  });
});
