import { type Container, composeIdentity } from '../../src/model/container.ts';
import type { EngineEvent } from '../../src/model/engineEvent.ts';
import type { FileEntry } from '../../src/model/fileEntry.ts';
import type { Image } from '../../src/model/image.ts';
import type { Network } from '../../src/model/network.ts';
import { type EngineSnapshot, emptySnapshot } from '../../src/model/snapshot.ts';
import type { Volume } from '../../src/model/volume.ts';

/** The moment at which everything in the unit tests happens. */
export const now = Date.UTC(2026, 0, 15, 12);

/** A whole id from a short word, so that ids in failures can be read. */
export function longId(word: string): string {
  return Buffer.from(word).toString('hex').padEnd(64, '0').slice(0, 64);
}

/** A running container; its id follows from its name, its compose identity from its labels. */
export function container(name: string, parts: Partial<Container> = {}): Container {
  const labels = parts.labels ?? {};
  return {
    id: longId(name),
    name,
    image: 'nginx:1.27',
    imageId: `sha256:${longId('nginx')}`,
    command: 'nginx -g daemon off;',
    createdAt: now - 3_600_000,
    state: 'running',
    stateSince: now - 180_000,
    exitCode: undefined,
    oomKilled: false,
    health: undefined,
    ports: [],
    mounts: [],
    networks: [],
    labels,
    compose: composeIdentity(labels),
    ...parts,
  };
}

/** A file of ten bytes, unless told otherwise. */
export function fileEntry(name: string, kind: FileEntry['kind'] = 'file'): FileEntry {
  return { name, kind, sizeBytes: 10, modifiedAt: now, mode: 0o644, owner: 'root:root' };
}

export function stopped(name: string, parts: Partial<Container> = {}): Container {
  return container(name, { state: 'exited', exitCode: 0, stateSince: now - 60_000, ...parts });
}

export function composeLabels(project: string, service: string, number = 1): Record<string, string> {
  return {
    'com.docker.compose.project': project,
    'com.docker.compose.service': service,
    'com.docker.compose.container-number': String(number),
    'com.docker.compose.project.working_dir': `/home/me/${project}`,
    'com.docker.compose.project.config_files': `/home/me/${project}/compose.yaml`,
  };
}

export function image(word: string, tags: readonly string[], parts: Partial<Image> = {}): Image {
  return {
    id: `sha256:${longId(word)}`,
    tags,
    digests: [],
    createdAt: now - 86_400_000 * 3,
    sizeBytes: 187_000_000,
    labels: {},
    ...parts,
  };
}

export function volume(name: string, parts: Partial<Volume> = {}): Volume {
  return {
    name,
    driver: 'local',
    mountpoint: `/var/lib/docker/volumes/${name}/_data`,
    createdAt: now - 86_400_000 * 90,
    labels: {},
    ...parts,
  };
}

export function network(name: string, parts: Partial<Network> = {}): Network {
  return {
    id: longId(name),
    name,
    driver: 'bridge',
    scope: 'local',
    subnets: ['172.18.0.0/16'],
    isInternal: false,
    createdAt: now - 86_400_000,
    labels: {},
    ...parts,
  };
}

export function event(
  kind: EngineEvent['kind'],
  action: string,
  id: string,
  parts: Partial<EngineEvent> = {},
): EngineEvent {
  return { kind, action, id, detail: '', at: now, attributes: {}, ...parts };
}

export interface Objects {
  readonly container?: readonly Container[];
  readonly image?: readonly Image[];
  readonly volume?: readonly Volume[];
  readonly network?: readonly Network[];
}

export function snapshotOf(objects: Objects): EngineSnapshot {
  const {
    container: containers = [],
    image: images = [],
    volume: volumes = [],
    network: nets = [],
  } = objects;
  return {
    ...emptySnapshot,
    container: new Map(containers.map((item) => [item.id, item])),
    image: new Map(images.map((item) => [item.id, item])),
    volume: new Map(volumes.map((item) => [item.name, item])),
    network: new Map(nets.map((item) => [item.id, item])),
  };
}
