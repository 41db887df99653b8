import { action } from '../verb.ts';

/** Looks for engines again and tries those that are not reachable at once. */
export const refreshEngines = action(async (deps) => {
  await deps.views.rediscover();
  for (const { store } of deps.engines.active) store.retry();
});
