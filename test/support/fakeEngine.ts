import { CancelledError } from '../../src/base/cancellation.ts';
import type {
  AttachedContainer,
  CommitOptions,
  ContainerRecipe,
  ContainerSpec,
  Engine,
  EngineVersion,
  EventStream,
  ExecSession,
  ExecSpec,
  ImageDefaults,
  ImageBuildOptions,
  LogsOptions,
  OutputChunk,
  PathStat,
  Process,
  PullOptions,
  PushOptions,
  RemoveContainerOptions,
} from '../../src/engine/engine.ts';
import type { ContainerDetails } from '../../src/model/containerDetails.ts';
import type { BuildMessage } from '../../src/model/buildMessage.ts';
import type { ContainerLimits, LimitChanges } from '../../src/model/containerLimits.ts';
import type { FileChange } from '../../src/model/containerChanges.ts';
import { EngineError } from '../../src/model/engineError.ts';
import type { EngineEvent } from '../../src/model/engineEvent.ts';
import type { FoundImage } from '../../src/model/foundImage.ts';
import type { HealthReport } from '../../src/model/healthReport.ts';
import type { ObjectKind } from '../../src/model/identity.ts';
import type { HistoryStep } from '../../src/model/imageHistory.ts';
import { familiarReference, type ImageReference } from '../../src/model/imageReference.ts';
import type { RegistryAuth } from '../../src/model/registryAuth.ts';
import { noExtras } from '../../src/model/runExtras.ts';
import { plainRun } from '../../src/model/runOptions.ts';
import { type EngineSnapshot, type ObjectOf, put } from '../../src/model/snapshot.ts';
import type { StatsSample } from '../../src/model/stats.ts';
import type { TransferStep } from '../../src/model/transfer.ts';
import { TransferError } from '../../src/model/transferError.ts';
import { type Objects, snapshotOf } from './builders.ts';
import { detailsFor } from './details.ts';
import { door } from './door.ts';

/** A call that waits inside the fake until the test lets it go on. */
export interface HeldCall {
  /** Settles as soon as a call has come to the gate. */
  readonly reached: Promise<void>;
  open(): void;
}

interface Gate {
  readonly call: string;
  readonly reach: () => void;
  readonly opened: Promise<void>;
}

/**
 * Stands in for an engine where a real one can't be had: nobody can make a daemon answer a list late and its event
 * early, or fail just this call, each time the tests run. What real engines do is in test/integration.
 *
 * Its objects are what it would list; an answer is made when the call comes, so that one held back is an old one.
 */
export class FakeEngine implements Engine {
  /** Each call with what it named: `list container`, `read image nginx:1.27`, `start <id>`. */
  readonly calls: string[] = [];
  objects: EngineSnapshot;
  version: EngineVersion = { product: 'Docker', version: '26.1.5', apiVersion: '1.45', os: 'linux' };
  /** What a pull or a push reports before it is done. */
  steps: readonly TransferStep[] = [];
  /** What the builder says. */
  built: readonly BuildMessage[] = [];
  /** By registry: who may use it, with their passwords; everybody may use others. */
  users: ReadonlyMap<string, Readonly<Record<string, string>>> = new Map();
  /** What appears on the engine once a pull is done. */
  pulled: Objects = {};
  /** What a container says, in the pieces in which it arrives. */
  output: readonly OutputChunk[] = [];
  samples: readonly StatsSample[] = [];
  exitCode = 0;
  /** Of any container. */
  limits: ContainerLimits = {
    memoryBytes: undefined,
    memoryAndSwapBytes: undefined,
    cpus: undefined,
    pids: undefined,
    restart: plainRun.restart,
  };
  /** What is remarked about a change of limits. */
  warnings: readonly string[] = [];
  /** What containers say of their health, one answer after the other. */
  health: readonly HealthReport[] = [];
  /** What containers were made of. */
  readonly created: (ContainerSpec & { readonly kept: unknown })[] = [];
  /** How any container was made. */
  recipe: ContainerRecipe = {
    options: plainRun,
    kept: undefined,
    keptNames: [],
    extras: noExtras,
    unsaidNames: [],
  };
  /** What is said of a container beside its record, by its id. */
  readonly details = new Map<string, Partial<ContainerDetails>>();
  /** What any image says of its containers. */
  defaults: ImageDefaults = {
    ports: [],
    volumes: [],
    entrypoint: [],
    command: [],
    user: '',
    workingDir: '',
  };
  /** What an export of an image gives, by the image's id, in the pieces in which it arrives. */
  exports: ReadonlyMap<string, readonly Uint8Array[]> = new Map();
  /** What registries have by a name. */
  registryDigests: ReadonlyMap<string, string> = new Map();
  /** What is not as in the image, of any container. */
  changed: readonly FileChange[] = [];
  /** What any search finds. */
  found: readonly FoundImage[] = [];
  sizes: ReadonlyMap<string, number> = new Map();
  /** Of images, by id. */
  sharedSizes: ReadonlyMap<string, number> = new Map();
  /** Of any image. */
  history: readonly HistoryStep[] = [];
  isDisposed = false;
  private readonly failures = new Map<string, EngineError>();
  private gates: Gate[] = [];
  private stream: { onEvent: (event: EngineEvent) => void; end: (error: EngineError) => void } | undefined;
  private sayBack: () => void = () => undefined;

  constructor(objects: Objects = {}) {
    this.objects = snapshotOf(objects);
  }

  /** Calls that begin with the text fail so, until `heal`. */
  fail(call: string, error: EngineError): void {
    this.failures.set(call, error);
  }

  heal(): void {
    this.failures.clear();
  }

  /** The next call that begins with the text waits; `end of events` is the stream's end after its signal aborted. */
  hold(call: string): HeldCall {
    const reached = door();
    const gate = door();
    this.gates.push({ call, reach: reached.open, opened: gate.opened });
    return { reached: reached.opened, open: gate.open };
  }

  /** Changes what the engine has; says nothing of it. */
  change<K extends ObjectKind>(kind: K, id: string, object: ObjectOf[K] | undefined): void {
    this.objects = put(this.objects, kind, id, object);
  }

  emit(event: EngineEvent): void {
    this.stream?.onEvent(event);
  }

  get isFollowed(): boolean {
    return this.stream !== undefined;
  }

  /** The daemon ends: the event stream with it. */
  endStream(error = new EngineError('unreachable', 'the engine ended its event stream')): void {
    this.stream?.end(error);
  }

  /** The daemon's socket is there again. */
  comeBack(): void {
    this.sayBack();
  }

  async connect(signal: AbortSignal): Promise<EngineVersion> {
    await this.enter('connect', signal);
    return this.version;
  }

  mayBeBack(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      this.sayBack = () => {
        if (!signal.aborted) resolve();
      };
    });
  }

  async events(onEvent: (event: EngineEvent) => void, signal: AbortSignal): Promise<EventStream> {
    await this.enter('events', signal);
    const ended = Promise.withResolvers<EngineError>();
    const stream = {
      onEvent,
      end: (error: EngineError): void => {
        if (this.stream === stream) this.stream = undefined;
        ended.resolve(error);
      },
    };
    this.stream = stream;
    signal.addEventListener('abort', () => {
      const gate = this.takeGate('end of events');
      gate?.reach();
      void (gate?.opened ?? Promise.resolve()).then(() => {
        stream.end(new EngineError('cancelled', 'cancelled'));
      });
    });
    return { ended: ended.promise };
  }

  async list<K extends ObjectKind>(kind: K, signal: AbortSignal): Promise<readonly ObjectOf[K][]> {
    const objects: ReadonlyMap<string, ObjectOf[K]> = this.objects[kind];
    const answer = [...objects.values()];
    await this.enter(`list ${kind}`, signal);
    return answer;
  }

  async read<K extends ObjectKind>(kind: K, id: string, signal: AbortSignal): Promise<ObjectOf[K]> {
    const answer = this.find(kind, id);
    await this.enter(`read ${kind} ${id}`, signal);
    if (answer === undefined) throw new EngineError('notFound', `No such ${kind}: ${id}`);
    // Each answer is read anew from the engine's JSON.
    return { ...answer };
  }

  async inspect(kind: ObjectKind, id: string, signal: AbortSignal): Promise<unknown> {
    return await this.read(kind, id, signal);
  }

  async describe(signal: AbortSignal): Promise<{ readonly version: unknown; readonly info: unknown }> {
    await this.enter('describe', signal);
    return { version: { Version: this.version.version }, info: {} };
  }

  async startContainer(id: string, signal: AbortSignal): Promise<void> {
    await this.enter(`start ${id}`, signal);
  }

  async stopContainer(id: string, signal: AbortSignal, timeoutSeconds?: number): Promise<void> {
    await this.enter(`stop ${id}${timeoutSeconds === undefined ? '' : ` within ${timeoutSeconds}`}`, signal);
  }

  async restartContainer(id: string, signal: AbortSignal): Promise<void> {
    await this.enter(`restart ${id}`, signal);
  }

  async pauseContainer(id: string, signal: AbortSignal): Promise<void> {
    await this.enter(`pause ${id}`, signal);
  }

  async unpauseContainer(id: string, signal: AbortSignal): Promise<void> {
    await this.enter(`unpause ${id}`, signal);
  }

  async killContainer(id: string, unixSignal: string, signal: AbortSignal): Promise<void> {
    await this.enter(`kill ${id} ${unixSignal}`, signal);
  }

  async renameContainer(id: string, name: string, signal: AbortSignal): Promise<void> {
    await this.enter(`rename ${id} ${name}`, signal);
  }

  async removeContainer(
    id: string,
    signal: AbortSignal,
    { force = false, volumes = false }: RemoveContainerOptions = {},
  ): Promise<void> {
    await this.enter(`remove ${id}${force ? ' force' : ''}${volumes ? ' volumes' : ''}`, signal);
  }

  async createContainer(spec: ContainerSpec, signal: AbortSignal, kept?: unknown): Promise<string> {
    await this.enter(`create ${spec.image}${spec.name === undefined ? '' : ` ${spec.name}`}`, signal);
    this.created.push({ ...spec, kept });
    return 'c0ffee'.padEnd(64, '0');
  }

  async containerRecipe(id: string, signal: AbortSignal): Promise<ContainerRecipe> {
    await this.enter(`recipe ${id}`, signal);
    return this.recipe;
  }

  async containerDetails(id: string, signal: AbortSignal): ReturnType<Engine['containerDetails']> {
    const record = this.objects.container.get(id);
    const details = record === undefined ? undefined : detailsFor(record, this.details.get(id));
    await this.enter(`details ${id}`, signal);
    if (details === undefined) throw new EngineError('notFound', `No such container: ${id}`);
    return { details, recipe: this.recipe };
  }

  async waitContainer(id: string, signal: AbortSignal): Promise<number> {
    await this.enter(`wait ${id}`, signal);
    return this.exitCode;
  }

  async attachContainer(id: string, signal: AbortSignal): Promise<AttachedContainer> {
    await this.enter(`attach ${id}`, signal);
    const { output } = this;
    return {
      hasTerminal: true,
      takesInput: true,
      output: (async function* () {
        await Promise.resolve();
        yield* output;
      })(),
      write: () => undefined,
      resize: () => Promise.resolve(),
      close: () => undefined,
    };
  }

  async processes(id: string, signal: AbortSignal): Promise<readonly Process[]> {
    await this.enter(`processes ${id}`, signal);
    return [];
  }

  async commitContainer(
    id: string,
    { reference, message, author, pauses }: CommitOptions,
    signal: AbortSignal,
  ): Promise<void> {
    const words = [message, author].map((word) => JSON.stringify(word)).join(' ');
    await this.enter(`commit ${id} ${familiarReference(reference)} ${words} ${String(pauses)}`, signal);
  }

  async *exportContainer(id: string, signal: AbortSignal): AsyncGenerator<Uint8Array> {
    await this.enter(`exportContainer ${id}`, signal);
    yield* this.exports.get(id) ?? [];
    await this.pass(`rest of exportContainer ${id}`, signal);
  }

  async containerLimits(id: string, signal: AbortSignal): Promise<ContainerLimits> {
    await this.enter(`limits ${id}`, signal);
    return this.limits;
  }

  async updateContainer(id: string, changes: LimitChanges, signal: AbortSignal): Promise<readonly string[]> {
    await this.enter(`update ${id} ${JSON.stringify(changes)}`, signal);
    return this.warnings;
  }

  /** The reports one after the other, the last of them for ever. */
  async containerHealth(id: string, signal: AbortSignal): Promise<HealthReport> {
    await this.enter(`health ${id}`, signal);
    const [report] = this.health;
    if (report === undefined) throw new Error('the test has no health to report');
    if (this.health.length > 1) this.health = this.health.slice(1);
    return report;
  }

  async *stats(id: string, signal: AbortSignal): AsyncGenerator<StatsSample> {
    await this.enter(`stats ${id}`, signal);
    yield* this.samples;
    // As long as somebody listens.
    await new Promise((resolve) => {
      signal.addEventListener('abort', resolve, { once: true });
    });
  }

  async *logs(id: string, _options: LogsOptions, signal: AbortSignal): AsyncGenerator<OutputChunk> {
    await this.enter(`logs ${id}`, signal);
    yield* this.output;
  }

  async exec(id: string, spec: ExecSpec, signal: AbortSignal): Promise<ExecSession> {
    await this.enter(`exec ${id} ${spec.command.join(' ')}`, signal);
    const { output, exitCode } = this;
    return {
      output: (async function* () {
        await Promise.resolve();
        yield* output;
      })(),
      write: () => undefined,
      resize: () => Promise.resolve(),
      exitCode: () => Promise.resolve(exitCode),
      close: () => undefined,
    };
  }

  async pathStat(id: string, path: string, signal: AbortSignal): Promise<PathStat> {
    await this.enter(`pathStat ${id} ${path}`, signal);
    return { kind: 'file', sizeBytes: 0, modifiedAt: 0, mode: 0o644, linkTarget: '' };
  }

  async *readArchive(id: string, path: string, signal: AbortSignal): AsyncGenerator<Uint8Array> {
    await this.enter(`readArchive ${id} ${path}`, signal);
    yield* this.exports.get(id) ?? [];
  }

  async writeArchive(
    id: string,
    folder: string,
    archive: AsyncIterable<Uint8Array>,
    signal: AbortSignal,
  ): Promise<void> {
    await this.enter(`writeArchive ${id} ${folder} ${await textOf(archive)}`, signal);
  }

  async changes(id: string, signal: AbortSignal): Promise<readonly FileChange[]> {
    await this.enter(`changes ${id}`, signal);
    return this.changed;
  }

  async imageDefaults(id: string, signal: AbortSignal): Promise<ImageDefaults> {
    await this.enter(`defaults ${id}`, signal);
    return this.defaults;
  }

  async removeImage(
    id: string,
    signal: AbortSignal,
    { force = false }: { readonly force?: boolean } = {},
  ): Promise<void> {
    await this.enter(`removeImage ${id}${force ? ' force' : ''}`, signal);
  }

  async imageHistory(id: string, signal: AbortSignal): Promise<readonly HistoryStep[]> {
    await this.enter(`history ${id}`, signal);
    return this.history;
  }

  async sharedImageSizes(signal: AbortSignal): Promise<ReadonlyMap<string, number>> {
    await this.enter('sharedImageSizes', signal);
    return this.sharedSizes;
  }

  async *exportImage(id: string, signal: AbortSignal): AsyncGenerator<Uint8Array> {
    await this.enter(`export ${id}`, signal);
    yield* this.exports.get(id) ?? [];
  }

  async *exportImages(names: readonly string[], signal: AbortSignal): AsyncGenerator<Uint8Array> {
    await this.enter(`export ${names.join(' ')}`, signal);
    for (const name of names) yield* this.exports.get(name) ?? [];
    await this.pass(`rest of export ${names.join(' ')}`, signal);
  }

  /** Says that it has got the images that the text in the archive names. */
  async loadImages(archive: AsyncIterable<Uint8Array>, signal: AbortSignal): Promise<readonly string[]> {
    const content = await textOf(archive);
    await this.enter(`load ${content}`, signal);
    return content.split(' ');
  }

  async importImage(
    archive: AsyncIterable<Uint8Array>,
    reference: ImageReference,
    signal: AbortSignal,
  ): Promise<void> {
    await this.enter(`import ${await textOf(archive)} as ${familiarReference(reference)}`, signal);
  }

  pullImage(
    reference: ImageReference,
    { platform, auth }: PullOptions,
    signal: AbortSignal,
  ): AsyncIterable<TransferStep> {
    const call = `pull ${familiarReference(reference)}${platform === undefined ? '' : ` for ${platform}`}`;
    return this.transfer(call, reference, auth, signal, () => {
      for (const image of this.pulled.image ?? []) this.change('image', image.id, image);
    });
  }

  async registryDigest(
    reference: ImageReference,
    { auth }: PushOptions,
    signal: AbortSignal,
  ): Promise<string> {
    const name = familiarReference(reference);
    await this.enter(`digest ${name}${auth === undefined ? '' : ' signed in'}`, signal);
    return this.registryDigests.get(name) ?? '';
  }

  async searchImages(term: string, signal: AbortSignal): Promise<readonly FoundImage[]> {
    await this.enter(`search ${term}`, signal);
    return this.found;
  }

  pushImage(
    reference: ImageReference,
    { auth }: PushOptions,
    signal: AbortSignal,
  ): AsyncIterable<TransferStep> {
    return this.transfer(`push ${familiarReference(reference)}`, reference, auth, signal, () => undefined);
  }

  /** Reads the context to its end, as engines do before they begin, then says `built`. */
  async *buildImage(
    context: AsyncIterable<Uint8Array>,
    { tags, dockerfile }: ImageBuildOptions,
    signal: AbortSignal,
  ): AsyncGenerator<BuildMessage> {
    for await (const _piece of context);
    const call = `build ${tags.join(' ')} from ${dockerfile}`;
    await this.enter(call, signal);
    for (const message of this.built) {
      yield message;
      await this.pass(`rest of ${call}`, signal);
    }
  }

  async tagImage(id: string, reference: ImageReference, signal: AbortSignal): Promise<void> {
    await this.enter(`tag ${id} ${familiarReference(reference)}`, signal);
  }

  async removeVolume(name: string, signal: AbortSignal): Promise<void> {
    await this.enter(`removeVolume ${name}`, signal);
  }

  async volumeSizes(signal: AbortSignal): Promise<ReadonlyMap<string, number>> {
    await this.enter('volumeSizes', signal);
    return this.sizes;
  }

  async removeNetwork(id: string, signal: AbortSignal): Promise<void> {
    await this.enter(`removeNetwork ${id}`, signal);
  }

  dispose(): void {
    this.isDisposed = true;
  }

  /** Registries that let in only who is in `users` say so as real ones do. */
  private async *transfer(
    call: string,
    { registry }: ImageReference,
    auth: RegistryAuth | undefined,
    signal: AbortSignal,
    onDone: () => void,
  ): AsyncGenerator<TransferStep> {
    const who = auth === undefined ? undefined : auth.credential;
    const name = who?.kind === 'password' ? who.username : 'token';
    await this.enter(who === undefined ? call : `${call} as ${name}`, signal);
    const users = this.users.get(registry);
    if (users !== undefined) {
      if (who === undefined) throw new TransferError('denied', registry, 'no basic auth credentials');
      const secret = who.kind === 'password' ? who.password : who.token;
      if (users[name] !== secret)
        throw new TransferError('denied', registry, 'unauthorized: authentication required');
    }
    yield* this.steps;
    await this.pass(`rest of ${call}`, signal);
    onDone();
  }

  /** Images are found by their tags too, as real engines do. */
  private find<K extends ObjectKind>(kind: K, id: string): ObjectOf[K] | undefined {
    const objects: ReadonlyMap<string, ObjectOf[K]> = this.objects[kind];
    const byTag = (object: ObjectOf[K]): boolean =>
      'tags' in object && (object.tags.includes(id) || object.tags.includes(`${id}:latest`));
    return objects.get(id) ?? [...objects.values()].find(byTag);
  }

  private takeGate(call: string): Gate | undefined {
    const gate = this.gates.find((held) => call.startsWith(held.call));
    this.gates = this.gates.filter((held) => held !== gate);
    return gate;
  }

  private async enter(call: string, signal: AbortSignal): Promise<void> {
    this.calls.push(call);
    await this.pass(call, signal);
  }

  /** Waits where the test says so, and fails where it says so. */
  private async pass(call: string, signal: AbortSignal): Promise<void> {
    if (signal.aborted) throw new EngineError('cancelled', 'cancelled');
    const gate = this.takeGate(call);
    if (gate !== undefined) {
      gate.reach();
      await Promise.race([gate.opened, whenAborted(signal)]);
    }
    for (const [failing, error] of this.failures) if (call.startsWith(failing)) throw error;
  }
}

async function textOf(archive: AsyncIterable<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const piece of archive) text += decoder.decode(piece, { stream: true });
  return text;
}

function whenAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => {
      reject(new EngineError('cancelled', 'cancelled', { cause: new CancelledError() }));
    });
  });
}
