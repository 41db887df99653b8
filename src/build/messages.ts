import type { BuildEvent, BuildSpec } from '../model/build.ts';
import type { RegistryAuth } from '../model/registryAuth.ts';

/** `auto`: BuildKit where the docker CLI with buildx is there, else the engine's own builder. */
export const builderChoices = ['auto', 'buildkit', 'classic'] as const;
export type BuilderChoice = (typeof builderChoices)[number];

/** Given to the worker as it starts. */
export interface BuildWorkerStart {
  /** An `Endpoint`, which only the worker's own adapter reads. */
  readonly endpoint: unknown;
  readonly spec: BuildSpec;
  readonly builder: BuilderChoice;
  /** For the classic builder; buildx finds its own. */
  readonly auths: readonly RegistryAuth[];
}

export interface ToBuildWorker {
  readonly kind: 'cancel';
}

/** `ended` is among the last events; nothing comes behind it. */
export interface FromBuildWorker {
  readonly kind: 'events';
  readonly events: readonly BuildEvent[];
}
