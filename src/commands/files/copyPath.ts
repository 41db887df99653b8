import { action } from '../verb.ts';
import { fileTargets } from './fileTarget.ts';

/** Paths inside the container, a line each. */
export const copyFilePath = action(async (deps, _signal, args) => {
  const targets = await fileTargets(deps, args);
  await deps.desktop.copy(targets.map(({ path }) => path).join('\n'));
});
