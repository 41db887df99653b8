import type { BuildMessage } from '../model/buildMessage.ts';
import type { ContainerLimits, LimitChanges } from '../model/containerLimits.ts';
import type { ContainerDetails } from '../model/containerDetails.ts';
import type { EngineError } from '../model/engineError.ts';
import type { EngineEvent } from '../model/engineEvent.ts';
import type { HealthReport } from '../model/healthReport.ts';
import type { FileChange } from '../model/containerChanges.ts';
import type { ObjectKind } from '../model/identity.ts';
import type { HistoryStep } from '../model/imageHistory.ts';
import type { FileKind } from '../model/fileEntry.ts';
import type { FoundImage } from '../model/foundImage.ts';
import type { ImageReference } from '../model/imageReference.ts';
import type { RegistryAuth } from '../model/registryAuth.ts';
import type { RunExtras } from '../model/runExtras.ts';
import type { PortMapping, RunOptions } from '../model/runOptions.ts';
import type { ObjectOf } from '../model/snapshot.ts';
import type { StatsSample } from '../model/stats.ts';
import type { TransferStep } from '../model/transfer.ts';

/** What answers at an endpoint, as found out by the first request. */
export interface EngineVersion {
  /** Product name: `Docker`, `Podman`. */
  readonly product: string;
  readonly version: string;
  /** The API version that both sides speak. */
  readonly apiVersion: string;
  readonly os: string;
}

export interface EventStream {
  /** Settles when the stream is over, for whatever reason; never rejects. */
  readonly ended: Promise<EngineError>;
}

export interface Process {
  readonly pid: string;
  readonly user: string;
  readonly command: string;
}

export interface LogsOptions {
  readonly follow: boolean;
  /** The last lines only, counted before any filter; all when absent. */
  readonly tail?: number;
  /** `seconds.nanoseconds` since the epoch. */
  readonly since?: string;
  readonly until?: string;
  readonly timestamps: boolean;
}

export interface OutputChunk {
  readonly stream: 'stdout' | 'stderr';
  readonly data: Uint8Array;
}

/** What is not said is as in `plainRun`. */
export type ContainerSpec = Pick<RunOptions, 'image'> &
  Partial<RunOptions> & {
    /** The id of a container whose processes it sees as its own. */
    readonly sharesProcessesOf?: string;
  };

export type ContainerEnd = 'not-running' | 'next-exit' | 'removed';

/** How an existing container was made. */
export interface ContainerRecipe {
  readonly options: RunOptions;
  /** What the options have no word for; opaque, for a container that takes its place. */
  readonly kept: unknown;
  /** The engine's words for what is kept and is not as usual: `CapAdd`, `Healthcheck`. */
  readonly keptNames: readonly string[];
  /** What is kept, as far as `docker run` and Compose have words for it. */
  readonly extras: RunExtras;
  /** Those of `keptNames` that the extras don't say either. */
  readonly unsaidNames: readonly string[];
}

/** What an image says of the containers that are made of it. */
export interface ImageDefaults {
  readonly ports: readonly Pick<PortMapping, 'containerPort' | 'protocol'>[];
  readonly volumes: readonly string[];
  readonly entrypoint: readonly string[];
  readonly command: readonly string[];
  readonly user: string;
  readonly workingDir: string;
}

export interface PullOptions {
  /** `os/architecture[/variant]`; the engine's own when absent. */
  readonly platform?: string | undefined;
  readonly auth?: RegistryAuth | undefined;
}

export interface PushOptions {
  readonly auth?: RegistryAuth | undefined;
}

/** What the classic builder takes. */
export interface ImageBuildOptions {
  readonly tags: readonly string[];
  /** In the context, with slashes. */
  readonly dockerfile: string;
  readonly target?: string | undefined;
  readonly buildArgs: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
  readonly platform?: string | undefined;
  readonly cacheFrom: readonly string[];
  readonly noCache: boolean;
  readonly pull: boolean;
  /** Of the registries that the images it begins with come from. */
  readonly auths: readonly RegistryAuth[];
}

export interface ExecSpec {
  readonly command: readonly string[];
  readonly tty?: { readonly columns: number; readonly rows: number };
  readonly user?: string;
  readonly workingDir?: string;
  readonly env?: readonly string[];
  /** What it reads without a terminal. Its end is not told: the command must know how much it reads. */
  readonly input?: AsyncIterable<Uint8Array>;
}

/** A command running inside a container with its terminal or pipes. */
export interface ExecSession {
  readonly output: AsyncIterable<OutputChunk>;
  write(data: string): void;
  resize(columns: number, rows: number): Promise<void>;
  /** Undefined while it runs. */
  exitCode(): Promise<number | undefined>;
  /** Ends the connection; what runs inside is sent a hang-up where it has a terminal. */
  close(): void;
}

/** What a terminal at a container's own process needs. */
export interface AttachedContainer {
  readonly hasTerminal: boolean;
  /** Somebody may read what is written. */
  readonly takesInput: boolean;
  readonly output: AsyncIterable<OutputChunk>;
  write(data: string): void;
  /** Works once it runs. */
  resize(columns: number, rows: number): Promise<void>;
  /** Ends the connection; the container runs on. */
  close(): void;
}

/** What an engine knows of a path in a container without entering it. */
export interface PathStat {
  readonly kind: FileKind;
  readonly sizeBytes: number;
  /** Milliseconds since the epoch. */
  readonly modifiedAt: number;
  /** Permission bits with setuid, setgid and sticky. */
  readonly mode: number;
  /** Of a link; empty for anything else. */
  readonly linkTarget: string;
}

export interface RemoveContainerOptions {
  /** Kill it first when it runs. */
  readonly force?: boolean;
  /** Its anonymous volumes go too. */
  readonly volumes?: boolean;
}

export interface CommitOptions {
  readonly reference: ImageReference;
  /** What was done; may be empty. */
  readonly message: string;
  readonly author: string;
  /** Whether it stands still meanwhile, so that no file is half written. */
  readonly pauses: boolean;
}

/**
 * The port to one container engine. Every call takes a signal, leaves no open socket behind when it aborts, and
 * fails with an `EngineError` only. Verbs that find nothing left to do (start of a running container) succeed.
 */
export interface Engine {
  /** Finds out who answers and which API version to speak. Must succeed before any other call. */
  connect(signal: AbortSignal): Promise<EngineVersion>;
  /** Settles when there is a reason to try again at once after the engine was gone (its socket came back). */
  mayBeBack(signal: AbortSignal): Promise<void>;
  /** Resolves once the engine accepted the subscription: events after that moment are not missed. */
  events(onEvent: (event: EngineEvent) => void, signal: AbortSignal): Promise<EventStream>;

  list<K extends ObjectKind>(kind: K, signal: AbortSignal): Promise<readonly ObjectOf[K][]>;
  read<K extends ObjectKind>(kind: K, id: string, signal: AbortSignal): Promise<ObjectOf[K]>;
  /** The engine's own JSON, untouched. */
  inspect(kind: ObjectKind, id: string, signal: AbortSignal): Promise<unknown>;
  /** `docker version` and `docker info`, untouched. */
  describe(signal: AbortSignal): Promise<{ readonly version: unknown; readonly info: unknown }>;

  startContainer(id: string, signal: AbortSignal): Promise<void>;
  /** `timeoutSeconds` until it is killed; the container's own setting when absent. */
  stopContainer(id: string, signal: AbortSignal, timeoutSeconds?: number): Promise<void>;
  restartContainer(id: string, signal: AbortSignal): Promise<void>;
  pauseContainer(id: string, signal: AbortSignal): Promise<void>;
  unpauseContainer(id: string, signal: AbortSignal): Promise<void>;
  killContainer(id: string, unixSignal: string, signal: AbortSignal): Promise<void>;
  renameContainer(id: string, name: string, signal: AbortSignal): Promise<void>;
  removeContainer(id: string, signal: AbortSignal, options?: RemoveContainerOptions): Promise<void>;
  /**
   * Makes one that does not run yet, in all its networks, and gives back its id; nothing is left when that fails.
   * `kept`: from the recipe of the container that it takes the place of. Failures with a known cause are a `RunError`.
   */
  createContainer(spec: ContainerSpec, signal: AbortSignal, kept?: unknown): Promise<string>;
  containerRecipe(id: string, signal: AbortSignal): Promise<ContainerRecipe>;
  /** All that the engine says of it, and how it was made. */
  containerDetails(
    id: string,
    signal: AbortSignal,
  ): Promise<{ readonly details: ContainerDetails; readonly recipe: ContainerRecipe }>;
  /** Resolves with the exit code when the container is over, or will be the next time, or is gone. */
  waitContainer(id: string, signal: AbortSignal, until?: ContainerEnd): Promise<number>;
  /** Its own input and output, from now on; it may not run yet. */
  attachContainer(id: string, signal: AbortSignal): Promise<AttachedContainer>;
  processes(id: string, signal: AbortSignal): Promise<readonly Process[]>;
  /** Makes an image of what the container's file system is now; an image that has the name loses it. */
  commitContainer(id: string, options: CommitOptions, signal: AbortSignal): Promise<void>;
  /** Its whole file system as a tar, as `docker export` writes it; as `exportImage` otherwise. */
  exportContainer(id: string, signal: AbortSignal): AsyncIterable<Uint8Array>;
  containerLimits(id: string, signal: AbortSignal): Promise<ContainerLimits>;
  /** Changes some of them, also while it runs. Resolves with what the engine has to remark about it. */
  updateContainer(id: string, changes: LimitChanges, signal: AbortSignal): Promise<readonly string[]>;
  containerHealth(id: string, signal: AbortSignal): Promise<HealthReport>;
  /**
   * What a running container uses, about once a second, as long as somebody listens; nothing while it does not run.
   * Who stops reading ends the connection.
   */
  stats(id: string, signal: AbortSignal): AsyncIterable<StatsSample>;
  logs(id: string, options: LogsOptions, signal: AbortSignal): AsyncIterable<OutputChunk>;
  exec(id: string, spec: ExecSpec, signal: AbortSignal): Promise<ExecSession>;
  /** Of the path itself, also where it is a link; the container need not run. Paths are texts of `decodeFileName`. */
  pathStat(id: string, path: string, signal: AbortSignal): Promise<PathStat>;
  /** A path with all below it as a tar, in pieces that stay as they are. Who stops reading ends the connection. */
  readArchive(id: string, path: string, signal: AbortSignal): AsyncIterable<Uint8Array>;
  /** Unpacks a tar into a folder, over what is there; owners are those of the tar. */
  writeArchive(
    id: string,
    folder: string,
    archive: AsyncIterable<Uint8Array>,
    signal: AbortSignal,
  ): Promise<void>;
  /** What is not as in its image, also of a container that does not run. */
  changes(id: string, signal: AbortSignal): Promise<readonly FileChange[]>;

  imageDefaults(id: string, signal: AbortSignal): Promise<ImageDefaults>;
  removeImage(id: string, signal: AbortSignal, options?: { readonly force?: boolean }): Promise<void>;
  /**
   * The image as `docker save` writes it, in pieces that are good until the next one is asked for. Named by id or by
   * tag: a repository's name alone would give all its tags. Who stops reading ends the connection.
   */
  exportImage(id: string, signal: AbortSignal): AsyncIterable<Uint8Array>;
  /** Several in one archive, as `docker save` writes it; as `exportImage` otherwise. */
  exportImages(names: readonly string[], signal: AbortSignal): AsyncIterable<Uint8Array>;
  /**
   * Takes the images of an archive that `docker save` wrote, and resolves with their names, or ids of those without
   * one. Failures of the archive are an `ImageArchiveError`, and leave nothing.
   */
  loadImages(archive: AsyncIterable<Uint8Array>, signal: AbortSignal): Promise<readonly string[]>;
  /** Makes an image of one layer of a file system in a tar; fails as `loadImages` does. */
  importImage(
    archive: AsyncIterable<Uint8Array>,
    reference: ImageReference,
    signal: AbortSignal,
  ): Promise<void>;
  /**
   * Brings one image from its registry, saying what happens to each layer. It is over when the iterable is; failures
   * of the registry are a `TransferError`. Abort, or leaving the loop, ends the work on the engine's side too.
   */
  pullImage(
    reference: ImageReference,
    options: PullOptions,
    signal: AbortSignal,
  ): AsyncIterable<TransferStep>;
  /** The digest that the registry has by a tag now; the engine asks it. Failures of the registry are a `TransferError`. */
  registryDigest(reference: ImageReference, options: PushOptions, signal: AbortSignal): Promise<string>;
  /** Asks Docker Hub, or the registry that the term begins with, for repositories: the engine does it. */
  searchImages(term: string, signal: AbortSignal): Promise<readonly FoundImage[]>;
  /** Sends one tag to its registry, as `pullImage` brings it; layers that are there when it is cut off stay there. */
  pushImage(
    reference: ImageReference,
    options: PushOptions,
    signal: AbortSignal,
  ): AsyncIterable<TransferStep>;
  /**
   * Builds an image by the engine's own, classic builder from a context in a tar. It is over when the iterable is; what
   * goes wrong inside is its last message. Abort, or leaving the loop, ends the build on the engine's side too.
   */
  buildImage(
    context: AsyncIterable<Uint8Array>,
    options: ImageBuildOptions,
    signal: AbortSignal,
  ): AsyncIterable<BuildMessage>;
  /** One more name for an image; taken away from another image that has it. */
  tagImage(id: string, reference: ImageReference, signal: AbortSignal): Promise<void>;
  /** Its steps as `docker history` lists them, the newest first. */
  imageHistory(id: string, signal: AbortSignal): Promise<readonly HistoryStep[]>;
  /** By image id, the bytes that other images of the engine have too; works for each image, so ask rarely. */
  sharedImageSizes(signal: AbortSignal): Promise<ReadonlyMap<string, number>>;
  removeVolume(name: string, signal: AbortSignal): Promise<void>;
  /** Bytes on disk by volume name; a scan of the disk on the engine's side, so ask rarely. */
  volumeSizes(signal: AbortSignal): Promise<ReadonlyMap<string, number>>;
  removeNetwork(id: string, signal: AbortSignal): Promise<void>;

  /** Ends every connection. */
  dispose(): void;
}
