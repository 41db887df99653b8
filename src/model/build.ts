import { type BuildProblem } from './buildProblem.ts';

/** What to build, and how. Kept, so that it can be built again. Paths are those of this machine. */
export interface BuildSpec {
  readonly dockerfile: string;
  readonly context: string;
  readonly tags: readonly string[];
  /** A stage; undefined for the last one. */
  readonly target: string | undefined;
  readonly buildArgs: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
  /** `os/architecture[/variant]`; the engine's own when empty. */
  readonly platforms: readonly string[];
  readonly secrets: readonly BuildSecret[];
  readonly cacheFrom: readonly string[];
  readonly cacheTo: readonly string[];
  readonly noCache: boolean;
  /** Looks for newer base images. */
  readonly pull: boolean;
  /** Sends the tags to their registries once the image is there. */
  readonly push: boolean;
}

export interface BuildSecret {
  readonly id: string;
  /** A file. */
  readonly path: string;
}

export type BuilderKind = 'buildkit' | 'classic';
export type BuildOutcome = 'succeeded' | 'failed' | 'cancelled' | 'interrupted';

/** Something of a step that is counted: bytes of the context, a layer that is pulled. */
export interface BuildItem {
  readonly name: string;
  readonly current: number;
  /** Zero where nobody knows. */
  readonly total: number;
  readonly isDone: boolean;
}

export interface BuildStep {
  /** Of this build. */
  readonly id: string;
  /** `builder 2/5`, `3/7`; empty for what the builder does on its own. */
  readonly label: string;
  /** The instruction, or what the builder says that it does. */
  readonly name: string;
  /** In the Dockerfile, from 0. */
  readonly line: number | undefined;
  /** Milliseconds since the epoch; undefined before it has begun, and before it has ended. */
  readonly startedAt: number | undefined;
  readonly endedAt: number | undefined;
  readonly isCached: boolean;
  /** In the builder's words. */
  readonly error: string;
  readonly items: readonly BuildItem[];
  readonly output: BuildOutput;
}

/** Whole lines as they were written. */
export interface BuildOutput {
  readonly lines: readonly string[];
  /** Older ones that a bound has left out. */
  readonly droppedLines: number;
}

/** One build, from its start. */
export interface Build {
  readonly id: string;
  readonly spec: BuildSpec;
  readonly builder: BuilderKind;
  readonly engineId: string;
  readonly engineName: string;
  readonly startedAt: number;
  readonly endedAt: number | undefined;
  /** Undefined while it runs. */
  readonly outcome: BuildOutcome | undefined;
  /** Why it has failed. */
  readonly problem: BuildProblem | undefined;
  readonly imageId: string;
  readonly steps: readonly BuildStep[];
  readonly warnings: readonly BuildWarning[];
}

export interface BuildWarning {
  readonly text: string;
  readonly line: number | undefined;
}

export type StepFacts = Pick<
  BuildStep,
  'id' | 'label' | 'name' | 'line' | 'startedAt' | 'endedAt' | 'isCached' | 'error'
>;

/** What a builder tells, in the order in which it happens. */
export type BuildEvent =
  | { readonly kind: 'step'; readonly step: StepFacts }
  | { readonly kind: 'item'; readonly stepId: string; readonly item: BuildItem }
  | { readonly kind: 'output'; readonly stepId: string; readonly output: BuildOutput }
  | { readonly kind: 'warning'; readonly warning: BuildWarning }
  | { readonly kind: 'image'; readonly imageId: string }
  | {
      readonly kind: 'ended';
      readonly outcome: BuildOutcome;
      readonly at: number;
      readonly problem: BuildProblem | undefined;
    };

/** A step's newest lines that are kept, in number and in characters; of a line, its beginning. */
export const maxOutputLines = 5000;
export const maxOutputCharacters = 500_000;
export const maxLineCharacters = 4000;
const maxSteps = 2000;
const maxItems = 100;
const maxWarnings = 200;

export const noOutput: BuildOutput = { lines: [], droppedLines: 0 };

export function newBuild(
  start: Pick<Build, 'id' | 'spec' | 'builder' | 'engineId' | 'engineName' | 'startedAt'>,
): Build {
  return {
    ...start,
    endedAt: undefined,
    outcome: undefined,
    problem: undefined,
    imageId: '',
    steps: [],
    warnings: [],
  };
}

/** What is known after one more event. */
export function reduceBuild(build: Build, event: BuildEvent): Build {
  // Nothing comes behind its end.
  if (build.outcome !== undefined) return build;
  switch (event.kind) {
    case 'step': {
      const known = build.steps.findIndex(({ id }) => id === event.step.id);
      if (known >= 0) return withStep(build, known, (step) => ({ ...step, ...event.step }));
      if (build.steps.length >= maxSteps) return build;
      return { ...build, steps: [...build.steps, { ...event.step, items: [], output: noOutput }] };
    }
    case 'item':
      return withStep(build, indexOf(build, event.stepId), (step) => ({
        ...step,
        items: putItem(step.items, event.item),
      }));
    case 'output':
      return withStep(build, indexOf(build, event.stepId), (step) => ({
        ...step,
        output: joinOutput(step.output, event.output),
      }));
    case 'warning':
      if (build.warnings.length >= maxWarnings) return build;
      return { ...build, warnings: [...build.warnings, event.warning] };
    case 'image':
      return { ...build, imageId: event.imageId };
    case 'ended':
      return {
        ...build,
        outcome: event.outcome,
        endedAt: event.at,
        problem: event.problem,
        steps: build.steps.map((step) => endStep(step, event.at)),
      };
  }
}

/** Fewer events that say the same: of a step and its items how they are at last, of its output all in one. */
export function compactBuildEvents(events: readonly BuildEvent[]): readonly BuildEvent[] {
  const compact = new Map<string, BuildEvent>();
  for (const event of events) {
    const key = keyOf(event, compact.size);
    const before = compact.get(key);
    if (event.kind === 'output' && before?.kind === 'output')
      compact.set(key, { ...event, output: joinOutput(before.output, event.output) });
    else compact.set(key, event);
  }
  return [...compact.values()];
}

function keyOf(event: BuildEvent, otherwise: number): string {
  switch (event.kind) {
    case 'step':
      return `step ${event.step.id}`;
    case 'item':
      return `item ${event.stepId} ${event.item.name}`;
    case 'output':
      return `output ${event.stepId}`;
    case 'warning':
      return `warning ${String(otherwise)}`;
    case 'image':
    case 'ended':
      return event.kind;
  }
}

/** Later lines behind earlier ones, within the bounds. */
export function joinOutput(before: BuildOutput, after: BuildOutput): BuildOutput {
  // What was left out between the two was left out of what is kept now, too.
  const lines = after.droppedLines > 0 ? after.lines : [...before.lines, ...after.lines];
  const lost = after.droppedLines > 0 ? before.lines.length + after.droppedLines : 0;
  let characters = 0;
  let kept = 0;
  while (kept < lines.length && kept < maxOutputLines) {
    characters += lines[lines.length - 1 - kept]?.length ?? 0;
    if (characters > maxOutputCharacters) break;
    kept++;
  }
  const first = lines.length - kept;
  return {
    lines: first === 0 ? lines : lines.slice(first),
    droppedLines: before.droppedLines + lost + first,
  };
}

/** What is under way when the build ends has ended with it. */
function endStep(step: BuildStep, at: number): BuildStep {
  return step.startedAt === undefined || step.endedAt !== undefined
    ? step
    : { ...step, endedAt: Math.max(at, step.startedAt) };
}

function indexOf({ steps }: Build, stepId: string): number {
  return steps.findIndex(({ id }) => id === stepId);
}

function withStep(build: Build, at: number, change: (step: BuildStep) => BuildStep): Build {
  const step = build.steps[at];
  return step === undefined ? build : { ...build, steps: build.steps.with(at, change(step)) };
}

function putItem(items: readonly BuildItem[], item: BuildItem): readonly BuildItem[] {
  const known = items.findIndex(({ name }) => name === item.name);
  if (known >= 0) return items.with(known, item);
  return items.length >= maxItems ? items : [...items, item];
}
