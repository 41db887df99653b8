import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BlockBuilder, BlockReader, maxBlockRows, type SpoolRow } from '../../../../src/logs/spool/block.ts';
import { blockful, eventRow, row } from '../rows.ts';

const anyRow = fc
  .record({
    data: fc.oneof(fc.uint8Array({ maxLength: 40 }), fc.string({ unit: 'binary' }).map(Buffer.from)),
    at: fc.option(fc.double({ noNaN: true }), { nil: undefined }),
    isContinuation: fc.boolean(),
    isTraceLine: fc.boolean(),
    isStderr: fc.boolean(),
    level: fc.nat({ max: 255 }),
    source: fc.nat({ max: 65_535 }),
  })
  // A line feed ends a row: there is none in one.
  .map(({ data, ...parts }) =>
    row(
      Uint8Array.from(data, (byte) => (byte === 10 ? 32 : byte)),
      parts,
    ),
  );

function build(rows: readonly SpoolRow[], builder = new BlockBuilder()): BlockReader {
  for (const each of rows) builder.add(each);
  return new BlockReader(builder.build());
}

/** All that a block says of its rows. */
function contents(block: BlockReader): readonly unknown[] {
  return Array.from({ length: block.count }, (_, at) => [
    block.timeOf(at),
    block.levelOf(at),
    block.sourceOf(at),
    block.isLine(at),
    block.isStderr(at),
    block.isContinuation(at),
    block.isTraceLine(at),
    block.textOf(at),
  ]);
}

function expected(rows: readonly SpoolRow[]): readonly unknown[] {
  return rows.map((each) => [
    each.at,
    each.level,
    each.source,
    each.kind === 'line',
    each.isStderr,
    each.isContinuation,
    each.isTraceLine,
    Buffer.from(each.data).toString('utf8'),
  ]);
}

describe('a block', () => {
  test('gives back the rows that it was made of', () => {
    fc.assert(
      fc.property(fc.array(anyRow, { maxLength: 80 }), (rows) => {
        expect(contents(build(rows))).toEqual(expected(rows));
      }),
    );
  });

  test('has each text where its start says, with a line feed behind', () => {
    fc.assert(
      fc.property(fc.array(anyRow, { maxLength: 20 }), (rows) => {
        const { texts, textStarts } = build(rows);
        const cut = rows.map((_, at) => texts.subarray(textStarts[at], textStarts[at + 1]));
        expect(cut.map((text) => [...text])).toEqual(rows.map(({ data }) => [...data, 10]));
        expect(textStarts[rows.length]).toBe(texts.length);
      }),
    );
  });

  test('can be read before it is full, and again with what came since', () => {
    const builder = new BlockBuilder();
    expect(build([], builder).count).toBe(0);
    expect(build([row('a')], builder).textOf(0)).toBe('a');
    const reader = build([row('b')], builder);
    expect([0, 1].map((at) => reader.textOf(at))).toEqual(['a', 'b']);
  });

  test('is not changed by what the builder does next', () => {
    const builder = new BlockBuilder();
    const first = build([row('first')], builder);
    builder.clear();
    expect(builder.count).toBe(0);
    expect(build([row('other'), row('more')], builder).count).toBe(2);
    expect(contents(first)).toEqual(expected([row('first')]));
  });

  test('is full by its rows or by its bytes', () => {
    const byRows = new BlockBuilder();
    for (let at = 0; at < maxBlockRows - 1; at++) byRows.add(row(''));
    expect(byRows.isFull).toBe(false);
    byRows.add(row(''));
    expect(byRows.isFull).toBe(true);
    const byBytes = new BlockBuilder();
    byBytes.add(blockful);
    expect(byBytes.isFull).toBe(true);
  });

  test('gives events back as they were told', () => {
    const event = { kind: 'refused', reason: 'line\nfeed “and” quotes' } as const;
    expect(build([eventRow(event, { at: 7, source: 2 })]).row(0)).toEqual({
      kind: 'event',
      at: 7,
      source: 2,
      event,
    });
  });
});
