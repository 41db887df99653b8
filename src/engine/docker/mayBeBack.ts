import { watch } from 'node:fs';
import { basename, dirname } from 'node:path';
import type { Endpoint } from './endpoint.ts';

/**
 * Settles when the endpoint's socket file is made anew: a daemon does that as it starts. Never settles for endpoints
 * that have no file, or whose folder can't be watched; the caller retries by time as well.
 */
export function socketReturned(endpoint: Endpoint, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (endpoint.kind !== 'socket' || signal.aborted) return;
    const name = basename(endpoint.path);
    try {
      const watcher = watch(dirname(endpoint.path), { signal, persistent: false }, (_event, file) => {
        if (file !== name) return;
        watcher.close();
        resolve();
      });
      watcher.on('error', () => {
        watcher.close();
      });
    } catch {
      // No folder to watch (yet): time alone decides.
    }
  });
}
