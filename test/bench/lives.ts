import { setTimeout as pause } from 'node:timers/promises';
import type { Daemon } from './daemon.ts';

/** How many containers `playLives` takes through their life. */
export const LIVES = 5;

/** Some events of every kind that matters. */
export async function playLives(daemon: Daemon): Promise<void> {
  for (let n = 0; n < LIVES; n += 1) {
    const name = `0-life-${n}`;
    await daemon.create(name);
    await daemon.start(name);
    await pause(200);
    await daemon.stop(name);
    await daemon.remove(name);
    await pause(200);
  }
}
