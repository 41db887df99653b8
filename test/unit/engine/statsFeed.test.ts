import { afterEach, expect, test } from 'vitest';
import { nullLogger } from '../../../src/base/logger.ts';
import { EngineSet } from '../../../src/engine/engineSet.ts';
import { StatsFeed } from '../../../src/engine/statsFeed.ts';
import { isInStatsScope, type StatsScope } from '../../../src/model/statsScope.ts';
import { container, event, stopped } from '../../support/builders.ts';
import { FakeClock, settle } from '../../support/fakeClock.ts';
import { FakeEngine } from '../../support/fakeEngine.ts';
import { sample } from '../../support/samples.ts';

interface Stage {
  readonly engine: FakeEngine;
  readonly clock: FakeClock;
  readonly feed: StatsFeed;
  moments(): number;
  streams(): readonly string[];
}

const open: { dispose(): void }[] = [];

afterEach(() => {
  for (const each of open.splice(0)) each.dispose();
});

const web = container('web');
const idle = stopped('idle');

async function stage(scope: StatsScope = { kind: 'all' }): Promise<Stage> {
  const engine = new FakeEngine({ container: [web, idle] });
  engine.samples = [sample({ cpuPercent: 7 })];
  const clock = new FakeClock();
  const engines = new EngineSet(nullLogger, clock);
  const description = {
    id: 'e',
    name: 'default',
    address: '',
    isLocal: true,
    endpoint: undefined,
    open: () => engine,
  };
  engines.update([description]);
  engines.get('e')?.store.connect();
  await settle();
  let moments = 0;
  const feed = new StatsFeed({
    engines,
    includes: (_key, container, engineId) => isInStatsScope(scope, engineId, container),
    clock,
    onMoment: () => moments++,
  });
  open.push(feed, engines);
  return {
    engine,
    clock,
    feed,
    moments: () => moments,
    streams: () => engine.calls.filter((call) => call.startsWith('stats ')),
  };
}

test('reads what runs, and only while somebody watches', async () => {
  const { clock, feed, moments, streams } = await stage();
  clock.advance(5000);
  expect(streams()).toEqual([]);
  feed.watch();
  feed.watch();
  await settle();
  clock.advance(1000);
  expect(streams()).toEqual([`stats ${web.id}`]);
  expect(moments()).toBe(1);
  expect(feed.subjects).toMatchObject([{ name: 'web', state: 'running', sample: { cpuPercent: 7 } }]);
  const key = `e/container/${web.id}`;
  expect(feed.timeline.values(key, 'cpuPercent', 0)).toEqual([7]);
  feed.unwatch();
  clock.advance(5000);
  expect(moments()).toBe(1);
  expect(clock.pending).toEqual([]);
});

test('a sample that is old says nothing of now', async () => {
  const { clock, feed } = await stage();
  feed.watch();
  await settle();
  clock.advance(10_000);
  expect(feed.subjects).toMatchObject([{ name: 'web', sample: undefined }]);
  const values = feed.timeline.values(`e/container/${web.id}`, 'cpuPercent', 0);
  expect(values.slice(0, 2)).toEqual([7, 7]);
  expect(values.at(-1)).toBeNull();
});

test('follows who starts and who ends; one that was chosen stays without numbers', async () => {
  const refs = [web, idle].map(({ id }) => ({ engineId: 'e', kind: 'container', id }) as const);
  const { engine, clock, feed, streams } = await stage({ kind: 'containers', refs });
  feed.watch();
  await settle();
  expect(streams()).toEqual([`stats ${web.id}`]);
  engine.change('container', idle.id, { ...idle, state: 'running' });
  engine.change('container', web.id, { ...web, state: 'exited' });
  engine.emit(event('container', 'start', idle.id));
  engine.emit(event('container', 'die', web.id));
  await settle();
  clock.advance(1000);
  await settle();
  expect(streams()).toEqual([`stats ${web.id}`, `stats ${idle.id}`]);
  expect(feed.subjects.find(({ name }) => name === 'web')).toMatchObject({
    state: 'exited',
    sample: undefined,
  });
});
