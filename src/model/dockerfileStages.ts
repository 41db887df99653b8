import { type DockerfileInstruction, dockerfileInstructions } from './dockerfile.ts';
import { parseImageReference, printImageReference } from './imageReference.ts';

/** What a `FROM` begins. */
export interface DockerfileStage {
  /** As `--target` takes it; undefined without an `AS`. */
  readonly name: string | undefined;
  /** An image, or the name of a stage before it; variables stand as they are. */
  readonly base: string;
  /** Of its `FROM`, from 0. */
  readonly line: number;
  /** From its `FROM` on. */
  readonly instructions: readonly DockerfileInstruction[];
}

export function dockerfileStages(text: string): readonly DockerfileStage[] {
  const instructions = dockerfileInstructions(text);
  const starts = instructions.flatMap(({ keyword }, at) => (keyword === 'FROM' ? [at] : []));
  return starts.map((start, at) => {
    const own = instructions.slice(start, starts[at + 1]);
    const [base = '', as, name] = (own[0]?.words ?? []).filter((word) => !word.startsWith('--'));
    return {
      name: as?.toLowerCase() === 'as' ? name : undefined,
      base,
      line: own[0]?.line ?? 0,
      instructions: own,
    };
  });
}

/** The images that a build takes from a registry or the engine: not the stages, nor what a variable stands for. */
export function baseImages(text: string): readonly string[] {
  const stages = dockerfileStages(text);
  const names = new Set(stages.flatMap(({ name }) => (name === undefined ? [] : [name.toLowerCase()])));
  const taken = stages.flatMap(({ base, instructions }) => [
    base,
    ...instructions.flatMap(({ words }) => words.flatMap(imageOfFrom)),
  ]);
  return [...new Set(taken)].filter(
    (image) =>
      image !== '' &&
      image !== 'scratch' &&
      !image.includes('$') &&
      !/^\d+$/.test(image) &&
      !names.has(image.toLowerCase()),
  );
}

/** What counts in `[builder 2/5]`. */
const counted = new Set(['FROM', 'RUN', 'COPY', 'ADD', 'WORKDIR']);

/** The line (from 0) of a step by its name in BuildKit; undefined where it has none. */
export function lineOfVertex(text: string, name: string): number | undefined {
  const stages = dockerfileStages(text);
  const image = /^\[internal\] load metadata for (\S+)$/.exec(name)?.[1];
  if (image !== undefined) return lineOfImage(stages, image);
  if (name.startsWith('resolve image config for ')) return lineOfSyntax(text);
  const [, place = '', number = '', keyword = ''] = /^\[(?:(.*?) ?)?(\d+)\/\d+\] (\w+)/.exec(name) ?? [];
  if (number === '') return undefined;
  // With several platforms, theirs stands before the stage's name.
  const stageName = place.split(' ').at(-1) ?? '';
  const stage =
    stageName === '' || place.endsWith('/')
      ? stages[0]
      : (stages.find((each) => each.name?.toLowerCase() === stageName.toLowerCase()) ??
        stages[Number(/^stage-(\d+)$/.exec(stageName)?.[1] ?? (stageName.includes('/') ? 0 : Number.NaN))]);
  if (stage === undefined) return undefined;
  // A stage that begins with another one has nothing to do for its FROM.
  const isFromStage = stages.some(({ name: other }) => other?.toLowerCase() === stage.base.toLowerCase());
  const skipped = isFromStage || stage.base === 'scratch' ? 1 : 0;
  const steps = stage.instructions.filter((each) => counted.has(each.keyword)).slice(skipped);
  const found = steps[Number(number) - 1];
  return found?.keyword === keyword.toUpperCase() ? found.line : undefined;
}

/** The line of the classic builder's step, which counts every instruction from 1. */
export function lineOfClassicStep(text: string, number: number): number | undefined {
  return dockerfileInstructions(text)[number - 1]?.line;
}

/** The stage that an instruction stands in, as a person would call it: its name or its number. */
export function stageNameAt(text: string, line: number): string | undefined {
  const stages = dockerfileStages(text);
  const at = stages.findLastIndex((stage) => stage.line <= line);
  return stages.length < 2 || at < 0 ? undefined : (stages[at]?.name ?? `stage-${String(at)}`);
}

function lineOfImage(stages: readonly DockerfileStage[], image: string): number | undefined {
  const wanted = normal(image);
  for (const { base, line, instructions } of stages) {
    if (normal(base) === wanted) return line;
    const copying = instructions.find(({ words }) =>
      words.flatMap(imageOfFrom).some((each) => normal(each) === wanted),
    );
    if (copying !== undefined) return copying.line;
  }
  return undefined;
}

function lineOfSyntax(text: string): number | undefined {
  const at = text.split('\n').findIndex((line) => /^\s*#\s*syntax\s*=/i.test(line));
  return at < 0 ? undefined : at;
}

function imageOfFrom(word: string): readonly string[] {
  const image = /^--from=(.+)$/.exec(word)?.[1] ?? /^--mount=.*\bfrom=([^,]+)/.exec(word)?.[1];
  return image === undefined ? [] : [image];
}

function normal(image: string): string {
  const reference = parseImageReference(image);
  return reference === undefined ? image : printImageReference(reference);
}
