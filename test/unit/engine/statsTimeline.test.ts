import { expect, test } from 'vitest';
import { StatsTimeline } from '../../../src/engine/statsTimeline.ts';
import { sample } from '../../support/samples.ts';

const second = 1000;

test('gives a value for each moment, and none where nothing was measured', () => {
  const timeline = new StatsTimeline(60 * second);
  timeline.push(1 * second, new Map([['a', sample({ cpuPercent: 1 })]]));
  timeline.push(2 * second, new Map([['b', sample({ cpuPercent: undefined, pids: 5 })]]));
  timeline.push(3 * second, new Map([['a', sample({ cpuPercent: 3 })]]));
  expect(timeline.times(0)).toEqual([1 * second, 2 * second, 3 * second]);
  expect(timeline.values('a', 'cpuPercent', 0)).toEqual([1, null, 3]);
  expect(timeline.values('b', 'cpuPercent', 0)).toEqual([null, null, null]);
  expect(timeline.values('b', 'pids', 2 * second)).toEqual([5, null]);
  expect(timeline.values('c', 'pids', 0)).toEqual([null, null, null]);
});

test('keeps as long as it should and little longer, over blocks', () => {
  const timeline = new StatsTimeline(120 * second);
  for (let n = 1; n <= 400; n++) timeline.push(n * second, new Map([['a', sample({ cpuPercent: n })]]));
  const times = timeline.times(0);
  expect(times.at(-1)).toBe(400 * second);
  expect(times.length).toBeGreaterThan(120);
  expect(times.length).toBeLessThanOrEqual(120 + 2 * 60);
  expect(timeline.values('a', 'cpuPercent', 398 * second)).toEqual([398, 399, 400]);
});
