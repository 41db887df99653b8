import { expect, test } from 'vitest';
import type { StatsRow } from '../../../src/protocol/stats.ts';
import { KnownRows, mergeChanges } from '../../../src/protocol/statsChanges.ts';
import { sample } from '../../support/samples.ts';

const row = (name: string, cpuPercent = 0): StatsRow => ({
  ...sample({ cpuPercent }),
  key: name,
  name,
  engineName: '',
  state: 'running',
  isOffline: false,
  isLive: true,
});

const moments: readonly (readonly StatsRow[])[] = [
  [row('a'), row('b')],
  [row('a'), row('b', 5), row('c')],
  [row('b', 5), row('c')],
  [row('a', 1), row('b', 5)],
];

test('only what reads differently is sent', () => {
  const sent = new KnownRows();
  sent.restart([row('a'), row('b'), row('old')]);
  const changes = sent.changesTo([row('a'), row('b', 5), row('new')], 7);
  expect(changes).toEqual({ at: 7, rows: [row('b', 5), row('new')], gone: ['old'] });
});

test.each([1, 2, 3])(
  'a page that gets every %s moments merged into one shows the same at the end',
  (size) => {
    const sent = new KnownRows();
    const page = new KnownRows();
    const waiting: ReturnType<KnownRows['changesTo']>[] = [];
    for (const [at, rows] of moments.entries()) {
      const changes = sent.changesTo(rows, at);
      sent.take(changes);
      waiting.push(changes);
      if (waiting.length === size || at === moments.length - 1)
        page.take(waiting.splice(0).reduce(mergeChanges));
    }
    const byName = (one: StatsRow, other: StatsRow): number => (one.name < other.name ? -1 : 1);
    expect(page.all.toSorted(byName)).toEqual(moments.at(-1)?.toSorted(byName));
  },
);
