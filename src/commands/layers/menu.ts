import type { LayersAct } from '../../model/imageLayers.ts';
import { type Action, action } from '../verb.ts';

/** A command of the menu of a path in a panel of layers: the page that is in front knows which one is meant. */
export function actOnLayers(act: LayersAct): Action {
  return action(({ panels }) => {
    panels.actOnLayers(act);
    return Promise.resolve();
  });
}
