import { Readable } from 'node:stream';
import type { BuildMessage } from '../../model/buildMessage.ts';
import type { ContainerLimits, LimitChanges } from '../../model/containerLimits.ts';
import { EngineError, hasReason } from '../../model/engineError.ts';
import type { EngineEvent } from '../../model/engineEvent.ts';
import type { HealthReport } from '../../model/healthReport.ts';
import type { FileChange } from '../../model/containerChanges.ts';
import type { ObjectKind } from '../../model/identity.ts';
import type { FoundImage } from '../../model/foundImage.ts';
import type { HistoryStep } from '../../model/imageHistory.ts';
import { familiarReference, type ImageReference, parseImageReference } from '../../model/imageReference.ts';
import { plainRun } from '../../model/runOptions.ts';
import type { ObjectOf } from '../../model/snapshot.ts';
import type { StatsSample } from '../../model/stats.ts';
import type { TransferStep } from '../../model/transfer.ts';
import type {
  AttachedContainer,
  CommitOptions,
  ContainerEnd,
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
} from '../engine.ts';
import { toArchiveError } from './archiveFailure.ts';
import { attach } from './attach.ts';
import { Connection, type Patience } from './connection.ts';
import { readContainerArchive, readPathStat, writeContainerArchive } from './containerArchive.ts';
import { toEngineError } from './dockerErrors.ts';
import type { Endpoint } from './endpoint.ts';
import { startExec } from './execSession.ts';
import { jsonLines } from './jsonLines.ts';
import { makeContainer } from './makeContainer.ts';
import { socketReturned } from './mayBeBack.ts';
import { readOutput } from './output.ts';
import { piecesOf } from './pieces.ts';
import { buildMessageFromRecord } from './records/buildRecords.ts';
import { changesFromRecords } from './records/changeRecords.ts';
import { containerFromInspect, containerFromList } from './records/containerRecords.ts';
import { detailsOf } from './records/detailsRecords.ts';
import { eventFromRecord } from './records/eventRecords.ts';
import { healthFromInspect } from './records/healthRecords.ts';
import {
  historyStepFrom,
  imageDefaultsFrom,
  imageFromInspect,
  imageFromList,
  sharedSizesFrom,
} from './records/imageRecords.ts';
import { list, number, object, text, texts } from '../../base/json.ts';
import { foundImageFromRecord } from './records/searchRecords.ts';
import { limitsFromInspect, updateBody } from './records/limitRecords.ts';
import { loadedFromRecord } from './records/loadRecords.ts';
import { networkFromRecord } from './records/networkRecords.ts';
import { readKept } from './records/createBody.ts';
import { statsFromRecord } from './records/statsRecords.ts';
import { transferFromRecord } from './records/transferRecords.ts';
import { wholeRecipe } from './records/wholeRecipe.ts';
import { volumeFromRecord } from './records/volumeRecords.ts';
import { registryAuthHeader, registryConfigHeader } from './registryAuthHeader.ts';
import { toRunError } from './runFailure.ts';
import { toTransferError } from './transferFailure.ts';

type ByteStream = AsyncIterable<Uint8Array> & { destroy(): void };

/** As many as a list can show; engines take up to a hundred. */
const maxFound = 25;

/** The port over dockerode: Docker's API, and Podman's where it is the same. */
export class DockerEngine implements Engine {
  private readonly endpoint: Endpoint;
  private readonly connection: Connection;

  constructor(endpoint: Endpoint, patience?: Patience) {
    this.endpoint = endpoint;
    this.connection = new Connection(endpoint, patience);
  }

  connect(signal: AbortSignal): Promise<EngineVersion> {
    return this.connection.negotiate(signal);
  }

  mayBeBack(signal: AbortSignal): Promise<void> {
    return socketReturned(this.endpoint, signal);
  }

  async events(onEvent: (event: EngineEvent) => void, signal: AbortSignal): Promise<EventStream> {
    const filters = JSON.stringify({ type: ['container', 'image', 'volume', 'network'] });
    const stream = await call(this.connection.quick(signal).getEvents({ filters }));
    return { ended: forward(stream as unknown as ByteStream, onEvent) };
  }

  async list<K extends ObjectKind>(kind: K, signal: AbortSignal): Promise<readonly ObjectOf[K][]> {
    const lists: { readonly [P in ObjectKind]: () => Promise<readonly ObjectOf[P][]> } = {
      container: async () => {
        const raw: unknown = await this.connection.quick(signal).listContainers({ all: true });
        return list(raw).map((record) => containerFromList(record, Date.now()));
      },
      image: async () => {
        const raw: unknown = await this.connection.quick(signal).listImages();
        return list(raw).map(imageFromList);
      },
      volume: async () => {
        const raw: unknown = await this.connection.quick(signal).listVolumes();
        return list(object(raw)['Volumes']).map(volumeFromRecord);
      },
      network: async () => {
        const raw: unknown = await this.connection.quick(signal).listNetworks();
        return list(raw).map(networkFromRecord);
      },
    };
    return call(lists[kind]());
  }

  async read<K extends ObjectKind>(kind: K, id: string, signal: AbortSignal): Promise<ObjectOf[K]> {
    const readers: { readonly [P in ObjectKind]: (raw: unknown) => ObjectOf[P] } = {
      container: containerFromInspect,
      image: imageFromInspect,
      volume: volumeFromRecord,
      network: networkFromRecord,
    };
    return readers[kind](await this.inspect(kind, id, signal));
  }

  inspect(kind: ObjectKind, id: string, signal: AbortSignal): Promise<unknown> {
    const docker = this.connection.quick(signal);
    const inspectors: { readonly [P in ObjectKind]: () => Promise<unknown> } = {
      container: () => docker.getContainer(id).inspect(),
      image: () => docker.getImage(id).inspect(),
      volume: () => docker.getVolume(id).inspect(),
      network: () => docker.getNetwork(id).inspect(),
    };
    return call(inspectors[kind]());
  }

  async describe(signal: AbortSignal): Promise<{ readonly version: unknown; readonly info: unknown }> {
    const docker = this.connection.quick(signal);
    const [version, info] = await call(Promise.all([docker.version(), docker.info() as Promise<unknown>]));
    return { version, info };
  }

  async startContainer(id: string, signal: AbortSignal): Promise<void> {
    await run(this.connection.patient(signal).getContainer(id).start());
  }

  async stopContainer(id: string, signal: AbortSignal, timeoutSeconds?: number): Promise<void> {
    const options = timeoutSeconds === undefined ? {} : { t: timeoutSeconds };
    await call(this.connection.patient(signal).getContainer(id).stop(options));
  }

  async restartContainer(id: string, signal: AbortSignal): Promise<void> {
    await call(this.connection.patient(signal).getContainer(id).restart());
  }

  async pauseContainer(id: string, signal: AbortSignal): Promise<void> {
    await call(this.connection.patient(signal).getContainer(id).pause());
  }

  async unpauseContainer(id: string, signal: AbortSignal): Promise<void> {
    await call(this.connection.patient(signal).getContainer(id).unpause());
  }

  async killContainer(id: string, unixSignal: string, signal: AbortSignal): Promise<void> {
    await call(this.connection.patient(signal).getContainer(id).kill({ signal: unixSignal }));
  }

  async renameContainer(id: string, name: string, signal: AbortSignal): Promise<void> {
    await call(this.connection.quick(signal).getContainer(id).rename({ name }));
  }

  async removeContainer(
    id: string,
    signal: AbortSignal,
    options: RemoveContainerOptions = {},
  ): Promise<void> {
    const { force = false, volumes = false } = options;
    await call(this.connection.patient(signal).getContainer(id).remove({ force, v: volumes }));
  }

  createContainer(spec: ContainerSpec, signal: AbortSignal, kept?: unknown): Promise<string> {
    const { sharesProcessesOf, ...options } = spec;
    const settings = readKept(kept);
    const hostConfig =
      sharesProcessesOf === undefined
        ? settings.hostConfig
        : { ...settings.hostConfig, PidMode: `container:${sharesProcessesOf}` };
    return run(
      makeContainer(this.connection, { ...plainRun, ...options }, { ...settings, hostConfig }, signal),
    );
  }

  async containerRecipe(id: string, signal: AbortSignal): Promise<ContainerRecipe> {
    const { container, image } = await this.inspectWithImage(id, signal);
    return wholeRecipe(container, image);
  }

  async containerDetails(id: string, signal: AbortSignal): ReturnType<Engine['containerDetails']> {
    const { container, image } = await this.inspectWithImage(id, signal);
    return { details: detailsOf(container, image), recipe: wholeRecipe(container, image) };
  }

  async waitContainer(id: string, signal: AbortSignal, until: ContainerEnd = 'not-running'): Promise<number> {
    const container = this.connection.patient(signal).getContainer(id);
    const answer: unknown = await call(container.wait({ condition: until }));
    return number(object(answer)['StatusCode']);
  }

  async attachContainer(id: string, signal: AbortSignal): Promise<AttachedContainer> {
    const config = object(object(await this.inspect('container', id, signal))['Config']);
    const ways = { hasTerminal: config['Tty'] === true, takesInput: config['OpenStdin'] === true };
    return call(attach(this.connection, id, ways, signal));
  }

  async *stats(id: string, signal: AbortSignal): AsyncGenerator<StatsSample> {
    const answer: unknown = await call(
      this.connection.patient(signal).getContainer(id).stats({ stream: true }),
    );
    const stream = answer as ByteStream;
    try {
      for await (const message of jsonLines(stream)) {
        const sample = statsFromRecord(message);
        if (sample !== undefined) yield sample;
      }
    } catch (error) {
      throw toEngineError(error);
    } finally {
      stream.destroy();
    }
  }

  async processes(id: string, signal: AbortSignal): Promise<readonly Process[]> {
    const answer = object(await call(this.connection.quick(signal).getContainer(id).top()));
    const titles = texts(answer['Titles']).map((title) => title.toUpperCase());
    const column = (row: readonly string[], names: readonly string[]): string =>
      row[titles.findIndex((title) => names.includes(title))] ?? '';
    return list(answer['Processes']).map((raw) => {
      const row = texts(raw);
      return {
        pid: column(row, ['PID']),
        user: column(row, ['UID', 'USER']),
        command: column(row, ['CMD', 'COMMAND', 'ARGS']),
      };
    });
  }

  async commitContainer(
    id: string,
    { reference, message, author, pauses }: CommitOptions,
    signal: AbortSignal,
  ): Promise<void> {
    const { registry, repository, tag = 'latest' } = reference;
    const repo = `${registry}/${repository}`;
    const query = { container: id, repo, tag, comment: message, author, pause: pauses };
    // The body is for settings that the image is to have besides the container's.
    await call(this.connection.patient(signal).getContainer(id).commit({ _query: query, _body: {} }));
  }

  exportContainer(id: string, signal: AbortSignal): AsyncGenerator<Uint8Array> {
    return this.export(
      'container',
      [id],
      () => this.connection.patient(signal).getContainer(id).export(),
      signal,
    );
  }

  async containerLimits(id: string, signal: AbortSignal): Promise<ContainerLimits> {
    return limitsFromInspect(await this.inspect('container', id, signal));
  }

  async updateContainer(id: string, changes: LimitChanges, signal: AbortSignal): Promise<readonly string[]> {
    const container = this.connection.quick(signal).getContainer(id);
    try {
      const answer: unknown = await call(container.update(updateBody(changes)));
      return texts(object(answer)['Warnings']);
    } catch (error) {
      // Some engines have everything but this: where the container is there, the call is not.
      if (!hasReason(error, 'notFound')) throw error;
      await this.inspect('container', id, signal);
      throw new EngineError('unsupported', 'it can change no container that exists', { cause: error });
    }
  }

  async containerHealth(id: string, signal: AbortSignal): Promise<HealthReport> {
    return healthFromInspect(await this.inspect('container', id, signal));
  }

  async *logs(id: string, options: LogsOptions, signal: AbortSignal): AsyncGenerator<OutputChunk> {
    const isTerminal = !this.connection.speaks('1.42') && (await this.hasTerminal(id, signal));
    const stream = await call(
      this.connection
        .patient(signal)
        .getContainer(id)
        // dockerode buffers what does not follow, however long it is; the query alone decides for the engine.
        .logs({ follow: true, _query: toLogsQuery(options) } as { follow: true }),
    );
    yield* readOutput(stream as unknown as ByteStream, isTerminal);
  }

  exec(id: string, spec: ExecSpec, signal: AbortSignal): Promise<ExecSession> {
    return call(startExec(this.connection, id, spec, signal));
  }

  pathStat(id: string, path: string, signal: AbortSignal): Promise<PathStat> {
    return readPathStat(this.connection, id, path, signal);
  }

  readArchive(id: string, path: string, signal: AbortSignal): AsyncGenerator<Uint8Array> {
    return readContainerArchive(this.connection, id, path, signal);
  }

  writeArchive(
    id: string,
    folder: string,
    archive: AsyncIterable<Uint8Array>,
    signal: AbortSignal,
  ): Promise<void> {
    return writeContainerArchive(this.connection, id, folder, archive, signal);
  }

  async changes(id: string, signal: AbortSignal): Promise<readonly FileChange[]> {
    const answer: unknown = await call(this.connection.patient(signal).getContainer(id).changes());
    return changesFromRecords(answer);
  }

  async imageDefaults(id: string, signal: AbortSignal): Promise<ImageDefaults> {
    return imageDefaultsFrom(await this.inspect('image', id, signal));
  }

  async removeImage(
    id: string,
    signal: AbortSignal,
    options: { readonly force?: boolean } = {},
  ): Promise<void> {
    await call(
      this.connection
        .patient(signal)
        .getImage(id)
        .remove({ force: options.force ?? false }),
    );
  }

  exportImage(id: string, signal: AbortSignal): AsyncGenerator<Uint8Array> {
    return this.export('image', [id], () => this.connection.patient(signal).getImage(id).get(), signal);
  }

  exportImages(names: readonly string[], signal: AbortSignal): AsyncGenerator<Uint8Array> {
    return this.export('image', names, () => getImages(this.connection.patient(signal), names), signal);
  }

  loadImages(archive: AsyncIterable<Uint8Array>, signal: AbortSignal): Promise<readonly string[]> {
    // Quiet, an old engine says nothing of what came.
    return sendArchive(archive, (body) => this.connection.patient(signal).loadImage(body, { quiet: false }));
  }

  async importImage(
    archive: AsyncIterable<Uint8Array>,
    { registry, repository, tag = 'latest' }: ImageReference,
    signal: AbortSignal,
  ): Promise<void> {
    const options = { repo: `${registry}/${repository}`, tag };
    await sendArchive(archive, (body) => this.connection.patient(signal).importImage(body, options));
  }

  pullImage(
    reference: ImageReference,
    { platform, auth }: PullOptions,
    signal: AbortSignal,
  ): AsyncGenerator<TransferStep> {
    const options = {
      fromImage: familiarReference(reference),
      ...(platform === undefined ? {} : { platform }),
      authconfig: registryAuthHeader(reference.registry, auth),
    };
    return transfer(reference, () => this.connection.patient(signal).createImage(options));
  }

  async registryDigest(
    reference: ImageReference,
    { auth }: PushOptions,
    signal: AbortSignal,
  ): Promise<string> {
    const image = this.connection.quick(signal).getImage(familiarReference(reference));
    const options = { authconfig: registryAuthHeader(reference.registry, auth) };
    try {
      const answer: unknown = await image.distribution(options);
      return text(object(object(answer)['Descriptor'])['digest']);
    } catch (error) {
      throw toTransferError(toEngineError(error), reference.registry);
    }
  }

  async searchImages(term: string, signal: AbortSignal): Promise<readonly FoundImage[]> {
    const search = this.connection.quick(signal).searchImages({ term, limit: maxFound });
    try {
      const found: unknown = await search;
      return list(found).map((record) => foundImageFromRecord(term, record));
    } catch (error) {
      throw toTransferError(toEngineError(error), parseImageReference(term)?.registry ?? term);
    }
  }

  pushImage(
    reference: ImageReference,
    { auth }: PushOptions,
    signal: AbortSignal,
  ): AsyncGenerator<TransferStep> {
    const { registry, repository, tag = 'latest' } = reference;
    const options = { tag, authconfig: registryAuthHeader(registry, auth) };
    return transfer(reference, () =>
      this.connection.patient(signal).getImage(`${registry}/${repository}`).push(options),
    );
  }

  async *buildImage(
    context: AsyncIterable<Uint8Array>,
    options: ImageBuildOptions,
    signal: AbortSignal,
  ): AsyncGenerator<BuildMessage> {
    const body = Readable.from(context, { objectMode: false, highWaterMark: 1 });
    try {
      const stream = (await this.connection
        .patient(signal)
        .buildImage(body, toBuildQuery(options) as object)) as unknown as ByteStream;
      try {
        for await (const message of jsonLines(stream)) {
          const read = buildMessageFromRecord(message);
          if (read !== undefined) yield read;
        }
      } finally {
        // The engine works on as long as somebody listens.
        stream.destroy();
      }
    } catch (error) {
      throw toEngineError(error);
    } finally {
      body.destroy();
    }
  }

  async tagImage(id: string, reference: ImageReference, signal: AbortSignal): Promise<void> {
    const { registry, repository, tag = 'latest' } = reference;
    const options = { repo: `${registry}/${repository}`, tag };
    await call(this.connection.quick(signal).getImage(id).tag(options));
  }

  async imageHistory(id: string, signal: AbortSignal): Promise<readonly HistoryStep[]> {
    const raw: unknown = await call(this.connection.quick(signal).getImage(id).history());
    return list(raw).map(historyStepFrom);
  }

  async sharedImageSizes(signal: AbortSignal): Promise<ReadonlyMap<string, number>> {
    const docker = this.connection.patient(signal);
    const raw: unknown = this.connection.speaks('1.42')
      ? await call(docker.listImages({ 'shared-size': true } as object))
      : object(await call(docker.df() as Promise<unknown>))['Images'];
    return sharedSizesFrom(raw);
  }

  async removeVolume(name: string, signal: AbortSignal): Promise<void> {
    await call(this.connection.patient(signal).getVolume(name).remove());
  }

  async volumeSizes(signal: AbortSignal): Promise<ReadonlyMap<string, number>> {
    const usage = object(await call(this.connection.patient(signal).df() as Promise<unknown>));
    return new Map(
      list(usage['Volumes']).map((raw) => {
        const volume = object(raw);
        return [text(volume['Name']), number(object(volume['UsageData'])['Size'])];
      }),
    );
  }

  async removeNetwork(id: string, signal: AbortSignal): Promise<void> {
    await call(this.connection.patient(signal).getNetwork(id).remove());
  }

  dispose(): void {
    this.connection.dispose();
  }

  private async *export(
    kind: ObjectKind,
    names: readonly string[],
    start: () => Promise<NodeJS.ReadableStream>,
    signal: AbortSignal,
  ): AsyncGenerator<Uint8Array> {
    // Old engines call an id that they don't have a failure of their own.
    for (const name of names) await this.inspect(kind, name, signal);
    const stream = await call(start());
    try {
      yield* piecesOf(stream as Readable);
    } catch (error) {
      throw toEngineError(error);
    }
  }

  /** An image that is gone is undefined: all is taken for the container's own then. */
  private async inspectWithImage(id: string, signal: AbortSignal) {
    const container = object(await this.inspect('container', id, signal));
    const image = await this.inspect('image', text(container['Image']), signal).catch((error: unknown) => {
      if (hasReason(error, 'notFound')) return undefined;
      throw error;
    });
    return { container, image };
  }

  private async hasTerminal(id: string, signal: AbortSignal): Promise<boolean> {
    return object(object(await this.inspect('container', id, signal))['Config'])['Tty'] === true;
  }
}

/** The one place where a failed call becomes an `EngineError`. */
async function call<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw toEngineError(error);
  }
}

/** A container's making and its start fail in ways of their own. */
async function run<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw toRunError(toEngineError(error));
  }
}

async function forward(stream: ByteStream, onEvent: (event: EngineEvent) => void): Promise<EngineError> {
  try {
    for await (const message of jsonLines(stream)) {
      const event = eventFromRecord(message);
      if (event !== undefined) onEvent(event);
    }
    return new EngineError('unreachable', 'the engine ended its event stream');
  } catch (error) {
    return toEngineError(error);
  } finally {
    stream.destroy();
  }
}

/** What the engine says of an image on its way; its failures before and inside the stream are of one kind. */
async function* transfer(
  { registry }: ImageReference,
  start: () => Promise<NodeJS.ReadableStream>,
): AsyncGenerator<TransferStep> {
  try {
    const stream = (await start()) as unknown as ByteStream;
    try {
      for await (const message of jsonLines(stream)) yield transferFromRecord(message);
    } finally {
      // The engine works on as long as somebody listens.
      stream.destroy();
    }
  } catch (error) {
    throw toTransferError(toEngineError(error), registry);
  }
}

/** dockerode's types lack this call. */
function getImages(docker: object, names: readonly string[]): Promise<NodeJS.ReadableStream> {
  return (
    docker as { getImages(options: { names: readonly string[] }): Promise<NodeJS.ReadableStream> }
  ).getImages({ names });
}

/** Sends an archive, and gives back what images the engine says it has got. */
async function sendArchive(
  archive: AsyncIterable<Uint8Array>,
  start: (body: Readable) => Promise<NodeJS.ReadableStream>,
): Promise<readonly string[]> {
  const body = Readable.from(archive, { objectMode: false, highWaterMark: 1 });
  const names: string[] = [];
  try {
    const stream = (await start(body)) as unknown as ByteStream;
    try {
      for await (const message of jsonLines(stream)) names.push(...loadedFromRecord(message));
    } finally {
      stream.destroy();
    }
    return names;
  } catch (error) {
    throw toArchiveError(error);
  } finally {
    body.destroy();
  }
}

function toBuildQuery(options: ImageBuildOptions): Record<string, unknown> {
  const { tags, dockerfile, target, buildArgs, labels, platform, cacheFrom, noCache, pull, auths } = options;
  return {
    version: '1',
    t: tags,
    dockerfile,
    buildargs: buildArgs,
    labels,
    rm: true,
    // What a failed step leaves behind, nobody would look for.
    forcerm: true,
    nocache: noCache,
    pull,
    ...(target === undefined ? {} : { target }),
    ...(platform === undefined ? {} : { platform }),
    ...(cacheFrom.length === 0 ? {} : { cachefrom: JSON.stringify(cacheFrom) }),
    registryconfig: registryConfigHeader(auths),
  };
}

function toLogsQuery({
  follow,
  tail,
  since,
  until,
  timestamps,
}: LogsOptions): Record<string, string | boolean> {
  return {
    follow,
    timestamps,
    // Both always: `tail` counts lines before the engine drops a stream.
    stdout: true,
    stderr: true,
    ...(tail === undefined ? {} : { tail: String(tail) }),
    ...(since === undefined ? {} : { since }),
    ...(until === undefined ? {} : { until }),
  };
}
