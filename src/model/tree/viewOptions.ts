import { isRecord } from '../../base/record.ts';

/** What the user chose for one view; remembered per workspace. */
export interface ViewOptions {
  /** Plain text; empty shows everything. */
  readonly filter: string;
  readonly groupBy: GroupBy;
  readonly sortBy: SortBy;
  readonly runningOnly: boolean;
  readonly thisWorkspaceOnly: boolean;
}

/** `label:<key>` groups by the value of one label. */
export type GroupBy =
  | 'none'
  | 'compose'
  | 'image'
  | 'network'
  | 'state'
  | 'repository'
  | 'use'
  | `label:${string}`;
export type SortBy = 'name' | 'created' | 'state' | 'image' | 'size';

export const viewIds = ['containers', 'images', 'volumes', 'networks'] as const;
export type ResourceViewId = (typeof viewIds)[number];
/** The Registries view can be filtered like those of objects, and has its own order. */
export type FilteredViewId = ResourceViewId | 'registries';
export type SidebarViewId = FilteredViewId | 'engines';

export function isSidebarViewId(value: unknown): value is SidebarViewId {
  return value === 'engines' || value === 'registries' || viewIds.some((view) => view === value);
}

/** What each view offers; the first of each is the default. */
export const offered: Readonly<
  Record<FilteredViewId, { readonly groupBy: readonly GroupBy[]; readonly sortBy: readonly SortBy[] }>
> = {
  containers: {
    groupBy: ['compose', 'image', 'network', 'state', 'none'],
    sortBy: ['name', 'created', 'state', 'image'],
  },
  images: { groupBy: ['none', 'repository', 'use'], sortBy: ['name', 'created', 'size'] },
  volumes: { groupBy: ['none', 'compose'], sortBy: ['name', 'created', 'size'] },
  networks: { groupBy: ['none', 'compose'], sortBy: ['name', 'created'] },
  registries: { groupBy: ['none'], sortBy: ['name'] },
};

/** What narrows no view. */
export const everything = {
  filter: '',
  runningOnly: false,
  thisWorkspaceOnly: false,
} satisfies Partial<ViewOptions>;

export function defaultOptions(view: FilteredViewId): ViewOptions {
  const { groupBy, sortBy } = offered[view];
  return {
    ...everything,
    groupBy: groupBy[0] ?? 'none',
    sortBy: sortBy[0] ?? 'name',
  };
}

/** Stored options as they may be after an update or a hand edit: what is not offered becomes the default. */
export function readOptions(view: FilteredViewId, stored: unknown): ViewOptions {
  const fallback = defaultOptions(view);
  if (!isRecord(stored)) return fallback;
  const { groupBy, sortBy } = offered[view];
  const isGroupBy = (item: unknown): item is GroupBy =>
    typeof item === 'string' &&
    ((groupBy as readonly string[]).includes(item) || (view === 'containers' && item.startsWith('label:')));
  const isSortBy = (item: unknown): item is SortBy => (sortBy as readonly unknown[]).includes(item);
  return {
    filter: typeof stored['filter'] === 'string' ? stored['filter'] : '',
    groupBy: isGroupBy(stored['groupBy']) ? stored['groupBy'] : fallback.groupBy,
    sortBy: isSortBy(stored['sortBy']) ? stored['sortBy'] : fallback.sortBy,
    runningOnly: stored['runningOnly'] === true,
    thisWorkspaceOnly: stored['thisWorkspaceOnly'] === true,
  };
}
