import { type Container, composeIdentity } from './container.ts';
import type { EngineEvent } from './engineEvent.ts';
import type { ObjectKind } from './identity.ts';
import type { Image } from './image.ts';
import type { Network } from './network.ts';
import type { Volume } from './volume.ts';

/** Which record stands for which kind. */
export interface ObjectOf {
  container: Container;
  image: Image;
  volume: Volume;
  network: Network;
}

/** All that is known of one engine's objects, by kind and id (volumes: by name). Never changed in place. */
export type EngineSnapshot = { readonly [K in ObjectKind]: ReadonlyMap<string, ObjectOf[K]> };

export const emptySnapshot: EngineSnapshot = {
  container: new Map(),
  image: new Map(),
  volume: new Map(),
  network: new Map(),
};

/** An object whose record in the snapshot may be behind the engine's. An empty id stands for the whole kind. */
export interface StaleObject {
  readonly kind: ObjectKind;
  readonly id: string;
}

export interface Reduction {
  readonly snapshot: EngineSnapshot;
  /** What must be read again before the snapshot is exact. */
  readonly stale: readonly StaleObject[];
}

/** What an event alone tells: right in state and name at once, in the details after the stale objects were read. */
export function reduce(snapshot: EngineSnapshot, event: EngineEvent): Reduction {
  if (event.action === 'prune') return { snapshot, stale: [{ kind: event.kind, id: '' }] };
  switch (event.kind) {
    case 'container':
      return reduceContainer(snapshot, event);
    case 'image':
      return reduceImage(snapshot, event);
    case 'volume':
      return reducePlain(snapshot, event, 'volume');
    case 'network':
      return reduceNetwork(snapshot, event);
  }
}

/** Puts a freshly read object in, or takes it out when the engine no longer has it. */
export function put<K extends ObjectKind>(
  snapshot: EngineSnapshot,
  kind: K,
  id: string,
  object: ObjectOf[K] | undefined,
): EngineSnapshot {
  const before: ReadonlyMap<string, ObjectOf[K]> = snapshot[kind];
  const after = new Map(before);
  if (object === undefined) after.delete(id);
  else after.set(id, object);
  const next = { ...snapshot, [kind]: after };
  return kind === 'image' && object !== undefined
    ? // eslint-disable-next-line no-restricted-syntax -- the kind says that these are images
      { ...next, image: takeTags(after as Map<string, Image>, id) }
    : next;
}

function reduceContainer(snapshot: EngineSnapshot, event: EngineEvent): Reduction {
  const { id, at } = event;
  if (event.action === 'destroy') return { snapshot: put(snapshot, 'container', id, undefined), stale: [] };
  // Of an image that gets no name, engines tell by this alone.
  if (event.action === 'commit') return { snapshot, stale: committed(event) };
  const patch = containerPatch(event);
  if (patch === undefined) return { snapshot, stale: [] };
  const known = snapshot.container.get(id) ?? containerFromEvent(event);
  const changesState = 'state' in patch;
  const next = { ...known, ...patch, ...(changesState ? { stateSince: at } : {}) };
  return { snapshot: put(snapshot, 'container', id, next), stale: [{ kind: 'container', id }] };
}

function committed({ attributes: { imageID: id } }: EngineEvent): readonly StaleObject[] {
  return id === undefined ? [] : [{ kind: 'image', id }];
}

/** What the event says of the container; undefined when it says nothing that the sidebar shows. */
function containerPatch({ action, detail, attributes }: EngineEvent): Partial<Container> | undefined {
  switch (action) {
    case 'create':
    case 'update':
      return {};
    case 'start':
      return { state: 'running', exitCode: undefined, oomKilled: false, health: undefined };
    case 'unpause':
      return { state: 'running' };
    case 'pause':
      return { state: 'paused' };
    case 'die':
      return {
        state: 'exited',
        exitCode: Number.parseInt(attributes['exitCode'] ?? '', 10) || 0,
        health: undefined,
      };
    case 'oom':
      return { oomKilled: true };
    case 'rename':
      return attributes['name'] === undefined ? {} : { name: attributes['name'] };
    case 'health_status':
      return detail === 'healthy' || detail === 'unhealthy' || detail === 'starting'
        ? { health: { status: detail } }
        : {};
    default:
      return undefined;
  }
}

/** Docker puts a container's name, image and labels into its events. */
function containerFromEvent({ id, at, attributes }: EngineEvent): Container {
  const { name = id.slice(0, 12), image = '', ...labels } = attributes;
  return {
    id,
    name,
    image,
    imageId: '',
    command: '',
    createdAt: at,
    state: 'created',
    stateSince: undefined,
    exitCode: undefined,
    oomKilled: false,
    health: undefined,
    ports: [],
    mounts: [],
    networks: [],
    labels,
    compose: composeIdentity(labels),
  };
}

/** An image event's id is an image id or a reference, depending on the action; only a deleted id can be told apart. */
function reduceImage(snapshot: EngineSnapshot, event: EngineEvent): Reduction {
  switch (event.action) {
    case 'delete':
    case 'remove':
      return { snapshot: put(snapshot, 'image', event.id, undefined), stale: [] };
    case 'pull':
    case 'tag':
    case 'untag':
    case 'import':
    case 'load':
    case 'create':
    case 'build':
    case 'commit':
      return { snapshot, stale: [{ kind: 'image', id: event.id }] };
    default:
      return { snapshot, stale: [] };
  }
}

function reduceNetwork(snapshot: EngineSnapshot, event: EngineEvent): Reduction {
  const container = event.attributes['container'];
  if (event.action === 'connect' || event.action === 'disconnect') {
    const known = container !== undefined && snapshot.container.has(container);
    return { snapshot, stale: known ? [{ kind: 'container', id: container }] : [] };
  }
  return reducePlain(snapshot, event, 'network');
}

/** Kinds whose events only say that the object came, changed or went. */
function reducePlain(snapshot: EngineSnapshot, event: EngineEvent, kind: 'volume' | 'network'): Reduction {
  switch (event.action) {
    case 'destroy':
      return { snapshot: put(snapshot, kind, event.id, undefined), stale: [] };
    case 'create':
    case 'update':
      return { snapshot, stale: [{ kind, id: event.id }] };
    default:
      return { snapshot, stale: [] };
  }
}

/** A tag belongs to one image: when `winner` has it, the image that had it before is left without. */
function takeTags(images: Map<string, Image>, winner: string): ReadonlyMap<string, Image> {
  const tags = new Set(images.get(winner)?.tags);
  if (tags.size === 0) return images;
  for (const [id, image] of images) {
    if (id !== winner && image.tags.some((tag) => tags.has(tag)))
      images.set(id, { ...image, tags: image.tags.filter((tag) => !tags.has(tag)) });
  }
  return images;
}
