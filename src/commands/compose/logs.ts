import { action } from '../verb.ts';
import { composeScope } from './composeScope.ts';

/** One log of all that a compose project has, or one of its services: what is recreated or scaled up later joins. */
export const openComposeLogs = action(async (deps, signal, [given]) => {
  const chosen = await composeScope(deps, signal, given, deps.t('Open the log of which project?'));
  if (chosen !== undefined) deps.panels.openLogs(chosen.scope, chosen.name);
});
