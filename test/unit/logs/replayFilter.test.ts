import { describe, expect, test } from 'vitest';
import type { StampedLine } from '../../../src/logs/lineSplitter.ts';
import { ReplayFilter } from '../../../src/logs/replayFilter.ts';
import { stamped } from './lines.ts';

function read(filter: ReplayFilter, lines: readonly StampedLine[]): string[] {
  return lines.flatMap((line) => {
    if (filter.judge(line) !== 'new') return [];
    filter.remember(line);
    return [line.text];
  });
}

const line = (text: string, nanos: number, stream: 'stdout' | 'stderr' = 'stdout'): StampedLine =>
  stamped(text, { nanos: nanos * 1_000_000, stream });

describe('ReplayFilter', () => {
  test('asks for nothing before anything was read', () => {
    expect(new ReplayFilter().since).toBeUndefined();
  });

  test('begins again shortly before the last stamp, but not before the first', () => {
    const filter = new ReplayFilter();
    read(filter, [line('a', 1), line('b', 2)]);
    expect(filter.since).toBe('1000.001000000');
    read(filter, [stamped('c', { seconds: 1010, nanos: 100_000_000 })]);
    expect(filter.since).toBe('1009.850000000');
  });

  test('drops what comes again and keeps what is new', () => {
    const filter = new ReplayFilter();
    read(filter, [line('a', 1), line('b', 2), line('c', 2)]);
    filter.expectReplay();
    expect(read(filter, [line('b', 2), line('c', 2), line('d', 2), line('e', 3)])).toEqual(['d', 'e']);
  });

  test('counts equal lines of one moment: a third one is new', () => {
    const filter = new ReplayFilter();
    read(filter, [line('tick', 5), line('tick', 5)]);
    filter.expectReplay();
    expect(read(filter, [line('tick', 5), line('tick', 5), line('tick', 5)])).toEqual(['tick']);
  });

  test('goes by a clock that was set back, and takes nothing from before that for new', () => {
    const filter = new ReplayFilter();
    const ahead = Array.from({ length: 5 }, (_, at) =>
      stamped(`ahead ${String(at)}`, { seconds: 9000 + at }),
    );
    const right = Array.from({ length: 5 }, (_, at) =>
      stamped(`right ${String(at)}`, { seconds: 1000 + at }),
    );
    read(filter, [...ahead, ...right]);
    expect(filter.since).toBe('1003.750000000');
    for (let n = 0; n < 2; n++) {
      filter.expectReplay();
      const fresh = stamped(`fresh ${String(n)}`, { seconds: 1005 + n });
      expect(read(filter, [...ahead, ...right, fresh])).toEqual([fresh.text]);
      right.push(fresh);
    }
  });

  test('tells streams apart', () => {
    const filter = new ReplayFilter();
    read(filter, [line('x', 5), line('y', 5)]);
    filter.expectReplay();
    expect(read(filter, [line('x', 5), line('x', 5, 'stderr')])).toEqual(['x']);
  });

  test('neither loses nor doubles lines whose stamps are out of order', () => {
    const filter = new ReplayFilter();
    read(filter, [line('out 5', 5), line('err 7', 7, 'stderr')]);
    filter.expectReplay();
    const again = [line('out 5', 5), line('err 7', 7, 'stderr'), line('out 6', 6), line('out 8', 8)];
    expect(read(filter, again)).toEqual(['out 6', 'out 8']);
  });

  test('drops what is from before the first line that was read', () => {
    const filter = new ReplayFilter();
    read(filter, [line('b', 5)]);
    filter.expectReplay();
    expect(read(filter, [line('a', 5), line('b', 5), line('c', 6)])).toEqual(['c']);
  });

  test('says that there may be a gap when the known end did not come again', () => {
    const filter = new ReplayFilter();
    read(filter, [line('a', 1)]);
    filter.expectReplay();
    expect(filter.judge(line('z', 900))).toBe('gap');
  });

  test('is ready for a third connection', () => {
    const filter = new ReplayFilter();
    read(filter, [line('a', 1)]);
    for (const next of [2, 3, 4]) {
      filter.expectReplay();
      const known = Array.from({ length: next - 1 }, (_, at) => line('a', at + 1));
      expect(read(filter, [...known, line('a', next)])).toEqual(['a']);
    }
  });

  test('remembers within bounds', () => {
    const filter = new ReplayFilter();
    const big = 'x'.repeat(60_000);
    for (let at = 0; at < 1000; at++) {
      const next = stamped(big, { nanos: at });
      filter.remember(next);
    }
    // 8 MB of the 60 MB, all within one moment: what was forgotten is not asked for either.
    expect(Number(filter.since?.split('.')[1])).toBeGreaterThan(800);
  });
});
