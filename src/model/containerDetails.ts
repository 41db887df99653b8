import type { ContainerState, HealthStatus, PortBinding } from './container.ts';
import type { RunError } from './runError.ts';
import type { Healthcheck, RunExtras } from './runExtras.ts';

/** All that an engine says of one container. Times are milliseconds since the epoch. */
export interface ContainerDetails {
  readonly id: string;
  readonly name: string;
  readonly createdAt: number | undefined;
  readonly state: StateDetails;
  readonly image: ImageDetails;
  readonly health: HealthDetails | undefined;
  readonly ports: readonly PortBinding[];
  readonly mounts: readonly MountDetails[];
  readonly networks: readonly NetworkDetails[];
  /** `host`, `none`, `container:ID`, or the first network. */
  readonly networkMode: string;
  readonly env: readonly (readonly [name: string, value: string])[];
  /** Whole, unlike those of the live model. */
  readonly labels: Readonly<Record<string, string>>;
  readonly entrypoint: readonly string[];
  readonly command: readonly string[];
  readonly workingDir: string;
  readonly user: string;
  readonly hostname: string;
  readonly hasTerminal: boolean;
  readonly limits: LimitDetails;
  /** As the container has them, the engine's own included. */
  readonly extras: RunExtras;
}

export interface StateDetails {
  readonly state: ContainerState;
  readonly startedAt: number | undefined;
  readonly finishedAt: number | undefined;
  /** Of the last run; 0 while it runs. */
  readonly exitCode: number;
  readonly isOomKilled: boolean;
  /** What the engine said when it could not start it; empty for none. */
  readonly error: string;
  /** The same, where the engine's words are known. */
  readonly startFailure: RunError | undefined;
  /** Of its main process, on the engine's machine; 0 when it does not run. */
  readonly pid: number;
  /** By its policy, since somebody started it. */
  readonly restartCount: number;
  readonly restartPolicy: { readonly name: string; readonly maxRetries: number };
  readonly isRemovedAtEnd: boolean;
}

export interface ImageDetails {
  /** The name it was made from. */
  readonly reference: string;
  readonly id: string;
  /** `repository@sha256:…`; empty when the image came from no registry, or is gone. */
  readonly digests: readonly string[];
  readonly platform: string;
  /** The engine does not have it any more. */
  readonly isGone: boolean;
}

export interface HealthDetails {
  readonly check: Healthcheck | undefined;
  readonly status: HealthStatus | 'none';
  readonly failingStreak: number;
  /** The newest first; an engine keeps five. */
  readonly probes: readonly HealthProbe[];
}

export interface HealthProbe {
  readonly startedAt: number | undefined;
  readonly endedAt: number | undefined;
  readonly exitCode: number;
  readonly output: string;
}

export interface MountDetails {
  readonly type: string;
  /** Of a volume. */
  readonly name: string;
  /** On the engine's machine. */
  readonly source: string;
  readonly target: string;
  readonly driver: string;
  /** `z`, `rslave` and the like. */
  readonly mode: string;
  readonly isReadOnly: boolean;
}

export interface NetworkDetails {
  readonly name: string;
  readonly networkId: string;
  readonly ipAddress: string;
  readonly ipv6Address: string;
  readonly gateway: string;
  readonly macAddress: string;
  readonly aliases: readonly string[];
}

export interface LimitDetails {
  readonly memoryBytes: number | undefined;
  readonly cpus: number | undefined;
  readonly pids: number | undefined;
}
