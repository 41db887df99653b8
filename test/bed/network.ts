import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand, tryCommand } from './command.ts';
import { cacheFolder } from './folders.ts';
import { withLock } from './lock.ts';

/** Our share of the private addresses: one /16 for each engine, from 10.130 on. */
const FIRST_BLOCK = 130;
const BLOCKS = 100;

/**
 * An engine's own bridge and addresses. Two daemons must not share the default bridge (one deletes it under the
 * other) nor hand out the same subnets.
 */
export interface EngineNetwork {
  readonly bridge: string;
  /** Second number of the engine's addresses, 10.<block>.0.0/16. */
  readonly block: number;
}

/** The flags that keep a daemon to its network and away from the machine's firewall. */
export function networkFlags(network: EngineNetwork): string[] {
  return [
    `--bridge=${network.bridge}`,
    `--default-address-pool=base=10.${network.block}.128.0/17,size=24`,
    '--iptables=false',
    '--ip-masq=false',
  ];
}

/** Makes the bridge of the engine in `folder`, with the addresses it had before if it had some. */
export async function ensureNetwork(folder: string): Promise<EngineNetwork> {
  return await withLock(cacheFolder('network.lock'), async () => {
    const saved = savedNetwork(folder);
    const network = saved ?? { bridge: bridgeName(folder), block: await freeBlock() };
    if (saved === undefined) writeFileSync(networkFile(folder), JSON.stringify(network));
    if (!existsSync(`/sys/class/net/${network.bridge}`)) {
      await runCommand('ip', ['link', 'add', 'name', network.bridge, 'type', 'bridge']);
      await runCommand('ip', ['addr', 'add', `10.${network.block}.0.1/24`, 'dev', network.bridge]);
    }
    await runCommand('ip', ['link', 'set', network.bridge, 'up']);
    return network;
  });
}

/** Deletes the engine's bridge and the bridges its daemon made in its block of addresses. */
export async function removeNetwork(folder: string): Promise<void> {
  const network = savedNetwork(folder);
  if (network === undefined) return;
  const ours = new RegExp(`^\\d+: (\\S+)\\s+inet 10\\.${network.block}\\.`, 'gm');
  const { stdout } = await tryCommand('ip', ['-o', '-4', 'addr']);
  const names = new Set([network.bridge, ...[...stdout.matchAll(ours)].map((match) => match[1] ?? '')]);
  for (const name of names) {
    if (existsSync(`/sys/class/net/${name}/bridge`)) await tryCommand('ip', ['link', 'del', name]);
  }
}

export function savedNetwork(folder: string): EngineNetwork | undefined {
  try {
    const saved: unknown = JSON.parse(readFileSync(networkFile(folder), 'utf8'));
    if (typeof saved !== 'object' || saved === null || !('bridge' in saved) || !('block' in saved))
      return undefined;
    if (typeof saved.bridge !== 'string' || typeof saved.block !== 'number') return undefined;
    return { bridge: saved.bridge, block: saved.block };
  } catch {
    return undefined;
  }
}

function networkFile(folder: string): string {
  return join(folder, 'network.json');
}

/** An interface name has at most 15 characters, so the folder goes into it as a digest. */
function bridgeName(folder: string): string {
  return `qsbed-${createHash('sha256').update(folder).digest('hex').slice(0, 8)}`;
}

async function freeBlock(): Promise<number> {
  const used = await runCommand('ip', ['-o', '-4', 'addr']);
  const routes = await runCommand('ip', ['-4', 'route']);
  const kept = blocksOfOthers();
  for (let block = FIRST_BLOCK; block < FIRST_BLOCK + BLOCKS; block += 1) {
    if (!kept.has(block) && !`${used}\n${routes}`.includes(`10.${block}.`)) return block;
  }
  throw new Error('No free block of private addresses for an engine.');
}

/** An engine that is down has no address now, and takes its old ones again when it comes back. */
function blocksOfOthers(): Set<number> {
  const folders = [...globSync(cacheFolder('run', '*', '*')), ...globSync(join(tmpdir(), 'quayside-bed-*'))];
  return new Set(folders.map((folder) => savedNetwork(folder)?.block).filter((block) => block !== undefined));
}
