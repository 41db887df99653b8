import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * The longest path the kernel takes for a unix socket is 107 bytes, and containerd makes sockets of its own
 * deep below an engine's folder; a folder up to this length leaves room for all of them.
 */
const LONGEST_SOCKET_FOLDER = 60;

/** Everything downloaded or unpacked lives here, shared by all runs and kept between them. */
export function cacheFolder(...below: string[]): string {
  const chosen = process.env['XDG_CACHE_HOME'] ?? '';
  const base = chosen === '' ? join(homedir(), '.cache') : chosen;
  return join(base, 'quayside-bed', ...below);
}

/** The data of one run (`bed` for people, `test` for the test run, …): engines, registry, workbench. */
export function runFolder(name: string, ...below: string[]): string {
  if (!/^[a-z0-9][a-z0-9-]{0,15}$/.test(name)) {
    throw new Error(`A bed's name is up to 16 lower-case letters, digits and dashes, not "${name}".`);
  }
  return join(cacheFolder('run', name), ...below);
}

/** A run's folder that holds sockets: the usual one, or a short stand-in below the temporary folder. */
export function socketFolder(name: string, ...below: string[]): string {
  const usual = runFolder(name, ...below);
  if (Buffer.byteLength(usual) <= LONGEST_SOCKET_FOLDER) return usual;
  const digest = createHash('sha256').update(usual).digest('hex').slice(0, 12);
  return join(tmpdir(), `quayside-bed-${digest}`);
}

export function makeFolder(path: string): string {
  mkdirSync(path, { recursive: true });
  return path;
}

export function removeFolder(path: string): void {
  if (existsSync(path)) rmSync(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
}
