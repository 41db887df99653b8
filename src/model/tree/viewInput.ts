import type { ConnectionPhase } from '../connectionPhase.ts';
import type { EngineError } from '../engineError.ts';
import type { ObjectKind } from '../identity.ts';
import type { RegistryDigest } from '../registryDigest.ts';
import type { EngineSnapshot } from '../snapshot.ts';
import type { TreeMemo } from './treeMemo.ts';
import type { ViewOptions } from './viewOptions.ts';

/** One engine as the tree builders see it. */
export interface EngineInput {
  readonly id: string;
  readonly name: string;
  readonly address: string;
  readonly isLocal: boolean;
  readonly phase: ConnectionPhase;
  readonly version: string;
  readonly error: EngineError | undefined;
  readonly snapshot: EngineSnapshot;
  readonly loaded: ReadonlySet<ObjectKind>;
  /** By tag, as far as somebody asked. */
  readonly registryDigests?: ReadonlyMap<string, RegistryDigest>;
  /** What containers use now, by id, as their rows say it; as far as somebody wants to see it. */
  readonly use?: ReadonlyMap<string, string>;
  readonly volumeSizes: ReadonlyMap<string, number>;
  /** Bytes by image id that other images have too. */
  readonly sharedImageSizes: ReadonlyMap<string, number>;
  /** The same one for an engine each time. */
  readonly memo: TreeMemo;
}

export interface ViewInput {
  /** Those that the user wants to see; with more than one, each gets a heading. */
  readonly engines: readonly EngineInput[];
  readonly options: ViewOptions;
  /** Absolute paths of the open folders. */
  readonly workspaceFolders: readonly string[];
}
