import { requireAvailability, startEngine } from '../bed/bed.ts';

/** Both engines, once for the whole run. */
export default async function setup(): Promise<() => Promise<void>> {
  requireAvailability();
  // One after the other the first time: both need the same packages.
  const current = await startEngine('new', { name: 'test' });
  const old = await startEngine('old', { name: 'test' });
  return async () => {
    await current.stop();
    await old.stop();
  };
}
