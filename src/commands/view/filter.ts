import { everything, type FilteredViewId } from '../../model/tree/viewOptions.ts';
import { type Action, action } from '../verb.ts';

/** Narrows a view to what has a text in its name, image, label or at the start of its id. */
export function filterView(view: FilteredViewId): Action {
  return action(async ({ views, prompts, t }, _signal, [given]) => {
    const options = views.options(view);
    const text =
      // A button in a view's heading is called with the row that has the focus.
      typeof given === 'string' && views.node(given) === undefined
        ? given
        : await prompts.input({
            title: t('Show only rows that have this text'),
            value: options.filter,
            placeholder:
              view === 'registries'
                ? t('Part of a repository’s or a tag’s name')
                : t('Name, image, label (key=value) or the start of an id'),
          });
    if (text !== undefined) views.setOptions(view, { ...views.options(view), filter: text.trim() });
  });
}

export function clearFilter(view: FilteredViewId): Action {
  return action(({ views }) => {
    views.setOptions(view, { ...views.options(view), ...everything });
    return Promise.resolve();
  });
}
