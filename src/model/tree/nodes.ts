import type { ConnectionPhase } from '../connectionPhase.ts';
import type { ChangeEntry } from '../containerChanges.ts';
import type { Container, Mount, NetworkAttachment, PortBinding } from '../container.ts';
import type { FileEntry } from '../fileEntry.ts';
import type { FilePlace } from '../filePlace.ts';
import type { EngineErrorHint, EngineErrorReason } from '../engineError.ts';
import type { ObjectKind } from '../identity.ts';
import type { Image } from '../image.ts';
import type { Network } from '../network.ts';
import type { KnownRegistry, TagDetails } from '../registry.ts';
import type { RegistryDigest } from '../registryDigest.ts';
import type { RegistryError } from '../registryError.ts';
import type { Volume } from '../volume.ts';
import type { User } from './usage.ts';

interface NodeShape {
  /** Unique in its view, stable as long as the object lives, never a label. */
  readonly key: string;
}

interface EngineNodeShape extends NodeShape {
  readonly engineId: string;
}

/** One engine as a heading of a resource view (several engines), or as a row of the Engines view. */
export interface EngineNode extends EngineNodeShape {
  readonly kind: 'engine';
  readonly name: string;
  readonly address: string;
  readonly phase: ConnectionPhase;
  /** `Docker 26.1.5`; empty while not connected. */
  readonly version: string;
  readonly problem: EngineErrorReason | EngineErrorHint | '';
  readonly problemText: string;
  readonly isLocal: boolean;
  readonly isHeading: boolean;
}

/** Objects under one heading: a compose project, one of its services, an image, a network, a label's value … */
export interface GroupNode extends EngineNodeShape {
  readonly kind: 'group';
  readonly of: ObjectKind;
  readonly by:
    | 'compose'
    | 'service'
    | 'image'
    | 'network'
    | 'label'
    | 'repository'
    | 'use'
    | 'state'
    | 'others';
  readonly label: string;
  readonly memberIds: readonly string[];
  readonly runningCount: number;
  readonly isOffline: boolean;
}

export interface ContainerNode extends EngineNodeShape {
  readonly kind: 'container';
  readonly container: Container;
  /** The service's name inside its compose project, else the container's own. */
  readonly label: string;
  readonly isOffline: boolean;
  /** What it uses now; absent where nobody wants to see it. */
  readonly use?: string | undefined;
}

export interface ImageNode extends EngineNodeShape {
  readonly kind: 'image';
  readonly image: Image;
  /** The tag that this row stands for; empty for a dangling image. */
  readonly tag: string;
  /** Below a heading that says its repository. */
  readonly isInGroup: boolean;
  readonly usedBy: readonly User[];
  /** Bytes of it that other images have too, once the engine was asked for them. */
  readonly sharedBytes: number | undefined;
  /** What the registry has by this tag, where that is another image. */
  readonly newer?: RegistryDigest | undefined;
  readonly isOffline: boolean;
}

/** The headings of images by their use. */
export const imageUses = ['used', 'unused', 'dangling'] as const;
export type ImageUse = (typeof imageUses)[number];

export interface VolumeNode extends EngineNodeShape {
  readonly kind: 'volume';
  readonly volume: Volume;
  /** Bytes on disk once the engine was asked for them. */
  readonly sizeBytes: number | undefined;
  readonly usedBy: readonly User[];
  readonly isOffline: boolean;
}

export interface NetworkNode extends EngineNodeShape {
  readonly kind: 'network';
  readonly network: Network;
  readonly usedBy: readonly User[];
  readonly isOffline: boolean;
}

/** A container that uses an image, below the image's row: a way to the container. */
export interface UserNode extends EngineNodeShape {
  readonly kind: 'user';
  readonly user: User;
  readonly isOffline: boolean;
}

/** What a container consists of, one row each, built when its row is expanded. */
export interface PartNode extends EngineNodeShape {
  readonly kind: 'part';
  readonly containerId: string;
  readonly part:
    | { readonly kind: 'port'; readonly port: PortBinding }
    | { readonly kind: 'mount'; readonly mount: Mount }
    | { readonly kind: 'network'; readonly network: NetworkAttachment }
    | { readonly kind: 'processes' }
    | { readonly kind: 'process'; readonly pid: string; readonly user: string; readonly command: string }
    | { readonly kind: 'files' }
    | { readonly kind: 'changes' }
    | ({ readonly kind: 'change' } & ChangeEntry)
    /** In the place of rows, where there are none. */
    | { readonly kind: 'nothing'; readonly message: string }
    | { readonly kind: 'failure'; readonly message: string };
}

/** A file or a folder in a container or a volume, read when the folder above it is expanded. */
export interface FileNode extends EngineNodeShape {
  readonly kind: 'file';
  readonly place: FilePlace;
  readonly path: string;
  readonly entry: FileEntry;
}

/** What stands below a folder in place of files, or behind them. */
export interface FileNoticeNode extends EngineNodeShape {
  readonly kind: 'fileNotice';
  /** The whole sentence. */
  readonly message: string;
}

export interface RegistryNode extends NodeShape {
  readonly kind: 'registry';
  readonly registry: KnownRegistry;
  readonly isSignedIn: boolean;
}

/** Of Docker Hub, which lists repositories by their owner. */
export interface NamespaceNode extends NodeShape {
  readonly kind: 'namespace';
  readonly registry: KnownRegistry;
  readonly namespace: string;
}

export interface RepositoryNode extends NodeShape {
  readonly kind: 'repository';
  readonly registry: KnownRegistry;
  readonly repository: string;
  /** In the user's list by itself, from which it can be taken. */
  readonly isNamed: boolean;
}

export interface TagNode extends NodeShape {
  readonly kind: 'tag';
  readonly registry: KnownRegistry;
  readonly repository: string;
  readonly tag: string;
  /** Undefined until they were read. */
  readonly details: TagDetails | RegistryError | undefined;
  /** Why they could not be read, as a sentence. */
  readonly problemText: string;
}

/** What stands below a registry's row in place of names, or behind them. */
export interface RegistryNoticeNode extends NodeShape {
  readonly kind: 'registryNotice';
  readonly notice: 'more' | 'empty' | 'noMatch' | 'noCatalog' | 'denied' | 'failure';
  /** The whole sentence; of `more` how many are shown. */
  readonly message: string;
}

export type TreeNode =
  | EngineNode
  | GroupNode
  | ContainerNode
  | ImageNode
  | VolumeNode
  | NetworkNode
  | UserNode
  | PartNode
  | FileNode
  | FileNoticeNode
  | RegistryNode
  | NamespaceNode
  | RepositoryNode
  | TagNode
  | RegistryNoticeNode;

/** A node with the nodes below it, as built from a snapshot. */
export interface TreeBranch {
  readonly node: TreeNode;
  readonly children: readonly TreeBranch[];
}

/** The rows of a container or an image hang below its key by this mark, which no id contains. */
export const partMark = '#';
