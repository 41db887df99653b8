import { action } from '../verb.ts';

/** All containers that run, on every engine. */
export const showStats = action(({ panels }) => {
  panels.openStats({ kind: 'all' }, '');
  return Promise.resolve();
});
