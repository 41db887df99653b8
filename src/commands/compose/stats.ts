import { action } from '../verb.ts';
import { composeScope } from './composeScope.ts';

/** What the containers of a compose project, or of one of its services, use: now, and those that come later. */
export const openComposeStats = action(async (deps, signal, [given]) => {
  const chosen = await composeScope(deps, signal, given, deps.t('Show the stats of which project?'));
  if (chosen !== undefined) deps.panels.openStats(chosen.scope, chosen.name);
});
