import { describe, expect, it } from 'vitest';
import { BuildkitSteps } from '../../../src/build/buildkitSteps.ts';
import { ClassicSteps } from '../../../src/build/classicSteps.ts';
import { RawJson } from '../../../src/build/rawJson.ts';
import { type Build, type BuildEvent, newBuild, reduceBuild } from '../../../src/model/build.ts';
import type { BuildMessage } from '../../../src/model/buildMessage.ts';
import { buildSpec } from '../../support/builds.ts';

const empty = newBuild({
  id: '1',
  spec: buildSpec(),
  builder: 'classic',
  engineId: 'e',
  engineName: 'e',
  startedAt: 0,
});
const after = (events: readonly BuildEvent[]): Build => events.reduce(reduceBuild, empty);

describe('the classic builder’s stream', () => {
  const dockerfile = 'FROM busybox AS one\nENV A=1\nFROM one\nRUN make\n';
  const read = (...texts: readonly (string | BuildMessage)[]): Build => {
    let now = 0;
    const steps = new ClassicSteps(dockerfile, () => (now += 10));
    const events = texts.flatMap((each) =>
      steps.read(typeof each === 'string' ? { kind: 'text', text: each } : each),
    );
    return after([...events, ...steps.end()]);
  };
  const begin = ['Step 1/4 : FROM busybox AS one', '\n', ' ---> deffa1eae15c\n'];

  it('is one step after the other, with stage, line, cache and output', () => {
    const build = read(
      ...begin,
      'Step 2/4 : ENV A=1',
      '\n',
      ' ---> Using cache\n',
      ' ---> 07774eb67dbf\n',
      'Step 3/4 : FROM one',
      '\n',
      'Step 4/4 : RUN make',
      '\n',
      ' ---> Running in c14dbad2d700\n',
      'one\ntw',
      'o\n',
      ' ---> Removed intermediate container c14dbad2d700\n',
      ' ---> 03438a7ad3d9\n',
      { kind: 'image', imageId: 'sha256:03' },
      'Successfully built 03438a7ad3d9\n',
    );
    expect(build.steps.map(({ label, name, line, isCached }) => [label, name, line, isCached])).toEqual([
      ['one 1/4', 'FROM busybox AS one', 0, false],
      ['one 2/4', 'ENV A=1', 1, true],
      ['stage-1 3/4', 'FROM one', 2, false],
      ['stage-1 4/4', 'RUN make', 3, false],
    ]);
    expect(build.steps[3]?.output.lines).toEqual(['one', 'two']);
    expect(build.steps.every(({ startedAt = 0, endedAt = 0 }) => endedAt > startedAt)).toBe(true);
    expect(build.imageId).toBe('sha256:03');
  });

  it('of Podman counts by the stage', () => {
    const build = read(
      '[1/2] STEP 1/2: FROM busybox AS one\n',
      '[1/2] STEP 2/2: ENV A=1\n',
      '--> Using cache e018484dc1ff870f011bf5caf55b83c5e9c0fe524f970658d3cce941b7f336e8\n',
      '--> e018484dc1f\n',
      '[2/2] STEP 1/2: FROM e018484dc1ff870f011bf5caf55b83c5e9c0fe524f970658d3cce941b7f336e8\n',
      '[2/2] STEP 2/2: RUN make\n',
      'made\n',
      'COMMIT localhost/x:1\n',
      '--> eb53d8b9b39\n',
      'Successfully tagged localhost/x:1\n',
    );
    expect(build.steps.map(({ label, line, isCached }) => [label, line, isCached])).toEqual([
      ['one 1/2', 0, false],
      ['one 2/2', 1, true],
      ['stage-1 1/2', 2, false],
      ['stage-1 2/2', 3, false],
    ]);
    expect(build.steps[3]?.output.lines).toEqual(['made', 'COMMIT localhost/x:1']);
  });

  it('does not take for a step what a command prints like one', () => {
    const build = read(...begin, 'Step 4/4 : RUN make', 'Step 2/9 : no\n', 'Step 2/4 : ENV A=1');
    expect(build.steps.map(({ name }) => name)).toEqual(['FROM busybox AS one', 'ENV A=1']);
  });

  it('ends with the failure of the step it was at', () => {
    const build = read(...begin, 'Step 2/4 : ENV A=1', 'half a line', {
      kind: 'failure',
      message: 'no',
      exitCode: 3,
    });
    expect(build.steps[1]).toMatchObject({ error: 'no', output: { lines: ['half a line'] } });
  });

  it('counts the layers of an image that is pulled, and keeps its warnings', () => {
    const layer = { kind: 'layer', layerId: 'abc', currentBytes: 5, totalBytes: 10 } as const;
    const build = read(
      ...begin,
      { ...layer, status: 'Downloading' },
      { ...layer, status: 'Pull complete', currentBytes: 10 },
      '[Warning] One or more build-args [X] were not consumed\n',
    );
    expect(build.steps[0]?.items).toEqual([{ name: 'abc', current: 10, total: 10, isDone: true }]);
    expect(build.warnings.map(({ text }) => text)).toEqual(['One or more build-args [X] were not consumed']);
  });
});

describe('BuildKit’s statuses', () => {
  const dockerfile = 'FROM busybox\nRUN make\n';
  const read = (...statuses: readonly unknown[]): Build => {
    const steps = new BuildkitSteps(dockerfile, () => Date.parse('2026-01-01T00:00:10Z'));
    return after([...statuses.flatMap((status) => steps.read(status)), ...steps.end()]);
  };
  const vertex = { digest: 'sha256:a', name: '[2/2] RUN make' };
  const log = (data: string): unknown => ({
    logs: [{ vertex: vertex.digest, data: Buffer.from(data).toString('base64') }],
  });

  it('are steps with the times of this machine, whatever the builder’s clock says', () => {
    const build = read(
      { vertexes: [vertex] },
      { vertexes: [{ ...vertex, started: '2020-01-01T00:00:00Z' }] },
      { vertexes: [{ ...vertex, started: '2020-01-01T00:00:00Z', completed: '2020-01-01T00:00:02.5Z' }] },
    );
    expect(build.steps).toMatchObject([{ label: '2/2', name: 'RUN make', line: 1 }]);
    const [{ startedAt = 0, endedAt = 0 } = {}] = build.steps;
    expect([startedAt, endedAt - startedAt]).toEqual([Date.parse('2026-01-01T00:00:10Z'), 2500]);
  });

  it('go back to a step whose cache was looked up before', () => {
    const build = read(
      { vertexes: [{ ...vertex, started: '2020-01-01T00:00:00Z', completed: '2020-01-01T00:00:01Z' }] },
      { vertexes: [{ ...vertex, started: '2020-01-01T00:00:02Z' }] },
    );
    expect(build.steps[0]?.endedAt).toBeUndefined();
  });

  it('bring output in any pieces; of a bar that is drawn anew, its last state', () => {
    const ended = { ...vertex, started: '2020-01-01T00:00:00Z', completed: '2020-01-01T00:00:01Z' };
    const build = read({ vertexes: [vertex] }, log('a\nb'), log('c\n10%\r50%\r100%\nä'), {
      vertexes: [ended],
    });
    expect(build.steps[0]?.output.lines).toEqual(['a', 'bc', '100%', 'ä']);
  });

  it('count what is on its way, tell of the cache and warn', () => {
    const build = read(
      { vertexes: [{ ...vertex, cached: true }] },
      {
        statuses: [
          {
            id: 'transferring context:',
            vertex: vertex.digest,
            current: 2,
            completed: '2020-01-01T00:00:00Z',
          },
        ],
      },
      {
        warnings: [
          { short: Buffer.from('Mind the case').toString('base64'), range: [{ start: { line: 2 } }] },
        ],
      },
    );
    expect(build.steps[0]).toMatchObject({
      isCached: true,
      items: [{ name: 'transferring context:', current: 2, isDone: true }],
    });
    expect(build.warnings).toEqual([{ text: 'Mind the case', line: 1 }]);
  });

  it('name the step that failed, not those that were called off', () => {
    const steps = new BuildkitSteps(dockerfile, () => 0);
    steps.read({ vertexes: [{ digest: 'b', name: '[1/2] FROM x', error: 'context canceled' }] });
    steps.read({ vertexes: [{ ...vertex, error: 'exit code: 3' }] });
    expect(steps.failure?.name).toBe('RUN make');
  });
});

describe('what buildx prints', () => {
  const pretty = '{\n  "a": [\n    {\n      "b": 1\n    }\n  ]\n}\n';
  const text = `${pretty}{"c":2}\nFail:3\n----\n${pretty}ERROR: {no}\n{broken\n}\n{open`;
  const expected = [
    { value: { a: [{ b: 1 }] } },
    { value: { c: 2 } },
    { text: 'Fail:3' },
    { text: '----' },
    { value: { a: [{ b: 1 }] } },
    { text: 'ERROR: {no}' },
    { text: '{broken' },
    { text: '}' },
    { text: '{open\n' },
  ];

  it.each([1, 7, 1000])('is read in pieces of %d bytes', (size) => {
    const raw = new RawJson();
    const bytes = Buffer.from(text);
    const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) =>
      bytes.subarray(at * size, (at + 1) * size),
    );
    expect([...pieces.flatMap((piece) => raw.add(piece)), ...raw.end()]).toEqual(expected);
  });
});
