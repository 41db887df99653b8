import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureAptLists } from './aptPackages.ts';
import { runCommand } from './command.ts';
import { cacheFolder, makeFolder, removeFolder } from './folders.ts';
import { withLock } from './lock.ts';

const SUITE = 'trixie';
const PACKAGES = ['docker.io', 'containerd', 'docker-cli', 'docker-compose', 'docker-buildx'];
const KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg';

/** Where the programs of Debian 13 are unpacked, beside a system that stays as it is. */
export interface Debian13 {
  readonly dockerd: string;
  readonly docker: string;
  /** Folders for the front of PATH. */
  readonly path: readonly string[];
  /** The CLI's plugins: compose and buildx. */
  readonly plugins: string;
}

export function debian13(): Debian13 {
  const root = cacheFolder('debian13', 'root');
  return {
    dockerd: join(root, 'usr/sbin/dockerd'),
    docker: join(root, 'usr/bin/docker'),
    path: [join(root, 'usr/sbin'), join(root, 'usr/bin')],
    plugins: join(root, 'usr/libexec/docker/cli-plugins'),
  };
}

/** Downloads and unpacks Debian 13's engine, once. apt keeps its lists and archives below our own folder. */
export async function ensureDebian13(): Promise<Debian13> {
  const folder = cacheFolder('debian13');
  const done = join(folder, 'complete');
  if (existsSync(done)) return debian13();
  await withLock(cacheFolder('debian13.lock'), async () => {
    if (existsSync(done)) return;
    const root = join(folder, 'root');
    const archives = join(folder, 'debs');
    removeFolder(root);
    removeFolder(archives);
    makeFolder(root);
    makeFolder(archives);
    const apt = await privateApt(join(folder, 'apt'));
    await runCommand('apt-get', [...apt, 'update', '-q']);
    await runCommand('apt-get', [...apt, 'download', ...PACKAGES], { cwd: archives });
    for (const archive of readdirSync(archives))
      await runCommand('dpkg', ['-x', join(archives, archive), root]);
    removeFolder(archives);
    removeFolder(join(folder, 'apt'));
    writeFileSync(done, `${new Date().toISOString()}\n`);
  });
  return debian13();
}

/** Options that point apt at a sources list, lists and cache of our own. */
async function privateApt(folder: string): Promise<string[]> {
  makeFolder(join(folder, 'lists', 'partial'));
  makeFolder(join(folder, 'cache', 'archives', 'partial'));
  const sources = join(folder, 'sources.list');
  writeFileSync(sources, `deb [signed-by=${KEYRING}] ${await debianMirror()} ${SUITE} main\n`);
  return [
    `Dir::Etc::sourcelist=${sources}`,
    'Dir::Etc::sourceparts=/dev/null',
    `Dir::State::lists=${join(folder, 'lists')}`,
    `Dir::Cache=${join(folder, 'cache')}`,
    // The download folder belongs to root; without this apt warns that its own user can't write there.
    'APT::Sandbox::User=root',
  ].flatMap((option) => ['-o', option]);
}

/**
 * The machine's own Debian mirror. Asking apt rather than reading its files serves both kinds of sources file,
 * and the labels of the release tell Debian's main archive from its security one and from third parties.
 */
async function debianMirror(): Promise<string> {
  await ensureAptLists();
  const format = '$(ORIGIN)|$(LABEL)|$(RELEASE)|$(COMPONENT)|$(REPO_URI)';
  const targets = await runCommand('apt-get', ['indextargets', '--format', format, 'Created-By: Packages']);
  for (const line of targets.split('\n')) {
    const [origin, label, release, component, address] = line.split('|');
    const main = origin === 'Debian' && label === 'Debian' && component === 'main';
    if (main && address !== undefined && !/-(updates|backports|proposed)/.test(release ?? '')) return address;
  }
  throw new Error('apt has no source of the main Debian archive.');
}
