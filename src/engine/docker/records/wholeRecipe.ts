import { object } from '../../../base/json.ts';
import type { ContainerRecipe } from '../../engine.ts';
import { extrasOf, unsaidNames } from './extrasRecords.ts';
import { namesOfKept } from './keptNames.ts';
import { recipeOf } from './recipe.ts';

/** How a container was made, from its inspection and its image's; of an image that is gone nothing is known. */
export function wholeRecipe(rawContainer: unknown, rawImage: unknown): ContainerRecipe {
  const { options, kept } = recipeOf(rawContainer, object(rawImage));
  const keptNames = namesOfKept(kept);
  return {
    options,
    kept,
    keptNames,
    extras: extrasOf(kept.config, kept.hostConfig),
    unsaidNames: unsaidNames(keptNames, kept),
  };
}
