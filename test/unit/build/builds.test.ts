import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Build, BuildEvent } from '../../../src/model/build.ts';
import { buildBefore, lastVerdicts, orderedSteps, stepsBefore } from '../../../src/model/buildHistory.ts';
import { BuiltBuilds } from '../../support/builtBuilds.ts';
import { buildSpec, stepFacts } from '../../support/builds.ts';

let made: BuiltBuilds;

beforeEach(() => {
  made = new BuiltBuilds();
});

afterEach(async () => {
  await made.close();
});

const end = (outcome: 'succeeded' | 'failed' = 'succeeded', at = Date.now()): BuildEvent => ({
  kind: 'ended',
  outcome,
  at,
  problem: undefined,
});
const step = (id: string, changes = {}): BuildEvent => ({
  kind: 'step',
  step: stepFacts({ id, ...changes }),
});

describe('builds', () => {
  it('are what their threads tell, and end once', async () => {
    const builds = made.open();
    const { id, ended } = await builds.start(made.engine, buildSpec());
    const [run] = made.runs;
    const told: string[] = [];
    builds.onDidChange(({ events }) =>
      told.push(events === undefined ? 'list' : events.map(({ kind }) => kind).join()),
    );
    run?.say(step('a', { startedAt: 1 }));
    run?.say(end(), end('failed'));
    run?.over();
    expect((await ended).outcome).toBe('succeeded');
    expect(builds.get(id)?.steps).toHaveLength(1);
    expect(told).toEqual(['step', 'ended,ended', 'list']);
  });

  it('fail when their thread breaks', async () => {
    const builds = made.open();
    const { ended } = await builds.start(made.engine, buildSpec());
    made.runs[0]?.over(new Error('out of memory'));
    expect(await ended).toMatchObject({ outcome: 'failed', problem: { said: 'out of memory' } });
  });

  it('are there again in the next window; what was under way was cut off', async () => {
    const builds = made.open();
    const first = await made.start(builds, { tags: ['a:1'] });
    first.say(
      step('a', { startedAt: 1, endedAt: 2 }),
      { kind: 'output', stepId: 'a', output: { lines: ['said'], droppedLines: 0 } },
      end(),
    );
    await made.start(builds, { tags: ['b:1'] });
    await expect
      .poll(async () => (await reopened()).map(({ outcome }) => outcome))
      .toEqual(['interrupted', 'succeeded']);
    const [, kept] = await reopened();
    expect(kept?.steps[0]?.output.lines).toEqual(['said']);
    expect(await made.open().last('/w/Dockerfile')).toMatchObject({ tags: ['b:1'] });
  });

  it('remember what was built with, of a stage on its own', async () => {
    const builds = made.open();
    await made.start(builds, { tags: ['a:1'] });
    await made.start(builds, { tags: ['a:test'], target: 'test' });
    expect(await builds.last('/w/Dockerfile', 'test')).toMatchObject({ tags: ['a:test'] });
    expect(await builds.last('/w/Dockerfile', 'other')).toBeUndefined();
    expect(await builds.last('/w/other')).toBeUndefined();
  });

  it('are kept within bounds', async () => {
    const builds = made.open();
    for (let at = 0; at < 12; at++) (await made.start(builds, { tags: [`a:${String(at)}`] })).say(end());
    await made.start(builds, { dockerfile: '/w/other' });
    expect(builds.all).toHaveLength(11);
    await expect.poll(async () => (await reopened()).length).toBe(11);
  });

  it('leave out a file that is none', async () => {
    writeFileSync(join(made.folder, 'x.json'), '{"id":"../../etc","spec":{"dockerfile":"a","context":"b"}}');
    writeFileSync(join(made.folder, 'y.json'), 'no JSON');
    expect(await reopened()).toEqual([]);
  });

  it('are signed in at all registries they have to do with; buildx only where it is not by itself', async () => {
    const dockerfile = join(made.folder, 'Dockerfile');
    writeFileSync(dockerfile, '# syntax=front.test/d:1\nFROM base.test/a:1\nFROM scratch\n');
    const auth = (registry: string) =>
      ({ registry, credential: { kind: 'identityToken', token: 't' } }) as const;
    const [base, front, tags, cache] = ['base.test', 'front.test', 'tags.test', 'cache.test'].map(auth);
    made.auths = [base, front, tags, cache].flatMap((each, at) =>
      each === undefined ? [] : [{ auth: each, isKept: at > 0 }],
    );
    const spec = {
      dockerfile,
      tags: ['tags.test/a:1'],
      cacheTo: ['type=registry,mode=max,ref=cache.test/c:1', 'type=local,dest=out'],
      push: true,
    };
    const builds = made.open();
    expect((await made.start(builds, spec)).start.auths).toEqual([base, front, tags, cache]);
    made.builder = 'buildkit';
    expect((await made.start(builds, spec)).start.auths).toEqual([front, tags, cache]);
    const here = { dockerfile, tags: ['tags.test/a:1'], cacheFrom: ['cache.test/c:1'] };
    expect((await made.start(builds, here)).start.auths).toEqual([front, cache]);
  });

  it('end with the window', async () => {
    const builds = made.open();
    const run = await made.start(builds);
    builds.dispose();
    expect(run.isCancelled()).toBe(true);
  });
});

async function reopened(): Promise<readonly Build[]> {
  const builds = made.open();
  await builds.load();
  return builds.all;
}

describe('the build before', () => {
  const build = (id: string, startedAt: number, changes: Partial<Build> = {}): Build => ({
    id,
    spec: buildSpec(),
    builder: 'classic',
    engineId: 'e',
    engineName: 'e',
    startedAt,
    endedAt: startedAt + 1,
    outcome: 'succeeded',
    problem: undefined,
    imageId: '',
    steps: [],
    warnings: [],
    ...changes,
  });
  const of = (facts: Parameters<typeof stepFacts>[0]): Build['steps'][number] => ({
    ...stepFacts(facts),
    items: [],
    output: { lines: [], droppedLines: 0 },
  });

  it('is the last good one of the same stage', () => {
    const now = build('now', 9);
    const builds = [
      now,
      build('failed', 8, { outcome: 'failed' }),
      build('stage', 7, { spec: buildSpec({ target: 'x' }) }),
      build('good', 6),
      build('older', 5),
    ];
    expect(buildBefore(builds, now)?.id).toBe('good');
  });

  it('that says something about its Dockerfile is the newest that was not cut off', () => {
    const other = build('other', 7, { spec: buildSpec({ dockerfile: '/w/other' }) });
    const verdicts = lastVerdicts([
      build('under way', 10, { outcome: undefined }),
      build('off', 9, { outcome: 'cancelled' }),
      build('cut', 8, { outcome: 'interrupted' }),
      other,
      build('failed', 6, { outcome: 'failed' }),
      build('good', 5),
    ]);
    expect([...verdicts.values()].map(({ id }) => id)).toEqual(['other', 'failed']);
  });

  it('is compared by instructions, whatever their numbers', () => {
    const before = [
      of({ id: 'x', label: 'a 1/2', name: 'RUN one', startedAt: 0, endedAt: 5 }),
      of({ id: 'y', label: 'a 2/2', name: 'RUN same', startedAt: 0, endedAt: 7 }),
    ];
    const now = [
      of({ id: '1', label: 'a 1/4', name: 'RUN new' }),
      of({ id: '2', label: 'a 2/4', name: 'RUN same' }),
      of({ id: '3', label: 'a 3/4', name: 'RUN same' }),
      of({ id: '4', label: 'b 1/1', name: 'RUN one' }),
    ];
    expect(stepsBefore({ steps: now }, { steps: before })).toEqual({
      '2': { durationMs: 7, isCached: false },
    });
  });

  it('has its steps in the order of their beginning', () => {
    const steps = [
      of({ id: 'c', line: 3 }),
      of({ id: 'b', line: 2 }),
      of({ id: 'a', startedAt: 5 }),
      of({ id: '0', startedAt: 1 }),
    ];
    expect(orderedSteps(steps).map(({ id }) => id)).toEqual(['0', 'a', 'b', 'c']);
  });
});
