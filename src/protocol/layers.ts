import type { DiveRuleResult } from '../model/diveRules.ts';
import {
  type Folding,
  type LayerState,
  type LayersAct,
  layersActs,
  type PathChange,
  pathChanges,
  type TreeFilter,
  type TreeSort,
} from '../model/imageLayers.ts';
import type {
  ImagePart,
  LayerQuestions,
  LocateRequest,
  OpenImage,
  TreeRequest,
  VersionsRequest,
} from '../model/layerQuestions.ts';
import type { Contract } from './channel.ts';
import {
  type Guard,
  isCount,
  isFlag,
  isRecord,
  isText,
  isWhole,
  listOf,
  oneOf,
  optional,
  shape,
} from './shape.ts';

/** Between a page of layers and its host. */
export type LayersContract = {
  readonly requests: Pick<LayerQuestions, 'tree' | 'locate' | 'waste' | 'duplicates'> & {
    /** The page is new: answers all there is to show. */
    readonly ready: { readonly params: undefined; readonly result: LayersSnapshot };
  };
  readonly toPage: {
    readonly phase: LayersPhase;
    /** The rules of the workspace, or what the image comes to, have changed. */
    readonly rules: RulesReport | undefined;
    /** Do this with the selected row, as if by the key. */
    readonly act: LayersAct;
  };
  readonly toHost: {
    /** After a failure. */
    readonly tryAgain: undefined;
    readonly openPath: OpenPath;
    readonly copyPath: { readonly path: string };
    /** Asks where to, and writes the analysis of the last image there. */
    readonly save: undefined;
    /** Asks with which image, and opens a panel of both. */
    readonly compare: undefined;
    /** Shows the file that has the rules. */
    readonly openRules: undefined;
  };
};

/** Proves that the contract is one. */
export type LayersContractCheck = LayersContract extends Contract ? true : never;

/** A path that is to be opened, as it is in two states. */
export interface OpenPath extends VersionsRequest {
  /** The file itself, also where there is something to compare it with. */
  readonly isPlain: boolean;
}

export type LayersPhase =
  /** The engine is not known, or not yet. */
  | { readonly kind: 'waiting' }
  /** `image`: its name. */
  | {
      readonly kind: 'reading';
      readonly image: string;
      readonly readBytes: number;
      /** About what there is to read; 0 until that is known. */
      readonly expectedBytes: number;
    }
  | { readonly kind: 'open'; readonly images: readonly OpenImage[] }
  /** A whole sentence. */
  | { readonly kind: 'failed'; readonly message: string };

/** What the rules of a `.dive-ci` file say of an image. */
export interface RulesReport {
  /** As the workspace has it. */
  readonly file: string;
  readonly results: readonly DiveRuleResult[];
}

export interface LayersSnapshot {
  readonly strings: LayersStrings;
  readonly target: LayersPageTarget;
  readonly phase: LayersPhase;
  readonly rules: RulesReport | undefined;
}

/** `ref` is `engineId/image/id`; the page keeps it for the next window and does nothing else with it. */
export interface LayersPageTarget {
  readonly images: readonly { readonly ref: string; readonly name: string }[];
}

/** Of a panel of one image: what a step changed, or all files there are after it. */
export type LayersScope = 'changes' | 'files';

/** What a page keeps over a reload of the window: where it was, and no content. */
export interface LayersPageState {
  readonly version: 1;
  readonly target: LayersPageTarget;
  /** Of the history, from 0; undefined for the last one that changed files. */
  readonly step: number | undefined;
  readonly scope: LayersScope;
  readonly tab: LayersTab;
  readonly text: string;
  readonly hidden: readonly PathChange[];
  readonly sort: TreeSort;
}

export const layersTabs = ['files', 'waste', 'duplicates'] as const;

export type LayersTab = (typeof layersTabs)[number];

/** Every word of the page. Names in braces are filled in by the page. */
export interface LayersStrings {
  readonly toolbarName: string;
  readonly waiting: string;
  readonly readingAbout: string;
  readonly reading: string;
  readonly readingHint: string;
  readonly tryAgain: string;
  readonly stepsName: string;
  readonly stepsTitle: string;
  readonly stepLabel: string;
  readonly stepLabelEmpty: string;
  readonly noInstruction: string;
  readonly layerCount: string;
  readonly oneLayer: string;
  readonly efficiency: string;
  readonly efficiencyHint: string;
  readonly wasted: string;
  readonly nothingWasted: string;
  readonly rulesPassed: string;
  readonly rulesFailed: string;
  readonly instruction: string;
  readonly createdAt: string;
  readonly stepAdded: string;
  readonly stepChanged: string;
  readonly stepRewritten: string;
  readonly stepRemoved: string;
  readonly stepNothing: string;
  readonly hiddenBytes: string;
  readonly hidingBytes: string;
  readonly sharedLayers: string;
  readonly oneSharedLayer: string;
  readonly onlyIn: string;
  readonly filesTab: string;
  readonly wasteTabOf: string;
  readonly scopeName: string;
  readonly scopeChanges: string;
  readonly scopeChangesHint: string;
  readonly scopeFiles: string;
  readonly scopeFilesHint: string;
  readonly scopeFilesHintCompare: string;
  readonly search: string;
  readonly searchPlaceholder: string;
  readonly changesName: string;
  readonly showAdded: string;
  readonly showChanged: string;
  readonly showRewritten: string;
  readonly showRemoved: string;
  readonly added: string;
  readonly changed: string;
  readonly rewritten: string;
  readonly removed: string;
  readonly unchanged: string;
  readonly treeName: string;
  readonly columnName: string;
  readonly columnSize: string;
  readonly columnMode: string;
  readonly columnOwner: string;
  readonly sortName: string;
  readonly sortSize: string;
  readonly expandAll: string;
  readonly collapseAll: string;
  readonly rowLabel: string;
  readonly linkTo: string;
  readonly modeWas: string;
  readonly noChanges: string;
  readonly noDifferences: string;
  readonly noMatches: string;
  readonly emptyTree: string;
  readonly notAFile: string;
  readonly directory: string;
  readonly symlink: string;
  readonly device: string;
  readonly fifo: string;
  readonly file: string;
  readonly hardlink: string;
  readonly wasteName: string;
  readonly wastePath: string;
  readonly wasteBytes: string;
  readonly wasteReason: string;
  readonly noWaste: string;
  readonly reasonRemoved: string;
  readonly reasonReplaced: string;
  readonly reasonChanged: string;
  readonly reasonMetadata: string;
  readonly reasonSame: string;
  readonly moreCopies: string;
  readonly wasteLabel: string;
  readonly duplicateOf: string;
  readonly rulesName: string;
  readonly openRules: string;
  readonly ruleLowestEfficiency: string;
  readonly ruleHighestWastedBytes: string;
  readonly ruleHighestUserWastedPercent: string;
  readonly rulePassed: string;
  readonly ruleFailed: string;
  readonly ruleDisabled: string;
  readonly ruleInvalid: string;
  readonly saveJson: string;
  readonly compare: string;
  readonly keys: string;
  readonly removedBytes: string;
  readonly sash: string;
  readonly noDuplicates: string;
  readonly duplicatesName: string;
  readonly duplicatePaths: string;
  readonly duplicateSaving: string;
  readonly duplicateCopies: string;
  readonly duplicatesTab: string;
  readonly bytesInAll: string;
  readonly bytesWritten: string;
  readonly compared: string;
  readonly keysTitle: string;
  readonly close: string;
  readonly keySearch: string;
  readonly keySteps: string;
  readonly keyRange: string;
  readonly stepRange: string;
  readonly keyScope: string;
  readonly keyOpen: string;
  readonly keyOpenPlain: string;
  readonly keyFold: string;
  readonly keyFoldAll: string;
  readonly keySort: string;
  readonly keyTabs: string;
  readonly keyCopy: string;
  readonly keyPanes: string;
  readonly keyKeys: string;
}

/** Of rows: more than any screen has room for. */
export const maxLayerRows = 1000;
const maxPathLength = 4096;
/** Folders that somebody opened or closed one by one. */
export const maxFolded = 10_000;

const isWindowSize: Guard<number> = (value): value is number => isCount(value) && value <= maxLayerRows;
const isPath: Guard<string> = (value): value is string => isText(value) && value.length <= maxPathLength;
const isState = shape<LayerState>({ imageId: isPath, layer: isWhole });
const isChanges = listOf(oneOf(...pathChanges), pathChanges.length);
const isFilter = shape<TreeFilter>({ text: isPath, changes: optional(isChanges) });
const isFolding = shape<Folding>({ isOpen: isFlag, except: listOf(isPath, maxFolded) });
const isSort = oneOf('name', 'size');
const treeShow = { before: isState, after: isState, filter: isFilter, sort: isSort, folding: isFolding };
const part = { first: isCount, count: isWindowSize };

export const isTreeRequest = shape<TreeRequest>({ ...treeShow, ...part });
export const isLocateRequest = shape<LocateRequest>({ ...treeShow, path: isPath });
export const isImagePart = shape<ImagePart>({ imageId: isPath, ...part });
export const isOpenPath = shape<OpenPath>({ before: isState, after: isState, path: isPath, isPlain: isFlag });
export const isPathOnly = shape<{ readonly path: string }>({ path: isPath });
export const isLayersAct = oneOf(...layersActs);

const isPageTarget = shape<LayersPageTarget>({
  images: listOf(shape<LayersPageTarget['images'][number]>({ ref: isText, name: isText }), 2),
});

/** For the host on a window's reload and for the page on its own: an older or foreign state is no state. */
export const isLayersPageState = shape<LayersPageState>({
  version: (value): value is 1 => value === 1,
  target: isPageTarget,
  step: optional(isCount),
  scope: oneOf('changes', 'files'),
  tab: oneOf(...layersTabs),
  text: isPath,
  hidden: isChanges,
  sort: isSort,
});

/** The host made it: only its outline is looked at. */
export function isLayersPhase(value: unknown): value is LayersPhase {
  return isRecord(value) && isText(value['kind']);
}

export function isRulesReport(value: unknown): value is RulesReport | undefined {
  return value === undefined || value === null || (isRecord(value) && Array.isArray(value['results']));
}
