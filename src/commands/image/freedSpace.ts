import type { KnownEngine } from '../../engine/engineSet.ts';
import type { Image } from '../../model/image.ts';
import type { Target } from '../targets.ts';

export interface FreedSpace {
  /** What only single ones of the images have; undefined where the engine does not tell. */
  readonly leastBytes: number | undefined;
  /** As if they shared nothing with each other or with those that stay. */
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
  const own = images.map(({ id, sizeBytes }) => sizeBytes - (shared.get(id) ?? Number.NaN));
  return {
    leastBytes: own.some(Number.isNaN) ? undefined : sum(own),
    mostBytes: sum(images.map(({ sizeBytes }) => sizeBytes)),
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
