import { action } from '../verb.ts';

export const showLog = action((deps) => {
  deps.panels.showLog();
  return Promise.resolve();
});
