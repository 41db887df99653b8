import { imageName } from '../image.ts';
import { printObjectRef } from '../identity.ts';
import type { Image } from '../image.ts';
import { isOutdated, type RegistryDigest } from '../registryDigest.ts';
import { groupRows } from './grouping.ts';
import { createFilter } from './match.ts';
import { type ImageNode, type ImageUse, partMark, type TreeBranch, type UserNode } from './nodes.ts';
import { sortItems } from './order.ts';
import type { User } from './usage.ts';
import type { EngineInput, ViewInput } from './viewInput.ts';

const composeProjectLabel = 'com.docker.compose.project';

/** One row a tag, as `docker image ls` prints them; an image without a tag has one row by its id. */
export function imageRows(engine: EngineInput, { options }: ViewInput): readonly TreeBranch[] {
  const filter = createFilter(options.filter);
  const rows = [...engine.snapshot.image.values()].flatMap((image) =>
    (image.tags.length === 0 ? [''] : image.tags).map((tag) => ({ image, tag })),
  );
  const shown = filter === undefined ? rows : rows.filter(({ image, tag }) => filter.image(image, tag));
  const sorted = sortItems(shown, options.sortBy, ({ image, tag }) => ({
    name: tag === '' ? `~${image.id}` : tag,
    createdAt: image.createdAt,
    sizeBytes: image.sizeBytes,
  }));
  const users = engine.memo.usersOf('image', engine.snapshot);
  const isOffline = engine.phase !== 'connected';
  const row =
    (isInGroup: boolean) =>
    ({ image, tag }: { image: Image; tag: string }): TreeBranch => {
      const node: ImageNode = {
        kind: 'image',
        key: printObjectRef({ engineId: engine.id, kind: 'image', id: tag === '' ? image.id : tag }),
        engineId: engine.id,
        image,
        tag,
        isInGroup,
        newer: newerOf(engine, image, tag),
        usedBy: users.get(image.id) ?? [],
        sharedBytes: engine.sharedImageSizes.get(image.id),
        isOffline,
      };
      return { node, children: node.usedBy.map((user) => userRow(node, user)) };
    };
  return groupRows(sorted, {
    engineId: engine.id,
    of: 'image',
    isOffline,
    idOf: ({ image, tag }) => (tag === '' ? image.id : tag),
    isRunning: () => false,
    groupOf: ({ image, tag }) => {
      if (options.groupBy === 'use') return { by: 'use', label: useOf(tag, users.has(image.id)) };
      return options.groupBy === 'repository' && tag !== ''
        ? { by: 'repository', label: imageName({ ...image, tags: [tag] }).repository }
        : undefined;
    },
    rowsOf: (members, group) => members.map(row(group?.by === 'repository')),
  });
}

function userRow({ key, engineId, isOffline }: ImageNode, user: User): TreeBranch {
  const node: UserNode = { kind: 'user', key: `${key}${partMark}${user.id}`, engineId, user, isOffline };
  return { node, children: [] };
}

function useOf(tag: string, isUsed: boolean): ImageUse {
  if (isUsed) return 'used';
  return tag === '' ? 'dangling' : 'unused';
}

function newerOf(engine: EngineInput, image: Image, tag: string): RegistryDigest | undefined {
  const found = engine.registryDigests?.get(tag);
  return found !== undefined && isOutdated(image, tag, found) ? found : undefined;
}

export function volumeRows(engine: EngineInput, { options }: ViewInput): readonly TreeBranch[] {
  const filter = createFilter(options.filter);
  const shown = [...engine.snapshot.volume.values()].filter((volume) => filter?.volume(volume) ?? true);
  const sorted = sortItems(shown, options.sortBy, ({ name, createdAt }) => ({
    name,
    createdAt: createdAt ?? 0,
    sizeBytes: engine.volumeSizes.get(name) ?? 0,
  }));
  const users = engine.memo.usersOf('volume', engine.snapshot);
  const isOffline = engine.phase !== 'connected';
  return groupRows(sorted, {
    engineId: engine.id,
    of: 'volume',
    isOffline,
    idOf: ({ name }) => name,
    isRunning: () => false,
    groupOf: ({ labels }) => composeGroup(options.groupBy, labels),
    rowsOf: (members) =>
      members.map((volume) => ({
        node: {
          kind: 'volume',
          key: printObjectRef({ engineId: engine.id, kind: 'volume', id: volume.name }),
          engineId: engine.id,
          volume,
          sizeBytes: engine.volumeSizes.get(volume.name),
          usedBy: users.get(volume.name) ?? [],
          isOffline,
        },
        children: [],
      })),
  });
}

export function networkRows(engine: EngineInput, { options }: ViewInput): readonly TreeBranch[] {
  const filter = createFilter(options.filter);
  const shown = [...engine.snapshot.network.values()].filter((network) => filter?.network(network) ?? true);
  const sorted = sortItems(shown, options.sortBy, ({ name, createdAt }) => ({
    name,
    createdAt: createdAt ?? 0,
  }));
  const users = engine.memo.usersOf('network', engine.snapshot);
  const isOffline = engine.phase !== 'connected';
  return groupRows(sorted, {
    engineId: engine.id,
    of: 'network',
    isOffline,
    idOf: ({ id }) => id,
    isRunning: () => false,
    groupOf: ({ labels }) => composeGroup(options.groupBy, labels),
    rowsOf: (members) =>
      members.map((network) => ({
        node: {
          kind: 'network',
          key: printObjectRef({ engineId: engine.id, kind: 'network', id: network.id }),
          engineId: engine.id,
          network,
          usedBy: users.get(network.id) ?? users.get(network.name) ?? [],
          isOffline,
        },
        children: [],
      })),
  });
}

function composeGroup(
  groupBy: string,
  labels: Readonly<Record<string, string>>,
): { readonly by: 'compose'; readonly label: string } | undefined {
  const project = labels[composeProjectLabel];
  return groupBy === 'compose' && project !== undefined ? { by: 'compose', label: project } : undefined;
}
