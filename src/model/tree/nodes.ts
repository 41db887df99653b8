import type { ConnectionPhase } from '../connectionPhase.ts';
import type { Container, Mount, NetworkAttachment, PortBinding } from '../container.ts';
import type { EngineErrorHint, EngineErrorReason } from '../engineError.ts';
import type { ObjectKind } from '../identity.ts';
import type { Image } from '../image.ts';
import type { Network } from '../network.ts';
import type { RegistryDigest } from '../registryDigest.ts';
import type { Volume } from '../volume.ts';

interface NodeShape {
  /** Unique in its view, stable as long as the object lives, never a label. */
  readonly key: string;
  readonly engineId: string;
}

/** One engine as a heading of a resource view (several engines), or as a row of the Engines view. */
export interface EngineNode extends NodeShape {
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
export interface GroupNode extends NodeShape {
  readonly kind: 'group';
  readonly of: ObjectKind;
  readonly by: 'compose' | 'service' | 'image' | 'network' | 'label' | 'repository' | 'state' | 'others';
  readonly label: string;
  readonly memberIds: readonly string[];
  readonly runningCount: number;
  readonly isOffline: boolean;
}

export interface ContainerNode extends NodeShape {
  readonly kind: 'container';
  readonly container: Container;
  /** The service's name inside its compose project, else the container's own. */
  readonly label: string;
  readonly isOffline: boolean;
}

export interface ImageNode extends NodeShape {
  readonly kind: 'image';
  readonly image: Image;
  /** The tag that this row stands for; empty for a dangling image. */
  readonly tag: string;
  readonly isInGroup: boolean;
  /** What the registry has by this tag, where that is another image. */
  readonly newer?: RegistryDigest | undefined;
  readonly usedBy: readonly string[];
  readonly isOffline: boolean;
}

export interface VolumeNode extends NodeShape {
  readonly kind: 'volume';
  readonly volume: Volume;
  /** Bytes on disk once the engine was asked for them. */
  readonly sizeBytes: number | undefined;
  readonly usedBy: readonly string[];
  readonly isOffline: boolean;
}

export interface NetworkNode extends NodeShape {
  readonly kind: 'network';
  readonly network: Network;
  readonly usedBy: readonly string[];
  readonly isOffline: boolean;
}

/** What a container consists of, one row each, built when its row is expanded. */
export interface PartNode extends NodeShape {
  readonly kind: 'part';
  readonly containerId: string;
  readonly part:
    | { readonly kind: 'port'; readonly port: PortBinding }
    | { readonly kind: 'mount'; readonly mount: Mount }
    | { readonly kind: 'network'; readonly network: NetworkAttachment }
    | { readonly kind: 'processes' }
    | { readonly kind: 'process'; readonly pid: string; readonly user: string; readonly command: string }
    | { readonly kind: 'files' }
    | { readonly kind: 'directory'; readonly path: string; readonly name: string }
    | {
        readonly kind: 'file';
        readonly path: string;
        readonly name: string;
        readonly sizeBytes: number;
        readonly isLink: boolean;
      }
    | { readonly kind: 'failure'; readonly message: string };
}

export type TreeNode =
  | EngineNode
  | GroupNode
  | ContainerNode
  | ImageNode
  | VolumeNode
  | NetworkNode
  | PartNode;

/** A node with the nodes below it, as built from a snapshot. */
export interface TreeBranch {
  readonly node: TreeNode;
  readonly children: readonly TreeBranch[];
}

/** The rows of a container hang below its key by this mark, which no id contains. */
export const partMark = '#';
