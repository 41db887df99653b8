import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Emitter } from '../../../../src/base/event.ts';
import { english } from '../../../../src/base/localize.ts';
import { nullLogger } from '../../../../src/base/logger.ts';
import type { Builds } from '../../../../src/build/builds.ts';
import type { BuildContract, BuildDelta } from '../../../../src/protocol/build.ts';
import { isBuildChoice, isBuildDelta, isSummaries } from '../../../../src/protocol/build.ts';
import { Channel, type PageChannel, type Port } from '../../../../src/protocol/channel.ts';
import { BuildHost } from '../../../../src/ui/panels/buildHost.ts';
import { buildStrings } from '../../../../src/ui/panels/buildStrings.ts';
import { BuiltBuilds } from '../../../support/builtBuilds.ts';
import { stepFacts } from '../../../support/builds.ts';

let made: BuiltBuilds;
let builds: Builds;
let host: BuildHost;
let page: PageChannel<BuildContract>;
let refused: string[];
let asked: string[];
let deltas: BuildDelta[];
let shows: string[];
let lists: number;
/** A hidden page does not exist: what is sent to it is lost. */
let isHidden: boolean;

/** Both ends of a channel, by the JSON that the editor makes of messages. */
function ports(): readonly [host: Port, page: Port] {
  const toHost = new Emitter<unknown>();
  const toPage = new Emitter<unknown>();
  const copy = (message: unknown): unknown => JSON.parse(JSON.stringify(message));
  return [
    {
      post: (message) => {
        if (!isHidden) toPage.fire(copy(message));
      },
      onMessage: toHost.event,
    },
    {
      post: (message) => {
        toHost.fire(copy(message));
      },
      onMessage: toPage.event,
    },
  ];
}

beforeEach(() => {
  made = new BuiltBuilds();
  builds = made.open();
  [refused, asked, deltas, shows, lists, isHidden] = [[], [], [], [], 0, false];
  const [hostPort, pagePort] = ports();
  host = new BuildHost({
    port: hostPort,
    builds,
    strings: buildStrings(english, 'en'),
    log: { ...nullLogger, warn: (message) => refused.push(message) },
    buildId: undefined,
    actions: {
      rebuild: ({ id }) => asked.push(`rebuild ${id}`),
      openLine: (_build, line) => asked.push(`line ${String(line)}`),
      summarize: ({ id, startedAt, endedAt, outcome }) => ({
        id,
        name: '',
        dockerfile: '',
        context: '',
        engineName: '',
        builder: '',
        startedAt,
        endedAt,
        outcome,
        explanation: '',
        problemLine: undefined,
      }),
    },
  });
  page = new Channel(
    pagePort,
    {
      requests: {},
      events: {
        delta: { accepts: isBuildDelta, hear: (delta) => deltas.push(delta) },
        builds: { accepts: isSummaries, hear: () => lists++ },
        show: { accepts: isBuildChoice, hear: ({ buildId }) => shows.push(buildId) },
      },
    },
    (what) => refused.push(what),
  );
});

afterEach(async () => {
  page.dispose();
  host.dispose();
  builds.dispose();
  await made.close();
});

const step = (id: string) => ({ kind: 'step', step: stepFacts({ id, startedAt: 1 }) }) as const;

describe('the host of the builds', () => {
  it('sends what happens to the build that is shown, and of others only that they are there', async () => {
    const first = await made.start(builds);
    const second = await made.start(builds);
    const snapshot = await page.ask('ready', { buildId: undefined });
    expect(snapshot.shown?.build.id).toBe(second.id);
    first.say(step('a'));
    second.say(step('b'));
    expect(deltas).toMatchObject([{ seq: snapshot.seq + 1, buildId: second.id, events: [{ kind: 'step' }] }]);
    const before = lists;
    first.say({ kind: 'ended', outcome: 'succeeded', at: 1, problem: undefined });
    expect(lists).toBe(before + 1);
    expect(refused).toEqual([]);
  });

  it('holds back from a page that does not keep up, and loses nothing', async () => {
    const run = await made.start(builds);
    const { seq } = await page.ask('ready', { buildId: undefined });
    for (let at = 0; at < 10; at++) run.say(step(String(at)));
    expect(deltas).toHaveLength(3);
    page.tell('acknowledge', { seq: seq + 3 });
    expect(deltas.flatMap(({ events }) => events)).toHaveLength(10);
    expect(deltas).toHaveLength(4);
  });

  it('shows what was asked for to a page that was hidden meanwhile, whatever it remembers', async () => {
    const old = await made.start(builds);
    await page.ask('ready', { buildId: undefined });
    host.hide();
    isHidden = true;
    const run = await made.start(builds);
    host.show(run.id);
    run.say(step('a'));
    isHidden = false;
    const snapshot = await page.ask('ready', { buildId: old.id });
    expect(snapshot.shown?.build).toMatchObject({ id: run.id, steps: [{ id: 'a' }] });
    expect((await page.ask('ready', { buildId: old.id })).shown?.build.id).toBe(old.id);
    expect(deltas).toEqual([]);
  });

  it('tells a page that is there to show another one', async () => {
    await made.start(builds);
    await page.ask('ready', { buildId: undefined });
    const run = await made.start(builds);
    host.show(run.id);
    host.show(run.id);
    expect(shows).toEqual([run.id]);
  });

  it('does for a page what it may ask, of builds that there are', async () => {
    const run = await made.start(builds);
    page.tell('cancel', { buildId: run.id });
    page.tell('rebuild', { buildId: run.id });
    page.tell('openLine', { buildId: run.id, line: 3 });
    page.tell('rebuild', { buildId: 'nobody' });
    page.tell('openLine', { buildId: run.id, line: -1 });
    expect(run.isCancelled()).toBe(true);
    expect(asked).toEqual([`rebuild ${run.id}`, 'line 3']);
    expect(refused).toEqual(['build panel: refused a malformed event “openLine”']);
  });

  it('compares with the good build before, without its output', async () => {
    const before = await made.start(builds);
    before.say(step('a'), { kind: 'output', stepId: 'a', output: { lines: ['x'], droppedLines: 0 } });
    before.say({ kind: 'ended', outcome: 'succeeded', at: Date.now() + 500, problem: undefined });
    await made.start(builds);
    const { shown } = await page.ask('ready', { buildId: undefined });
    expect(shown?.before?.steps).toMatchObject([{ id: 'a', output: { lines: [] } }]);
  });
});
