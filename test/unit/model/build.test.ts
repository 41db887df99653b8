import { describe, expect, it } from 'vitest';
import {
  type Build,
  type BuildEvent,
  compactBuildEvents,
  joinOutput,
  maxOutputCharacters,
  maxOutputLines,
  newBuild,
  noOutput,
  reduceBuild,
} from '../../../src/model/build.ts';
import { buildSpec, stepFacts } from '../../support/builds.ts';

const empty = newBuild({
  id: '1',
  spec: buildSpec(),
  builder: 'classic',
  engineId: 'e',
  engineName: 'e',
  startedAt: 0,
});
const after = (events: readonly BuildEvent[]): Build => events.reduce(reduceBuild, empty);
const output = (stepId: string, ...lines: readonly string[]): BuildEvent => ({
  kind: 'output',
  stepId,
  output: { lines, droppedLines: 0 },
});
const step = (id: string, changes = {}): BuildEvent => ({
  kind: 'step',
  step: stepFacts({ id, ...changes }),
});
const item = (stepId: string, current: number): BuildEvent => ({
  kind: 'item',
  stepId,
  item: { name: 'layer', current, total: 10, isDone: false },
});

const events: readonly BuildEvent[] = [
  step('a', { startedAt: 1 }),
  item('a', 1),
  output('a', 'one'),
  step('b', { startedAt: 2 }),
  output('a', 'two', 'three'),
  item('a', 7),
  step('a', { startedAt: 1, endedAt: 5 }),
  { kind: 'warning', warning: { text: 'w1', line: 0 } },
  { kind: 'warning', warning: { text: 'w2', line: 1 } },
  { kind: 'image', imageId: 'sha256:1' },
];

describe('a build', () => {
  it('is what its events have told', () => {
    const build = after(events);
    expect(build.steps[0]).toMatchObject({ id: 'a', endedAt: 5, output: { lines: ['one', 'two', 'three'] } });
    expect(build.steps[0]?.items).toEqual([{ name: 'layer', current: 7, total: 10, isDone: false }]);
    expect(build).toMatchObject({ imageId: 'sha256:1', outcome: undefined });
  });

  it('leaves no step under way when it ends', () => {
    const build = after([...events, { kind: 'ended', outcome: 'cancelled', at: 9, problem: undefined }]);
    expect(build.steps.map(({ endedAt }) => endedAt)).toEqual([5, 9]);
    expect(build).toMatchObject({ outcome: 'cancelled', endedAt: 9 });
  });

  it('is the same by fewer events', () => {
    const compact = compactBuildEvents(events);
    expect(compact).toHaveLength(7);
    expect(after(compact)).toEqual(after(events));
    expect(
      after([...compactBuildEvents(events.slice(0, 4)), ...compactBuildEvents(events.slice(4))]),
    ).toEqual(after(events));
  });

  it('does not take output for a step that it does not know', () => {
    expect(after([output('x', 'line')]).steps).toEqual([]);
  });
});

describe('output', () => {
  const lines = (count: number, of = 'x'): readonly string[] => Array.from({ length: count }, () => of);

  it('keeps the newest lines and counts the others', () => {
    const joined = joinOutput(
      { lines: lines(maxOutputLines), droppedLines: 3 },
      { lines: ['new'], droppedLines: 0 },
    );
    expect(joined.lines).toHaveLength(maxOutputLines);
    expect(joined.lines.at(-1)).toBe('new');
    expect(joined.droppedLines).toBe(4);
  });

  it('is bounded in characters too', () => {
    const joined = joinOutput(noOutput, { lines: lines(600, 'x'.repeat(1000)), droppedLines: 0 });
    expect(joined.lines).toHaveLength(maxOutputCharacters / 1000);
    expect(joined.droppedLines).toBe(100);
  });

  it('that was cut on its way counts what was before it, too', () => {
    const joined = joinOutput({ lines: ['a', 'b'], droppedLines: 1 }, { lines: ['z'], droppedLines: 5 });
    expect(joined).toEqual({ lines: ['z'], droppedLines: 8 });
  });
});
