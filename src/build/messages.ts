import type { BuildEvent, BuilderKind, BuildSpec } from '../model/build.ts';
import type { RegistryAuth } from '../model/registryAuth.ts';

/** Given to the worker as it starts. */
export interface BuildWorkerStart {
  /** An `Endpoint`, which only the worker's own adapter reads. */
  readonly endpoint: unknown;
  readonly spec: BuildSpec;
  readonly builder: BuilderKind;
  /** For buildx those alone that it does not find itself. */
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
