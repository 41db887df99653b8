import { list, number, object, text, texts, textRecord } from '../base/json.ts';
import { isRecord } from '../base/record.ts';
import type { Build, BuilderKind, BuildOutcome, BuildSpec, BuildStep } from './build.ts';
import { type BuildProblem, buildProblemKinds } from './buildProblem.ts';

/** Of a step's output as it is kept with a build that is over: its newest lines. */
const maxKeptCharacters = 8000;

const outcomes: readonly BuildOutcome[] = ['succeeded', 'failed', 'cancelled', 'interrupted'];

const builders: readonly BuilderKind[] = ['buildkit', 'classic'];

/** A build as it is kept, which JSON can hold. */
export function toBuildRecord(build: Build): Build {
  return {
    ...build,
    steps: build.steps.map((step) => {
      const { lines, droppedLines } = step.output;
      let characters = 0;
      let first = lines.length;
      while (first > 0) {
        characters += (lines[first - 1]?.length ?? 0) + 1;
        if (characters > maxKeptCharacters) break;
        first--;
      }
      return { ...step, output: { lines: lines.slice(first), droppedLines: droppedLines + first } };
    }),
  };
}

/**
 * What was kept, by this version or another. One that had not ended was cut off: with its window, the work is gone. Undefined
 * for what is no build.
 */
export function fromBuildRecord(value: unknown): Build | undefined {
  const record = object(value);
  const spec = readBuildSpec(record['spec']);
  const id = text(record['id']);
  if (spec === undefined || id === '') return undefined;
  return {
    id,
    spec,
    builder: builders.find((builder) => builder === record['builder']) ?? 'classic',
    engineId: text(record['engineId']),
    engineName: text(record['engineName']),
    startedAt: number(record['startedAt']),
    endedAt: optionalNumber(record['endedAt']),
    outcome: outcomes.find((outcome) => outcome === record['outcome']) ?? 'interrupted',
    problem: isRecord(record['problem']) ? readProblem(record['problem']) : undefined,
    imageId: text(record['imageId']),
    steps: list(record['steps']).map(readStep),
    warnings: list(record['warnings']).map((raw) => ({
      text: text(object(raw)['text']),
      line: optionalNumber(object(raw)['line']),
    })),
  };
}

/** Also from a caller: what is not given is empty. Undefined without a Dockerfile and its context. */
export function readBuildSpec(value: unknown): BuildSpec | undefined {
  const spec = object(value);
  const dockerfile = text(spec['dockerfile']);
  const context = text(spec['context']);
  if (dockerfile === '' || context === '') return undefined;
  const target = text(spec['target']);
  return {
    dockerfile,
    context,
    tags: texts(spec['tags']),
    target: target === '' ? undefined : target,
    buildArgs: textRecord(spec['buildArgs']),
    labels: textRecord(spec['labels']),
    platforms: texts(spec['platforms']),
    secrets: list(spec['secrets']).flatMap((raw) => {
      const secret = { id: text(object(raw)['id']), path: text(object(raw)['path']) };
      return secret.id === '' || secret.path === '' ? [] : [secret];
    }),
    cacheFrom: texts(spec['cacheFrom']),
    cacheTo: texts(spec['cacheTo']),
    noCache: spec['noCache'] === true,
    pull: spec['pull'] === true,
    push: spec['push'] === true,
  };
}

function readStep(raw: unknown): BuildStep {
  const step = object(raw);
  const output = object(step['output']);
  return {
    id: text(step['id']),
    label: text(step['label']),
    name: text(step['name']),
    line: optionalNumber(step['line']),
    startedAt: optionalNumber(step['startedAt']),
    endedAt: optionalNumber(step['endedAt']),
    isCached: step['isCached'] === true,
    error: text(step['error']),
    items: [],
    output: { lines: texts(output['lines']), droppedLines: number(output['droppedLines']) },
  };
}

function readProblem(raw: Readonly<Record<string, unknown>>): BuildProblem {
  const exitCode = optionalNumber(raw['exitCode']);
  return {
    kind: buildProblemKinds.find((kind) => kind === raw['kind']) ?? 'other',
    what: text(raw['what']),
    line: optionalNumber(raw['line']),
    said: text(raw['said']),
    ...(exitCode === undefined ? {} : { exitCode }),
  };
}

function optionalNumber(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}
