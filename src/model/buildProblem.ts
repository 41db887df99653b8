/**
 * Why a build has failed. `syntax`: the Dockerfile can't be read; `missingSource`: what is copied is not in the context;
 * `outside`: a path or a link leads out of it; `step`: a command ended with another code than 0; `baseImage`: an image
 * it begins with is not to be had (`transfer` says why); `target`: there is no such stage; `noDockerfile`; `needsBuildKit`:
 * the classic builder can't do this; `needsFrontend`: nor can the engine's own reader of Dockerfiles; `noBuildx`: the docker
 * CLI with a buildx that is new enough is not there; `builder`: a builder of buildx's own did not begin; `noSecret`: a secret
 * that is not given, or whose file is missing; `platforms`: several at once; `cacheExport`: this builder can’t give its cache away; `unreadable`, `changed`, `ignorePattern`,
 * `noContext`: the context can’t be sent; `unreachable`: the
 * engine is gone; `other`: as the builder says.
 */
export const buildProblemKinds = [
  'syntax',
  'missingSource',
  'outside',
  'step',
  'baseImage',
  'target',
  'noDockerfile',
  'needsBuildKit',
  'needsFrontend',
  'noBuildx',
  'builder',
  'noSecret',
  'platforms',
  'cacheExport',
  'unreadable',
  'changed',
  'ignorePattern',
  'noContext',
  'diskFull',
  'unreachable',
  'other',
] as const;

export type BuildProblemKind = (typeof buildProblemKinds)[number];

export interface BuildProblem {
  readonly kind: BuildProblemKind;
  /** What it is about: a path, an image, a stage, an instruction; empty where there is nothing to name. */
  readonly what: string;
  /** In the Dockerfile, from 0. */
  readonly line: number | undefined;
  /** The builder's own words. */
  readonly said: string;
  /** Of a step's command. */
  readonly exitCode?: number;
}
