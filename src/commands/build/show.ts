import { action } from '../verb.ts';

export const showBuilds = action(({ panels }) => {
  panels.openBuild(undefined);
  return Promise.resolve();
});
