import type { Browser } from 'playwright-core';
import { english } from '../../src/base/localize.ts';
import { nullLogger } from '../../src/base/logger.ts';
import type { Builds } from '../../src/build/builds.ts';
import { explainBuild } from '../../src/commands/explainBuild.ts';
import type { Build, BuildEvent } from '../../src/model/build.ts';
import { BuildHost } from '../../src/ui/panels/buildHost.ts';
import { buildStrings } from '../../src/ui/panels/buildStrings.ts';
import { BuiltBuilds } from '../support/builtBuilds.ts';
import { stepFacts } from '../support/builds.ts';
import { openPage, type PageBed } from './pageBed.ts';
import type { ThemeName } from './themes.ts';

export interface BuildBed extends PageBed {
  readonly made: BuiltBuilds;
  readonly builds: Builds;
  readonly host: BuildHost;
  /** What the page asked the editor for. */
  readonly asked: readonly string[];
  readonly complaints: readonly string[];
}

export interface BuildBedOptions {
  readonly theme?: ThemeName;
  readonly width?: number;
  readonly height?: number;
}

/** The page of the builds with its real host and builds; only the builder is missing. */
export async function openBuilds(browser: Browser, options: BuildBedOptions = {}): Promise<BuildBed> {
  const { theme = 'dark', width = 1000, height = 560 } = options;
  const bed = await openPage(browser, 'build', theme, { width, height });
  const made = new BuiltBuilds();
  const builds = made.open();
  const asked: string[] = [];
  const complaints: string[] = [];
  bed.page.on('console', (message) => complaints.push(message.text()));
  bed.page.on('pageerror', (error) => complaints.push(String(error)));
  const host = new BuildHost({
    port: bed.port,
    builds,
    strings: buildStrings(english, 'en'),
    log: { ...nullLogger, warn: (message) => complaints.push(message) },
    buildId: undefined,
    actions: {
      rebuild: ({ id }) => asked.push(`rebuild ${id}`),
      openLine: ({ id }, line) => asked.push(`line ${String(line)} of ${id}`),
      summarize: (build) => summarize(build),
    },
  });
  return {
    ...bed,
    made,
    builds,
    host,
    asked,
    complaints,
    close: async () => {
      host.dispose();
      builds.dispose();
      await bed.close();
      await made.close();
    },
  };
}

function summarize(
  build: Build,
): ReturnType<ConstructorParameters<typeof BuildHost>[0]['actions']['summarize']> {
  const { id, spec, engineName, startedAt, endedAt, outcome, problem } = build;
  return {
    id,
    name: spec.tags[0] ?? '',
    dockerfile: 'Dockerfile',
    context: '.',
    engineName,
    builder: 'BuildKit',
    startedAt,
    endedAt,
    outcome,
    explanation: problem === undefined ? '' : explainBuild(problem, english),
    problemLine: problem?.line,
  };
}

/** A step with its times in seconds after the build's start. */
export function step(
  build: Build | undefined,
  id: string,
  name: string,
  times: readonly [from?: number, to?: number],
  changes: Parameters<typeof stepFacts>[0] = {},
): BuildEvent {
  const at = (seconds: number | undefined): number | undefined =>
    seconds === undefined ? undefined : (build?.startedAt ?? 0) + seconds * 1000;
  return {
    kind: 'step',
    step: stepFacts({
      id,
      name,
      label: `${id}/4`,
      startedAt: at(times[0]),
      endedAt: at(times[1]),
      ...changes,
    }),
  };
}

export function output(stepId: string, ...lines: readonly string[]): BuildEvent {
  return { kind: 'output', stepId, output: { lines, droppedLines: 0 } };
}
