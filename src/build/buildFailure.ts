import type { StepFacts } from '../model/build.ts';
import type { BuildProblem, BuildProblemKind } from '../model/buildProblem.ts';
import { dockerfileInstructions } from '../model/dockerfile.ts';

type Pattern = readonly [kind: BuildProblemKind, pattern: RegExp];

/**
 * What builders say goes by its text alone: BuildKit's errors and the classic builder's reach a client so. The texts are
 * those of both builders in engines 20.10 and 26.1, and of Podman 4.3. The first that fits counts; a group is what it is about.
 */
const patterns: readonly Pattern[] = [
  [
    'noBuildx',
    /is not a docker command|unknown command: docker buildx|invalid progress mode|unsupported progress|spawn docker ENOENT/,
  ],
  ['syntax', /dockerfile parse error(?: on)? line \d+: (?<what>.*)/],
  [
    'syntax',
    /(?:dockerfile parse error|file with no instructions|the Dockerfile .* cannot be empty|no build stage in current context)/i,
  ],
  [
    'target',
    /target stage "?(?<what>[^"\s]+)"? could not be found|failed to reach build target (?<name>\S+)/,
  ],
  [
    'noDockerfile',
    /Cannot locate specified Dockerfile|failed to read dockerfile|unable to evaluate symlinks in Dockerfile path/,
  ],
  ['needsBuildKit', /the (?<what>\S+) option requires BuildKit/],
  [
    'platforms',
    /exporting manifest lists|Multi-platform build is not supported|multiple platforms feature is currently not supported/i,
  ],
  ['cacheExport', /Cache export is not supported/i],
  ['noSecret', /secret (?<what>[^\s:]+):? (?:is )?not found|failed to stat (?<name>.+?): /],
  ['noContext', /unable to prepare context: path "(?<what>.+?)" not found/],
  ['outside', /forbidden path outside the build context: (?<what>.*?)(?: \(\)|$)/i],
  ['outside', /is outside of|forbidden path|escapes? (?:from )?(?:the )?(?:build )?context/i],
  ['missingSource', /excluded by \.dockerignore: stat (?<what>.+?): file does not exist/],
  ['syntax', /Build error: (?<what>Unknown instruction: "[^"]*")/],
  ['missingSource', /checking on sources under .*: stat: "(?<what>[^"]+)": no such file/],
  ['missingSource', /(?:COPY|ADD) failed: (?:no source files were specified|stat (?<what>.+?): )/],
  ['missingSource', /(?:failed to (?:calculate checksum|compute cache key)).*?"(?<what>[^"]+)":? not found/],
  ['missingSource', /^.*?"(?<what>\/[^"]*)" not found: not found/],
  ['missingSource', /lstat (?<what>\S+): no such file or directory/],
  ['unreadable', /(?:error from sender|open|lstat).*? (?<what>\/\S+?): permission denied/],
  ['ignorePattern', /(?:syntax error in pattern|illegal exclusion pattern)(?:: "?(?<what>[^"]+))?/],
  ['step', /(?:returned a non-zero code|exit code): \d+|while running runtime: exit status \d+/],
  ['diskFull', /no space left on device/i],
  [
    'unreachable',
    /Cannot connect to the Docker daemon|error during connect|error reading from server|transport is closing|failed to receive status|unexpected EOF/i,
  ],
];

/** Why a build has failed, out of what was said and the step it was said about. `what` of a step is its instruction. */
export function buildProblemOf(text: string, step: StepFacts | undefined): BuildProblem {
  const said = lastWords(text);
  const image = baseImageOf(step, said);
  const line = lineIn(text) ?? step?.line;
  if (step?.name === 'booting buildkit') return { kind: 'builder', what: '', line: undefined, said };
  if (image !== undefined) return { kind: 'baseImage', what: image, line, said };
  for (const [kind, pattern] of patterns) {
    const groups = pattern.exec(text);
    if (groups === null) continue;
    const what = groups.groups?.['what'] ?? groups.groups?.['name'] ?? '';
    if (kind !== 'step') return { kind, what, line, said };
    const exitCode = Number(/(?:returned a non-zero code: |exit code: |exit status )(\d+)/.exec(text)?.[1]);
    return { kind, what: step?.name ?? what, line, said, exitCode };
  }
  return { kind: 'other', what: '', line, said };
}

/** A here-document's body is read as instructions by those who do not know any: the line they stumble over is none. */
export function withHeredoc(problem: BuildProblem, dockerfile: string): BuildProblem {
  const { kind, line, said } = problem;
  if (kind !== 'syntax' || line === undefined) return problem;
  const around = dockerfileInstructions(dockerfile).find(
    (each) => each.hasHeredoc && each.line < line && line <= each.endLine,
  );
  return around === undefined ? problem : { kind: 'needsFrontend', what: '<<EOF', line: around.line, said };
}

/** The builder quotes the lines it is about, or names one. */
function lineIn(text: string): number | undefined {
  const quoted = /^.+:(\d+)\n-{10,}$/m.exec(text)?.[1];
  const named = /dockerfile parse error(?: on)? line (\d+)/.exec(text)?.[1];
  const line = quoted ?? named;
  return line === undefined ? undefined : Number(line) - 1;
}

function baseImageOf(step: StepFacts | undefined, said: string): string | undefined {
  const resolved =
    /(?:failed to resolve source metadata for |initializing source docker:\/\/)(\S+?):(?:\s|$)/.exec(
      said,
    )?.[1];
  if (resolved !== undefined) return resolved;
  if (step === undefined || step.error === '') return undefined;
  const loaded = /^(?:load metadata for|resolve image config for) (?:docker-image:\/\/)?(\S+)/.exec(
    step.name,
  );
  return loaded?.[1] ?? /^FROM (?:--\S+ )*(\S+)/i.exec(step.name)?.[1];
}

/** The error itself: without the quoted lines before it, and without those who passed it on. */
function lastWords(text: string): string {
  const at = text.lastIndexOf('ERROR: ');
  return (at < 0 ? text : text.slice(at + 7))
    .replace(/^failed to solve: /, '')
    .replace(/^rpc error: code = \w+ desc = /, '')
    .replace(
      /^(?:failed to solve with frontend [\w.]+: |failed to create LLB definition: |failed to compute cache key: )+/,
      '',
    )
    .replace(/failed to calculate checksum of ref \S+: /, '')
    .trim();
}
