import { describe, expect, it } from 'vitest';
import { buildProblemOf, withHeredoc } from '../../../src/build/buildFailure.ts';
import { buildxArguments } from '../../../src/build/buildxArguments.ts';
import { beyondClassic } from '../../../src/build/classicBuild.ts';
import type { BuildProblem } from '../../../src/model/buildProblem.ts';
import { buildSpec, stepFacts } from '../../support/builds.ts';

const quote = (line: number): string =>
  `Dockerfile:${String(line)}\n--------------------\n   1 |     FROM busybox\n--------------------\n`;
const run = stepFacts({ name: 'RUN exit 3', line: 2, error: 'x' });

/** As both builders of both engines have said it. */
const said: readonly (readonly [text: string, expected: Partial<BuildProblem>, step?: typeof run])[] = [
  [
    `${quote(3)}ERROR: failed to solve: process "/bin/sh -c exit 3" did not complete successfully: exit code: 3`,
    { kind: 'step', what: 'RUN exit 3', line: 2, exitCode: 3 },
    run,
  ],
  [
    'ERROR: failed to solve: executor failed running [/bin/sh -c exit 3]: exit code: 3',
    { kind: 'step', line: 2, exitCode: 3 },
    run,
  ],
  [
    "The command '/bin/sh -c exit 3' returned a non-zero code: 3",
    { kind: 'step', line: 2, exitCode: 3 },
    run,
  ],
  [
    `${quote(2)}ERROR: failed to solve: dockerfile parse error on line 2: unknown instruction: RUM (did you mean RUN?)`,
    { kind: 'syntax', what: 'unknown instruction: RUM (did you mean RUN?)', line: 1 },
  ],
  [
    'ERROR: failed to solve: rpc error: code = Unknown desc = failed to solve with frontend dockerfile.v0: failed to create LLB definition: dockerfile parse error line 2: unknown instruction: RUM',
    { kind: 'syntax', line: 1, said: 'dockerfile parse error line 2: unknown instruction: RUM' },
  ],
  ['the Dockerfile (Dockerfile) cannot be empty', { kind: 'syntax' }],
  [
    'COPY failed: file not found in build context or excluded by .dockerignore: stat nothere: file does not exist',
    { kind: 'missingSource', what: 'nothere' },
  ],
  [
    'ERROR: failed to solve: failed to compute cache key: "/nothere" not found: not found',
    { kind: 'missingSource', what: '/nothere' },
  ],
  [
    'ERROR: failed to solve: failed to compute cache key: failed to calculate checksum of ref 865::uno: "/nothere": not found',
    { kind: 'missingSource', what: '/nothere', said: '"/nothere": not found' },
  ],
  ['COPY failed: forbidden path outside the build context: ../x ()', { kind: 'outside', what: '../x' }],
  ['target stage "zzz" could not be found', { kind: 'target', what: 'zzz' }],
  ['ERROR: failed to solve: target stage zz could not be found', { kind: 'target', what: 'zz' }],
  ['Cannot locate specified Dockerfile: None', { kind: 'noDockerfile' }],
  ['the --mount option requires BuildKit. Refer to …', { kind: 'needsBuildKit', what: '--mount' }],
  ['ERROR: failed to solve: secret tok: not found', { kind: 'noSecret', what: 'tok' }],
  ['ERROR: failed to stat /nope: stat /nope: no such file or directory', { kind: 'noSecret', what: '/nope' }],
  ['ERROR: docker exporter does not currently support exporting manifest lists', { kind: 'platforms' }],
  ['ERROR: Cache export is not supported for the docker driver.\nSwitch to …', { kind: 'cacheExport' }],
  ['ERROR: unable to prepare context: path "/nope" not found', { kind: 'noContext', what: '/nope' }],
  [
    'ERROR: Cannot connect to the Docker daemon at unix:///x.sock. Is the docker daemon running?',
    { kind: 'unreachable' },
  ],
  ['Error: spawn docker ENOENT', { kind: 'noBuildx' }],
  ["docker: 'buildx' is not a docker command.", { kind: 'noBuildx' }],
  ['ERROR: error from sender: open /w/secret: permission denied', { kind: 'unreadable', what: '/w/secret' }],
  ['ERROR: failed to solve: syntax error in pattern', { kind: 'ignorePattern' }],
  ['write /x: no space left on device', { kind: 'diskFull' }],
  [
    'ERROR: Error response from daemon: Get "http://127.0.0.1:9/v2/": connection refused',
    { kind: 'builder', said: 'Error response from daemon: Get "http://127.0.0.1:9/v2/": connection refused' },
    stepFacts({ name: 'booting buildkit', error: 'x' }),
  ],
  [
    'building at STEP "RUN exit 3": while running runtime: exit status 3',
    { kind: 'step', what: 'RUN exit 3', line: 2, exitCode: 3 },
    run,
  ],
  [
    'building at STEP "RUM ": Build error: Unknown instruction: "RUM" &imagebuilder.Step{Env:[]string{}}',
    { kind: 'syntax', what: 'Unknown instruction: "RUM"' },
  ],
  [
    'building at STEP "COPY none /x": checking on sources under "/var/tmp/b/build": copier: stat: "/none": no such file or directory',
    { kind: 'missingSource', what: '/none' },
  ],
  [
    'creating build container: initializing source docker://127.0.0.1:9/team/nope:1: reading manifest 1 in 127.0.0.1:9/team/nope: manifest unknown: manifest unknown',
    { kind: 'baseImage', what: '127.0.0.1:9/team/nope:1' },
  ],
  ['ERROR: something new', { kind: 'other', said: 'something new' }],
  [
    'ERROR: failed to solve: 127.0.0.1:9/x:1: failed to resolve source metadata for 127.0.0.1:9/x:1: failed to do request: connection refused',
    { kind: 'baseImage', what: '127.0.0.1:9/x:1' },
  ],
  [
    'Get "http://127.0.0.1:9/v2/": dial tcp 127.0.0.1:9: connect: connection refused',
    { kind: 'baseImage', what: '127.0.0.1:9/x:1', line: 4 },
    stepFacts({ name: 'FROM --platform=linux/amd64 127.0.0.1:9/x:1 AS a', line: 4, error: 'x' }),
  ],
];

describe('why a build failed', () => {
  it.each(said.map(([text, expected, step]) => ({ text, expected, step })))(
    '$text',
    ({ text, expected, step }) => {
      expect(buildProblemOf(text, step)).toMatchObject(expected);
    },
  );
});

describe('a here-document that is taken for instructions', () => {
  const dockerfile = 'FROM a\nRUN <<EOF\necho x\nEOF\nRUM y\n';
  const syntax = (line: number) => ({ kind: 'syntax', what: 'x', line, said: 'x' }) as const;

  it('is what the front end does not know', () => {
    expect(withHeredoc(syntax(2), dockerfile)).toMatchObject({ kind: 'needsFrontend', line: 1 });
  });

  it('has nothing to do with other lines', () => {
    expect(withHeredoc(syntax(4), dockerfile)).toEqual(syntax(4));
  });
});

describe('what the classic builder cannot do', () => {
  it.each([
    [{ secrets: [{ id: 'a', path: '/a' }] }, 'FROM a', '--secret', undefined],
    [{ platforms: ['linux/amd64', 'linux/arm64'] }, 'FROM a', '--platform', undefined],
    [{ cacheTo: ['type=inline'] }, 'FROM a', '--cache-to', undefined],
    [{}, 'FROM a\nRUN <<EOF\ntrue\nEOF', '<<EOF', 1],
  ])('%j', (changes, dockerfile, what, line) => {
    expect(beyondClassic(buildSpec(changes), dockerfile)).toMatchObject({
      kind: 'needsBuildKit',
      what,
      line,
    });
  });

  it('is not what most builds are', () => {
    expect(beyondClassic(buildSpec({ platforms: ['linux/arm64'] }), 'FROM a\nRUN b << 1')).toBeUndefined();
  });
});

describe('the arguments for buildx', () => {
  it('say all there is to say', () => {
    const spec = buildSpec({
      tags: ['a:1', 'b:2'],
      target: 'final',
      buildArgs: { X: '1 2' },
      labels: { l: 'v' },
      platforms: ['linux/arm64'],
      secrets: [{ id: 'tok', path: '/a,b' }],
      cacheFrom: ['type=registry,ref=r/c'],
      cacheTo: ['type=inline'],
      noCache: true,
      pull: true,
      push: true,
    });
    expect(buildxArguments(spec, '/tmp/id').join(' ')).toBe(
      'build --progress=rawjson --file /w/Dockerfile --iidfile /tmp/id --tag a:1 --tag b:2 --target final --build-arg X=1 2 --label l=v --platform linux/arm64 --secret id=tok,"src=/a,b" --cache-from type=registry,ref=r/c --cache-to type=inline --no-cache --pull --load /w',
    );
  });

  it('leave an image of several platforms to the registry', () => {
    const spec = buildSpec({ platforms: ['linux/amd64', 'linux/arm64'], push: true });
    expect(buildxArguments(spec, 'i')).toContain('--push');
    expect(buildxArguments(spec, 'i')).not.toContain('--load');
  });
});
