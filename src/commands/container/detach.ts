import { action } from '../verb.ts';

/** Leaves the main process in the terminal in front; it runs on. */
export const detachContainer = action(({ panels }) => {
  panels.detach();
  return Promise.resolve();
});
