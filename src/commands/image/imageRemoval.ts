import { isUp } from '../../model/container.ts';
import { imageUsers, type User } from '../../model/tree/usage.ts';
import type { Target } from '../targets.ts';

/** What becomes of one image, or of one of its tags. */
export interface ImageRemoval {
  readonly target: Target<'image'>;
  /**
   * `tag`: only this name goes. `image`: the last name and the layers go. `layersStay`: the last name goes, the layers
   * go with what is up. `nothing`: the engine refuses, by force too.
   */
  readonly end: 'tag' | 'image' | 'layersStay' | 'nothing';
  readonly users: readonly User[];
  /** Whether the engine does it only when it is forced to. */
  readonly needsForce: boolean;
}

/** The engine's rules for the removal of these and nothing else, applied to what is known now. */
export function imageRemovals(targets: readonly Target<'image'>[]): readonly ImageRemoval[] {
  return targets.map((target) => {
    const { object, owner, isById = false } = target;
    const users = imageUsers(owner.store.state.snapshot).get(object.id) ?? [];
    const isWhole =
      isById ||
      object.tags.every((tag) =>
        targets.some((other) => other.owner === owner && other.object === object && other.ref.id === tag),
      );
    if (!isWhole) return { target, users, end: 'tag', needsForce: false };
    const needsForce = users.length > 0 || (isById && object.tags.length > 1);
    if (!users.some(isUp)) return { target, users, end: 'image', needsForce };
    // A name can be taken away from what runs, an image can't.
    const isNamed = object.tags.length > 0 && !isById;
    return { target, users, end: isNamed ? 'layersStay' : 'nothing', needsForce: isNamed };
  });
}
