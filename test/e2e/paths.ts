import { join } from 'node:path';
import { runFolder } from '../bed/bed.ts';

/** Every part of the end-to-end run belongs to this run of the bed. */
export const runName = 'e2e';

export const root = join(import.meta.dirname, '..', '..');

/** The packages under test, copied at the start so that a build in the meantime changes nothing. */
export const packages = {
  quayside: join(runFolder(runName, 'packages'), 'quayside.vsix'),
  caller: join(runFolder(runName, 'packages'), 'caller.vsix'),
};

/** Pictures of the workbench at the moment a test failed. */
export const failuresFolder = runFolder(runName, 'failures');
