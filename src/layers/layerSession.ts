import { type Clock, throttle } from '../base/async.ts';
import type { Engine } from '../engine/engine.ts';
import type {
  DuplicateContent,
  LayerState,
  PathDifference,
  PathVersions,
  TreeSort,
  WastedPath,
  Window,
} from '../model/imageLayers.ts';
import type {
  DiffRequest,
  FileRequest,
  ImagePart,
  LocateAnswer,
  LocateRequest,
  OpenImage,
  OpenProgress,
  Part,
  SaveLayersRequest,
  TreeAnswer,
  TreeRequest,
  TreeShow,
  VersionsRequest,
} from '../model/layerQuestions.ts';
import { ArchiveError } from '../archive/archiveError.ts';
import { ExportCopies, isCopyFailure } from './exportCopies.ts';
import { readFileContent } from './fileContent.ts';
import { analyseExport, type ImageAnalysis } from './imageAnalysis.ts';
import { OpenTree } from './openTree.ts';
import { hasSameContent, type LayerEntry, toPathEntry } from './layerEntry.ts';
import { saveLayers } from './saveLayers.ts';
import type { TreeState } from './statePairs.ts';
import { TreeDiff } from './treeDiff.ts';
import { findDuplicates } from './waste.ts';

/** Two are compared; each may take a hundred megabytes. */
const maxImages = 2;

const progressMs = 100;

/** What the editor opens as a text is far below. */
const maxFileBytes = 50_000_000;

/** The images of one engine that a panel looks at; answers its questions. Fails with `ArchiveError` and `EngineError`. */
export class LayerSession {
  private readonly engine: Engine;
  private readonly clock: Clock;
  private readonly onProgress: (progress: OpenProgress) => void;
  /** By id, the one used last at the end. */
  private readonly images = new Map<string, Promise<ImageAnalysis>>();
  private readonly copies: ExportCopies | undefined;
  private connection: Promise<unknown> | undefined;
  /** Of the question before: the next one is mostly about the same. */
  private diff: { readonly key: string; readonly diff: TreeDiff } | undefined;
  private openTree: { readonly sort: TreeSort; readonly diff: TreeDiff; readonly tree: OpenTree } | undefined;
  private duplicateList: { readonly imageId: string; readonly list: readonly DuplicateContent[] } | undefined;

  constructor(options: {
    readonly engine: Engine;
    readonly clock: Clock;
    readonly onProgress: (progress: OpenProgress) => void;
    /** For copies of exports; without one the engine is asked for each file anew. */
    readonly copyFolder?: string;
  }) {
    this.engine = options.engine;
    this.clock = options.clock;
    this.onProgress = options.onProgress;
    if (options.copyFolder !== undefined)
      this.copies = new ExportCopies(options.copyFolder, (id, signal) => this.engine.exportImage(id, signal));
  }

  /** Who asks for an image that is being read waits with who asked first, under that one's signal. */
  async open(name: string, signal: AbortSignal): Promise<OpenImage> {
    await this.connect(signal);
    const image = await this.engine.read('image', name, signal);
    const analysis = this.use(image.id) ?? this.read(image.id, image.sizeBytes, signal);
    const { layers } = await analysis;
    return { imageId: image.id, layers };
  }

  async tree(request: TreeRequest): Promise<TreeAnswer> {
    const { folding, first, count } = request;
    const { diff, tree } = await this.treeOf(request);
    return { ...tree.rows(folding, first, count), sum: diff.total };
  }

  async locate(request: LocateRequest): Promise<LocateAnswer> {
    const { tree } = await this.treeOf(request);
    return { position: tree.positionOf(request.path, request.folding) };
  }

  async versions({ before, after, path }: VersionsRequest): Promise<PathVersions> {
    const [from, to] = [await this.versionOf(before, path), await this.versionOf(after, path)];
    return {
      before: from && { layer: from.layer, entry: toPathEntry(from.entry) },
      after: to && { layer: to.layer, entry: toPathEntry(to.entry) },
      hasSameContent: from !== undefined && to !== undefined && hasSameContent(from.entry, to.entry),
    };
  }

  async differences(request: DiffRequest & Part): Promise<Window<PathDifference>> {
    return (await this.diffOf(request)).differences(request.first, request.count);
  }

  async waste({ imageId, first, count }: ImagePart): Promise<Window<WastedPath>> {
    return part((await this.image(imageId)).wasted, first, count);
  }

  async duplicates({ imageId, first, count }: ImagePart): Promise<Window<DuplicateContent>> {
    const { files } = await this.image(imageId);
    if (this.duplicateList?.imageId !== imageId)
      this.duplicateList = { imageId, list: findDuplicates(files) };
    return part(this.duplicateList.list, first, count);
  }

  async file({ state, path }: FileRequest, signal: AbortSignal): Promise<Uint8Array> {
    const { files, image } = await this.image(state.imageId);
    const version = await this.versionOf(state, path);
    const layer = version && image.layers[version.layer];
    if (version === undefined || layer === undefined)
      throw new ArchiveError('notFound', `there is no ${path} in the image`);
    const entry = version.entry.linked ?? version.entry;
    if (entry.type !== 'file') throw new ArchiveError('unsupported', `${path} is not a regular file`);
    const { sizeBytes, digest } = entry;
    const file = { path: files.paths.text(entry.path), sizeBytes, digest };
    await this.connect(signal);
    const read = (open: () => AsyncIterable<Uint8Array>): Promise<Uint8Array> =>
      readFileContent(open, layer.path, file, maxFileBytes);
    const direct = (): AsyncIterable<Uint8Array> => this.engine.exportImage(state.imageId, signal);
    const { copies } = this;
    if (copies === undefined) return read(direct);
    try {
      return await read(() => copies.read(state.imageId, signal));
    } catch (error) {
      if (!isCopyFailure(error)) throw error;
      return read(direct);
    }
  }

  async save({ imageId, path }: SaveLayersRequest): Promise<number> {
    return saveLayers(await this.image(imageId), path);
  }

  private read(imageId: string, expectedBytes: number, signal: AbortSignal): Promise<ImageAnalysis> {
    // Before there are more: an image is large.
    for (const [id] of this.images) if (this.images.size >= maxImages) this.forget(id);
    let readBytes = 0;
    const progress = throttle(this.clock, () => {
      this.onProgress({ imageId, readBytes, expectedBytes });
      return progressMs;
    });
    const analysis = analyseExport(this.engine.exportImage(imageId, signal), (bytes) => {
      readBytes = bytes;
      progress.call();
    }).finally(() => {
      progress.dispose();
    });
    this.images.set(imageId, analysis);
    analysis.catch(() => {
      if (this.images.get(imageId) === analysis) this.forget(imageId);
    });
    return analysis;
  }

  private forget(imageId: string): void {
    this.images.delete(imageId);
    void this.copies?.drop(imageId).catch(() => undefined);
    this.diff = undefined;
    this.openTree = undefined;
    this.duplicateList = undefined;
  }

  private async image(imageId: string): Promise<ImageAnalysis> {
    const analysis = this.use(imageId);
    if (analysis === undefined) throw new ArchiveError('notFound', 'the image is not open');
    return await analysis;
  }

  private use(imageId: string): Promise<ImageAnalysis> | undefined {
    const analysis = this.images.get(imageId);
    if (analysis === undefined) return undefined;
    this.images.delete(imageId);
    this.images.set(imageId, analysis);
    return analysis;
  }

  private async diffOf({ before, after, filter }: DiffRequest): Promise<TreeDiff> {
    const [from, to] = [await this.state(before), await this.state(after)];
    const key = JSON.stringify([before, after, filter]);
    if (this.diff?.key !== key) this.diff = { key, diff: new TreeDiff(from, to, filter) };
    return this.diff.diff;
  }

  private async treeOf(request: TreeShow): Promise<{ readonly diff: TreeDiff; readonly tree: OpenTree }> {
    const diff = await this.diffOf(request);
    const { sort } = request;
    if (this.openTree?.diff !== diff || this.openTree.sort !== sort)
      this.openTree = { sort, diff, tree: new OpenTree(diff, sort) };
    return this.openTree;
  }

  private async versionOf(
    { imageId, layer }: LayerState,
    path: string,
  ): Promise<{ readonly layer: number; readonly entry: LayerEntry } | undefined> {
    const { paths, versions } = (await this.image(imageId)).files;
    const id = paths.find(path);
    const version = id === undefined ? undefined : versions.at(id, layer);
    return version?.entry && { layer: version.layer, entry: version.entry };
  }

  private async state({ imageId, layer }: LayerState): Promise<TreeState> {
    return { files: (await this.image(imageId)).files, layer };
  }

  private async connect(signal: AbortSignal): Promise<void> {
    this.connection ??= this.engine.connect(signal).catch((error: unknown) => {
      this.connection = undefined;
      throw error;
    });
    await this.connection;
  }
}

function part<T>(list: readonly T[], first: number, count: number): Window<T> {
  return { rows: list.slice(first, first + count), total: list.length };
}
