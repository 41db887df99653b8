import type { Clock } from '../base/async.ts';
import type { Localize } from '../base/localize.ts';
import type { Logger } from '../base/logger.ts';
import type { EngineSet, KnownEngine } from '../engine/engineSet.ts';
import type { Build, BuildSpec } from '../model/build.ts';
import type { ChangeKind } from '../model/containerChanges.ts';
import type { LogAct } from '../model/log.ts';
import type { ContainerScope } from '../model/containerScope.ts';
import type { StatsScope } from '../model/statsScope.ts';
import type { FileEntry } from '../model/fileEntry.ts';
import type { FilePlace } from '../model/filePlace.ts';
import type { LayersAct } from '../model/imageLayers.ts';
import type { LayersTarget } from '../model/layersTarget.ts';
import type { ObjectRef } from '../model/identity.ts';
import type { PortMapping } from '../model/runOptions.ts';
import type { RunForm } from '../model/runForm.ts';
import type { ListedName, Page } from '../model/registry.ts';
import type { FoundAuth, LoginStore, RegistryAuth } from '../model/registryAuth.ts';
import type { RegistriesState } from '../model/registryListing.ts';
import type { RegistryDigest } from '../model/registryDigest.ts';
import type { ShellChoice } from '../model/shell.ts';
import type { TreeNode } from '../model/tree/nodes.ts';
import type { FilteredViewId, SidebarViewId, ViewOptions } from '../model/tree/viewOptions.ts';

/** All that a use case may reach. The editor's side is behind these interfaces; tests pass their own. */
export interface Deps {
  readonly t: Localize;
  readonly log: Logger;
  readonly clock: Clock;
  readonly engines: EngineSet;
  readonly prompts: Prompts;
  readonly views: Views;
  readonly panels: Panels;
  readonly desktop: Desktop;
  readonly settings: Settings;
  readonly credentials: Credentials;
  readonly builds: Builds;
  readonly workspace: Workspace;
  readonly registries: Registries;
  readonly shellMemory: ShellMemory;
  readonly files: Files;
}

/** How shells were opened the last time, by the image of the container. */
export interface ShellMemory {
  last(image: string): ShellChoice | undefined;
  keep(image: string, choice: ShellChoice): void;
}

/** Files of containers and volumes, by absolute paths. Rejects with `FilesError` or `EngineError`. */
export interface Files {
  list(
    place: FilePlace,
    folder: string,
    signal: AbortSignal,
  ): Promise<{ readonly entries: readonly FileEntry[] }>;
  /** Paths of files below a folder whose name has the text, in any case. */
  search(
    place: FilePlace,
    folder: string,
    text: string,
    limit: number,
    signal: AbortSignal,
  ): Promise<readonly string[]>;
  stat(place: FilePlace, path: string, signal: AbortSignal): Promise<FileEntry>;
  read(place: FilePlace, path: string, maxBytes: number, signal: AbortSignal): Promise<Uint8Array>;
  write(place: FilePlace, path: string, content: Uint8Array, signal: AbortSignal): Promise<void>;
  makeFolder(place: FilePlace, path: string, signal: AbortSignal): Promise<void>;
  /** A folder with all that is in it. */
  remove(place: FilePlace, path: string, signal: AbortSignal): Promise<void>;
  rename(place: FilePlace, from: string, to: string, signal: AbortSignal): Promise<void>;
  /** To a path of this machine, in place of what is there; nothing stays when it fails. `meter` counts the bytes. */
  download(
    place: FilePlace,
    path: string,
    target: string,
    meter: Meter,
    signal: AbortSignal,
  ): Promise<{ readonly files: number; readonly leftOut: number }>;
  /** Lets go of a volume that is about to be removed. */
  release(engineId: string, volume: string): Promise<void>;
  /** Files and folders of this machine into a folder. */
  upload(
    place: FilePlace,
    folder: string,
    paths: readonly string[],
    meter: Meter,
    signal: AbortSignal,
  ): Promise<void>;
}

/** Counts what goes through it, and tells the user. */
export type Meter = (
  pieces: AsyncIterable<Uint8Array>,
  totalBytes: number | undefined,
) => AsyncIterable<Uint8Array>;

/** The builds of this workspace, which go on by themselves. */
export interface Builds {
  /** What was asked for the last time a Dockerfile was built; with a target, the last time with that one. */
  last(dockerfile: string, target?: string): Promise<BuildSpec | undefined>;
  /** `ended` settles with the build when it is over, however that came about. */
  start(
    engine: KnownEngine,
    spec: BuildSpec,
  ): Promise<{ readonly id: string; readonly ended: Promise<Build> }>;
}

/** The folders that are open, and the files in them. Paths are those of this machine. */
export interface Workspace {
  isTrusted(): boolean;
  /** The one in the editor in front first. */
  findDockerfiles(): Promise<readonly string[]>;
  /** From the folder of a file up to the folder of the workspace that it is in, if it is in one. */
  foldersAbove(path: string): readonly string[];
  /** As a person would call it: from the workspace's folder on. */
  label(path: string): string;
  resolve(folder: string, path: string): string;
  exists(path: string): Promise<boolean>;
  readText(path: string): Promise<string>;
  /** Writes down what is changed in an editor. */
  save(path: string): Promise<void>;
}

/** Logins at registries. */
export interface Credentials {
  /** Those that are known for a registry, best first, each looked for when it is asked for. Never rejects. */
  find(registry: string, signal: AbortSignal): AsyncIterable<FoundAuth>;
  /** Puts one into the editor's secret storage. */
  keep(auth: RegistryAuth): Promise<void>;
  /** Drops what was kept. */
  forget(registry: string): Promise<void>;
  /** Keeps one where `docker login` would, as far as that is no plain text; says where. */
  signIn(auth: RegistryAuth, signal: AbortSignal): Promise<LoginStore>;
  /** Takes all of a registry's away; says from where. */
  signOut(registry: string, signal: AbortSignal): Promise<readonly LoginStore[]>;
}

/** The registries that are known, and what was asked of them so far. */
export interface Registries {
  readonly state: RegistriesState;
  /** Reads again who is known. */
  readKnown(): Promise<void>;
  /** Forgets what is below a row's key, or all, so that what is open is asked for again. */
  refresh(key?: string): Promise<void>;
  /** Shows more of a row's list: until one of its names is wanted, its end, or for some pages. */
  loadMore(key: string, isWanted: (name: string) => boolean, signal: AbortSignal): Promise<void>;
  /** Whether a login would go where others can read it, which nobody has allowed yet. */
  needsConsent(host: string): boolean;
  setConsent(host: string, isAllowed: boolean): Promise<void>;
  /** One registry, asked as somebody or as nobody. */
  client(host: string, auth: RegistryAuth | undefined): RegistryClient;
  /** Takes tags off that are there no more. */
  forgetTags(host: string, repository: string, tags: readonly string[]): void;
}

/** What commands ask of a registry. Rejects with `RegistryError`. */
export interface RegistryClient {
  ping(signal: AbortSignal): Promise<void>;
  tags(repository: string, cursor: string | undefined, signal: AbortSignal): Promise<Page<ListedName>>;
  digest(repository: string, tag: string, signal: AbortSignal): Promise<string>;
  deleteManifest(repository: string, digest: string, signal: AbortSignal): Promise<void>;
}

export interface Settings {
  helloWorldImage(): string;
  /** Seconds a container gets to stop; undefined leaves it to the container. */
  stopTimeoutSeconds(): number | undefined;
  confirmRemoval(): boolean;
  /** The user's list of registries. */
  registries(): readonly string[];
  setRegistries(list: readonly string[]): Promise<void>;
}

export interface PickItem<T> {
  readonly value: T;
  readonly label: string;
  readonly description?: string;
  readonly detail?: string;
}

export interface Confirmation {
  /** A question that names what will happen. */
  readonly message: string;
  /** What exactly will be lost, one thing a line. */
  readonly detail: string;
  /** The verb on the button. */
  readonly action: string;
}

/** A button of a message. */
export interface PromptAction {
  readonly label: string;
  run(): void;
}

/** What a search found; `note`: a sentence below it. */
export interface Offers {
  readonly items: readonly PickItem<string>[];
  readonly note?: string;
}

export interface TypedQuestion {
  readonly title: string;
  readonly placeholder: string;
  /** A sentence that says what is wrong, or undefined. */
  problem(text: string): string | undefined;
  /** Rejects only when it was given up. */
  search(text: string, signal: AbortSignal): Promise<Offers>;
}

export interface Prompts {
  /** Undefined when the user turned away. */
  pickOne<T>(title: string, items: readonly PickItem<T>[]): Promise<T | undefined>;
  pickMany<T>(title: string, items: readonly PickItem<T>[]): Promise<readonly T[] | undefined>;
  confirm(question: Confirmation): Promise<boolean>;
  input(options: {
    readonly title: string;
    readonly value: string;
    readonly placeholder?: string;
    /** A sentence below the field. */
    readonly prompt?: string;
    /** Shows dots in place of what is typed. */
    readonly isPassword?: boolean;
    /** A sentence that says what is wrong, or undefined. */
    readonly problem?: (text: string) => string | undefined;
    /** A sentence of caution about what is right. */
    readonly hint?: (text: string) => string | undefined;
  }): Promise<string | undefined>;
  /** A text, typed or taken from what is offered while one types. Undefined when the user turned away. */
  pickTyped(question: TypedQuestion): Promise<string | undefined>;
  /** Where to write a file: its path on this machine, or undefined when the user turned away. */
  chooseFile(title: string, suggestedName: string): Promise<string | undefined>;
  /** A file to read, or undefined when the user turned away. */
  chooseExistingFile(title: string): Promise<string | undefined>;
  /** Files to read, or folders, or undefined when the user turned away. */
  chooseUploads(title: string, kind: 'files' | 'folders'): Promise<readonly string[] | undefined>;
  /** A folder, or undefined when the user turned away. */
  chooseFolder(title: string): Promise<string | undefined>;
  /**
   * Shows progress with a way to cancel; `report` sets the line below the title, and how much is done (from 0 to 1)
   * where that is known.
   */
  progress<T>(
    title: string,
    work: (signal: AbortSignal, report: (line: string, fraction?: number) => void) => Promise<T>,
  ): Promise<T>;
  tell(message: string, actions?: readonly PromptAction[]): void;
  fail(message: string, actions?: readonly PromptAction[]): void;
}

export interface Views {
  /** The keys of a view's selected rows; of the focused row where it is not part of a selection of several. */
  selection(view: SidebarViewId): Promise<readonly string[]>;
  /** The row that a key stands for in any view, as drawn now. */
  node(key: string): TreeNode | undefined;
  options(view: FilteredViewId): ViewOptions;
  setOptions(view: FilteredViewId, options: ViewOptions): void;
  /** Selects a row and brings it into sight; one directly below an object is opened, and read anew. */
  reveal(view: SidebarViewId, key: string): Promise<void>;
  /** Reads the rows below one again. */
  rereadRow(key: string): void;
  /** Bytes on disk by `engineId/name`, of the volumes of these engines; empty where an engine does not tell. */
  volumeSizes(engines: readonly KnownEngine[]): Promise<ReadonlyMap<string, number>>;
  /** Keeps what registries have by these tags: rows whose image is another one are marked. */
  keepRegistryDigests(engineId: string, found: ReadonlyMap<string, RegistryDigest>): void;
  /** Looks for engines again: contexts and sockets come and go. */
  rediscover(): Promise<void>;
}

/** A document that grows while something is done. */
export interface LiveDocument {
  append(line: string): void;
}

/** What the form for running a container begins with. */
export interface RunFormTarget {
  readonly engineId: string;
  readonly form: RunForm;
  /** The container whose place the new one takes. */
  readonly replaces?: ReplacedContainer;
}

/** Whose page is opened. `name`: until the engine has told. */
export interface OverviewTarget {
  readonly ref: ObjectRef;
  readonly name: string;
}

export interface ReplacedContainer {
  readonly id: string;
  readonly name: string;
  /** The engine's words for what is kept without a field of the form. */
  readonly keptNames: readonly string[];
}

/** A path of a container that is not as in its image. */
export interface OpenedChange {
  readonly ref: ObjectRef;
  readonly containerName: string;
  readonly imageId: string;
  readonly image: string;
  readonly path: string;
  readonly change: ChangeKind;
}

export interface Panels {
  openOverview(target: OverviewTarget): void;
  openLogs(scope: ContainerScope, name: string): void;
  /** `name`: of all of the scope; empty for all that run. */
  openStats(scope: StatsScope, name: string): void;
  /** Does something with the log of a panel that is open, at a row of it or as a whole. `ref`: a printed `ContainerScope`. */
  actOnLog(act: LogAct, ref: string, row: number | undefined): void;
  openLayers(target: LayersTarget): void;
  /** Does something with the selected path of the panel of layers that is in front. */
  actOnLayers(act: LayersAct): void;
  openInspect(ref: ObjectRef, name: string): Promise<void>;
  /** Opens, or fills anew, the read-only document of this title. */
  openReport(title: string, language: 'yaml' | 'plaintext', lines: readonly string[]): Promise<LiveDocument>;
  openChange(change: OpenedChange): Promise<void>;
  openShell(ref: ObjectRef, name: string, choice: ShellChoice): void;
  /** Opens a file of a container or a volume for editing. */
  openFile(place: FilePlace, path: string): Promise<void>;
  /** Adds a folder of a container or a volume to the workspace. */
  addFolder(place: FilePlace, path: string, name: string): void;
  /** A terminal at a container's own process, which it does not end. */
  openAttached(ref: ObjectRef, name: string): void;
  /** Closes the terminal in front if it is one of those. */
  detach(): void;
  /** Starts a container that was just made in a terminal of its own, which ends it too. `greeting`: stands at its top. */
  openOwn(ref: ObjectRef, name: string, greeting?: string): void;
  openRunForm(target: RunFormTarget): void;
  /** Shows a build, or the newest one. */
  openBuild(id: string | undefined): void;
  showLog(): void;
}

export interface OpenedFile {
  readonly sizeBytes: number;
  readonly pieces: AsyncIterable<Uint8Array>;
}

export interface Desktop {
  copy(text: string): Promise<void>;
  openExternal(url: string): Promise<void>;
  openSettings(query: string): void;
  /** Runs a program with an argument array, never through a shell; rejects with what it said when it fails. */
  run(program: string, args: readonly string[], signal: AbortSignal): Promise<string>;
  /** Whether nothing on this machine listens on a port; true where that can't be told. */
  isPortFree(port: PortMapping): Promise<boolean>;
  /** A file of this machine, refused above `maxBytes`. */
  readTextFile(path: string, maxBytes: number): Promise<string>;
  /**
   * Writes a file as its pieces come; resolves with its bytes. It has its name once it is whole: until then it stands
   * beside it, and goes when anything fails. Rejects with a `FileError`, or as the pieces do.
   */
  writeFile(path: string, pieces: AsyncIterable<Uint8Array>): Promise<number>;
  /** Opens a file for reading; who stops reading closes it. Rejects with a `FileError`, and so do its pieces. */
  openFile(path: string): Promise<OpenedFile>;
  /** Whether something has this path on this machine. */
  exists(path: string): Promise<boolean>;
  join(folder: string, name: string): string;
  /** Whether this machine has systemd in charge. */
  hasSystemd(): Promise<boolean>;
  readonly platform: string;
}
