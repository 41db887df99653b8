import type { ResourceViewId, ViewOptions } from '../../model/tree/viewOptions.ts';
import { type Action, action } from '../verb.ts';

/** Sets one of a view's switches; two commands a switch, so that the title can say what a click does. */
export function setSwitch(
  view: ResourceViewId,
  name: keyof ViewOptions & ('runningOnly' | 'thisWorkspaceOnly'),
  isOn: boolean,
): Action {
  return action(({ views }) => {
    views.setOptions(view, { ...views.options(view), [name]: isOn });
    return Promise.resolve();
  });
}
