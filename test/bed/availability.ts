import { existsSync, readFileSync } from 'node:fs';

export type Availability = { readonly ok: true } | { readonly ok: false; readonly reason: string };

/** Whether the engine part is someone's own Docker rather than engines of our own. */
export function usesHostEngine(): boolean {
  return process.env['QUAYSIDE_BED'] === 'host';
}

/**
 * Whether a bed can be made here. Its own engines need root on a Debian 12 (its packages and libraries); where a
 * Docker daemon is there already, `QUAYSIDE_BED=host` makes the bed of that one.
 */
export function availability(): Availability {
  if (process.platform !== 'linux') return no('the test bed runs on Linux only');
  if (usesHostEngine()) return { ok: true };
  const hint = 'QUAYSIDE_BED=host uses the Docker engine that is already there';
  if (process.getuid?.() !== 0) return no(`starting engines needs root; ${hint}`);
  if (!existsSync('/usr/bin/apt-get')) return no(`there is no apt-get to install engines with; ${hint}`);
  if (!isDebian12())
    return no(`the engines are put together from Debian 12's packages, and this is not Debian 12; ${hint}`);
  return { ok: true };
}

/** Throws with the reason where no bed can be made. */
export function requireAvailability(): void {
  const answer = availability();
  if (!answer.ok) throw new Error(`No test bed: ${answer.reason}.`);
}

function no(reason: string): Availability {
  return { ok: false, reason };
}

function isDebian12(): boolean {
  try {
    const release = readFileSync('/etc/os-release', 'utf8');
    return /^ID=debian$/m.test(release) && /^VERSION_ID="?12"?$/m.test(release);
  } catch {
    return false;
  }
}
