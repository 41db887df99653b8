import type {
  DuplicateContent,
  Folding,
  ImageLayers,
  LayerState,
  PathDifference,
  PathVersions,
  TreeFilter,
  TreeRow,
  TreeSort,
  TreeSum,
  WastedPath,
  Window,
} from './imageLayers.ts';

/** What can be asked about the layers of images, from the page through the host to the thread that reads them. */
export type LayerQuestions = {
  /** Reads an image, named by tag or id, unless it is open; progress is told meanwhile. */
  readonly open: { readonly params: OpenRequest; readonly result: OpenImage };
  /** Rows of a tree as its open folders make them, and the sum of all that shows. */
  readonly tree: { readonly params: TreeRequest; readonly result: TreeAnswer };
  /** Where in that tree a path is; nowhere when it does not show, or a folder above it is closed. */
  readonly locate: { readonly params: LocateRequest; readonly result: LocateAnswer };
  /** What is at a path in two states. */
  readonly versions: { readonly params: VersionsRequest; readonly result: PathVersions };
  /** All paths that changed and match, as a list. */
  readonly differences: { readonly params: DiffRequest & Part; readonly result: Window<PathDifference> };
  /** The most bytes first. */
  readonly waste: { readonly params: ImagePart; readonly result: Window<WastedPath> };
  /** Those that would save most first. */
  readonly duplicates: { readonly params: ImagePart; readonly result: Window<DuplicateContent> };
  /** The content of a file as it is in a state, a hard link's too. */
  readonly file: { readonly params: FileRequest; readonly result: Uint8Array };
  /** Writes the analysis as JSON to a file; answers its bytes. Asked by the host alone. */
  readonly save: { readonly params: SaveLayersRequest; readonly result: number };
};

export interface OpenRequest {
  readonly image: string;
}

export interface OpenImage {
  /** Names it in all further questions. */
  readonly imageId: string;
  readonly layers: ImageLayers;
}

/** How far the reading of an image is. */
export interface OpenProgress {
  readonly imageId: string;
  readonly readBytes: number;
  /** About what there is to read: the size that the engine gives the image. */
  readonly expectedBytes: number;
}

/** A layer by itself is the difference between the states below it and with it. */
export interface DiffRequest {
  readonly before: LayerState;
  readonly after: LayerState;
  readonly filter: TreeFilter;
}

export interface Part {
  readonly first: number;
  readonly count: number;
}

/** A tree as somebody looks at it. */
export interface TreeShow extends DiffRequest {
  readonly sort: TreeSort;
  readonly folding: Folding;
}

export interface TreeRequest extends TreeShow, Part {}

export interface LocateRequest extends TreeShow {
  readonly path: string;
}

export interface LocateAnswer {
  readonly position: number | undefined;
}

export interface VersionsRequest {
  readonly before: LayerState;
  readonly after: LayerState;
  readonly path: string;
}

export interface TreeAnswer extends Window<TreeRow> {
  readonly sum: TreeSum;
}

export interface ImagePart extends Part {
  readonly imageId: string;
}

export interface FileRequest {
  readonly state: LayerState;
  readonly path: string;
}

export interface SaveLayersRequest {
  readonly imageId: string;
  /** A file that is written anew. */
  readonly path: string;
}
