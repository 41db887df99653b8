import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { type CommandResult, runCommand, tryCommand } from './command.ts';
import { cacheFolder } from './folders.ts';
import { withLock } from './lock.ts';

const POLICY = '/usr/sbin/policy-rc.d';

/** Another apt may be at work on the machine: wait for it. */
const PATIENT = ['-o', 'DPkg::Lock::Timeout=300'];

const QUIET = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C.UTF-8' };

/**
 * Installs the packages that are missing. No service is started by it, and nothing is removed: where a package
 * would push out another (a vendor's Docker, say) this fails instead.
 */
export async function ensureAptPackages(packages: readonly string[]): Promise<void> {
  if ((await missingPackages(packages)).length === 0) return;
  await withLock(cacheFolder('apt.lock'), async () => {
    const missing = await missingPackages(packages);
    if (missing.length === 0) return;
    await withoutServices(async () => {
      await ensureAptLists();
      if ((await install(missing)).code === 0) return;
      // Lists that are there may be older than the mirror.
      await aptUpdate();
      const second = await install(missing);
      if (second.code !== 0) throw new Error(`apt-get install ${missing.join(' ')}: ${second.stderr.trim()}`);
    });
  });
}

/** Fetches the machine's package lists when it has none, as on a fresh image. */
export async function ensureAptLists(): Promise<void> {
  const lists = '/var/lib/apt/lists';
  const has =
    existsSync(lists) && readdirSync(lists).some((name) => /_(Packages|InRelease|Release)/.test(name));
  if (!has) await aptUpdate();
}

async function aptUpdate(): Promise<void> {
  await runCommand('apt-get', [...PATIENT, 'update', '-q'], { env: QUIET });
}

function install(packages: readonly string[]): Promise<CommandResult> {
  const args = [...PATIENT, 'install', '-y', '-q', '--no-install-recommends', '--no-remove', ...packages];
  return tryCommand('apt-get', args, { env: QUIET });
}

async function missingPackages(packages: readonly string[]): Promise<string[]> {
  // dpkg-query ends with 1 when one of the names is unknown to it; what it prints is still right.
  const { stdout } = await tryCommand('dpkg-query', [
    '-W',
    '-f',
    '${Package} ${db:Status-Status}\n',
    ...packages,
  ]);
  const installed = new Set(
    stdout
      .split('\n')
      .filter((line) => line.endsWith(' installed'))
      .map((line) => line.slice(0, line.indexOf(' '))),
  );
  return packages.filter((name) => !installed.has(name));
}

/** Debian starts a service right after installing it unless this file forbids it; an existing one is left alone. */
async function withoutServices(work: () => Promise<void>): Promise<void> {
  const ours = !existsSync(POLICY);
  if (ours) writeFileSync(POLICY, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    await work();
  } finally {
    if (ours) rmSync(POLICY, { force: true });
  }
}
