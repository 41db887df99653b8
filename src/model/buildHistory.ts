import type { Build, BuildStep } from './build.ts';

/** How a step went the time before. */
export interface StepBefore {
  readonly durationMs: number;
  readonly isCached: boolean;
}

export function durationOf(
  { startedAt, endedAt }: Pick<BuildStep, 'startedAt' | 'endedAt'>,
  now: number,
): number {
  return startedAt === undefined ? 0 : Math.max(0, (endedAt ?? now) - startedAt);
}

/** The last good build of the same stage of the same Dockerfile before this one. `builds`: newest first. */
export function buildBefore(builds: readonly Build[], build: Build): Build | undefined {
  return builds.find(
    ({ id, spec, outcome, startedAt }) =>
      id !== build.id &&
      startedAt <= build.startedAt &&
      outcome === 'succeeded' &&
      spec.dockerfile === build.spec.dockerfile &&
      spec.target === build.spec.target,
  );
}

/** The last word on each Dockerfile: of its builds the newest that came to an end of its own. `builds`: newest first. */
export function lastVerdicts(builds: readonly Build[]): ReadonlyMap<string, Build> {
  const verdicts = new Map<string, Build>();
  for (const build of builds) {
    const { dockerfile } = build.spec;
    const isVerdict = build.outcome === 'succeeded' || build.outcome === 'failed';
    if (isVerdict && !verdicts.has(dockerfile)) verdicts.set(dockerfile, build);
  }
  return verdicts;
}

/** By the ids of the steps of `build`, those that the build before had too: the same instruction of the same stage. */
export function stepsBefore(
  build: Pick<Build, 'steps'>,
  before: Pick<Build, 'steps'> | undefined,
): Readonly<Record<string, StepBefore>> {
  const known = new Map<string, StepBefore>();
  for (const [key, step] of keyed(before?.steps ?? []))
    if (step.endedAt !== undefined)
      known.set(key, { durationMs: durationOf(step, step.endedAt), isCached: step.isCached });
  return Object.fromEntries(
    keyed(build.steps).flatMap(([key, { id }]) => {
      const found = known.get(key);
      return found === undefined ? [] : [[id, found]];
    }),
  );
}

/** In the order in which they began, then as the Dockerfile has them. */
export function orderedSteps(steps: readonly BuildStep[]): readonly BuildStep[] {
  const begun = steps.filter(({ startedAt }) => startedAt !== undefined);
  const others = steps.filter(({ startedAt }) => startedAt === undefined);
  return [
    ...begun.sort((a, b) => (a.startedAt ?? 0) - (b.startedAt ?? 0) || lineOf(a) - lineOf(b)),
    ...others.sort((a, b) => lineOf(a) - lineOf(b)),
  ];
}

function lineOf({ line }: BuildStep): number {
  return line ?? Number.MAX_SAFE_INTEGER;
}

/** Numbers of steps change when one is added; the instruction and its stage say which one it is, and which of its kind. */
function keyed(steps: readonly BuildStep[]): readonly (readonly [key: string, step: BuildStep])[] {
  const seen = new Map<string, number>();
  return steps.map((step) => {
    const name = `${step.label.replace(/ ?\d+\/\d+$/, '')}\n${step.name}`;
    const count = seen.get(name) ?? 0;
    seen.set(name, count + 1);
    return [`${name}\n${String(count)}`, step];
  });
}
