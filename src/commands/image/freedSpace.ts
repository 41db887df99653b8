import type { KnownEngine } from '../../engine/engineSet.ts';
import type { Image } from '../../model/image.ts';
import type { Target } from '../targets.ts';

export interface FreedSpace {
  /** What only single ones of the images have; undefined where the engine does not tell. */
  readonly leastBytes: number | undefined;
  /** As if they shared with each other all that they share; all of them where the engine does not tell. */
  readonly mostBytes: number;
}

const answerTimeoutMs = 30_000;

/** What the removal of images frees. Of layers that several have, the engine does not tell which these are. */
export async function freedSpace(targets: readonly Target<'image'>[]): Promise<FreedSpace> {
  const byEngine = new Map<KnownEngine, Set<Image>>();
  for (const { owner, object } of targets)
    byEngine.set(owner, (byEngine.get(owner) ?? new Set()).add(object));
  const parts = await Promise.all(
    [...byEngine].map(([{ store }, images]) =>
      store.engine
        .sharedImageSizes(AbortSignal.timeout(answerTimeoutMs))
        .catch(() => new Map<string, number>())
        .then((shared) => spaceOf([...images], shared)),
    ),
  );
  const least = parts.map(({ leastBytes }) => leastBytes);
  return {
    leastBytes: least.every((bytes) => bytes !== undefined) ? sum(least) : undefined,
    mostBytes: sum(parts.map(({ mostBytes }) => mostBytes)),
  };
}

function spaceOf(images: readonly Image[], shared: ReadonlyMap<string, number>): FreedSpace {
  const total = sum(images.map(({ sizeBytes }) => sizeBytes));
  const known = images.map(({ id }) => shared.get(id));
  if (!known.every((bytes) => bytes !== undefined)) return { leastBytes: undefined, mostBytes: total };
  const sharedBytes = sum(known);
  const leastBytes = total - sharedBytes;
  // What several have goes only with all of them, so that it was counted twice at least.
  const mostBytes = leastBytes + (images.length > 1 ? Math.floor(sharedBytes / 2) : 0);
  return { leastBytes, mostBytes };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
