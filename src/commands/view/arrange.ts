import type { Localize } from '../../base/localize.ts';
import { type GroupBy, offered, type ResourceViewId, type SortBy } from '../../model/tree/viewOptions.ts';
import { kindOfView } from '../../model/tree/viewTree.ts';
import type { Deps } from '../deps.ts';
import { type Action, action } from '../verb.ts';

export function groupView(view: ResourceViewId): Action {
  return action(async (deps) => {
    const { t, views, prompts } = deps;
    const current = views.options(view).groupBy;
    const choices: readonly (GroupBy | 'label')[] = [
      ...offered[view].groupBy,
      ...(view === 'containers' ? (['label'] as const) : []),
    ];
    const chosen = await prompts.pickOne(
      t('Group by'),
      choices.map((groupBy) => ({
        value: groupBy,
        label: groupWord(groupBy, t),
        ...(isCurrent(groupBy, current) ? { description: t('current') } : {}),
      })),
    );
    if (chosen === undefined) return;
    const groupBy = chosen === 'label' ? await chooseLabel(deps, view) : chosen;
    if (groupBy !== undefined) views.setOptions(view, { ...views.options(view), groupBy });
  });
}

export function sortView(view: ResourceViewId): Action {
  return action(async ({ t, views, prompts }) => {
    const current = views.options(view).sortBy;
    const sortBy = await prompts.pickOne(
      t('Sort by'),
      offered[view].sortBy.map((choice) => ({
        value: choice,
        label: sortWord(choice, t),
        ...(choice === current ? { description: t('current') } : {}),
      })),
    );
    if (sortBy !== undefined) views.setOptions(view, { ...views.options(view), sortBy });
  });
}

function isCurrent(choice: string, current: GroupBy): boolean {
  return choice === current || (choice === 'label' && current.startsWith('label:'));
}

/** The label keys that are there, most used first. */
async function chooseLabel(
  { t, engines, prompts }: Deps,
  view: ResourceViewId,
): Promise<GroupBy | undefined> {
  const counts = new Map<string, number>();
  for (const { store } of engines.active)
    for (const { labels } of store.state.snapshot[kindOfView[view]].values())
      for (const key of Object.keys(labels)) counts.set(key, (counts.get(key) ?? 0) + 1);
  const keys = [...counts].sort(([, a], [, b]) => b - a);
  if (keys.length === 0) {
    prompts.tell(t('No object has a label.'));
    return undefined;
  }
  const key = await prompts.pickOne(
    t('Group by the value of which label?'),
    keys.map(([value, count]) => ({ value, label: value, description: String(count) })),
  );
  return key === undefined ? undefined : `label:${key}`;
}

function groupWord(groupBy: GroupBy | 'label', t: Localize): string {
  switch (groupBy) {
    case 'compose':
      return t('Compose project');
    case 'image':
      return t('Image');
    case 'network':
      return t('Network');
    case 'state':
      return t('State');
    case 'repository':
      return t('Repository');
    case 'use':
      return t('Use: in use, not in use, dangling');
    case 'none':
      return t('Nothing: one flat list');
    default:
      return t('Label…');
  }
}

function sortWord(sortBy: SortBy, t: Localize): string {
  const words: Readonly<Record<SortBy, () => string>> = {
    name: () => t('Name'),
    created: () => t('Newest first'),
    state: () => t('State'),
    image: () => t('Image'),
    size: () => t('Biggest first'),
  };
  return words[sortBy]();
}
