import { randomBytes } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureAptPackages } from './aptPackages.ts';
import { runCommand } from './command.ts';
import { forgetPidFile, launchDaemon, logTail, processOfPidFile } from './daemonProcess.ts';
import type { Engine } from './engine.ts';
import { makeFolder, removeFolder, runFolder } from './folders.ts';
import { freePort } from './freePort.ts';
import { endProcesses } from './processes.ts';
import type { TokenServer } from './tokenServer.ts';
import { waitFor } from './waitFor.ts';

export interface RegistryUser {
  readonly name: string;
  readonly password: string;
}

export interface RegistryOptions {
  /** The run it belongs to. Default: `test`. */
  readonly name?: string;
  /** Tells several registries of one run apart. Default: `registry`. */
  readonly id?: string;
  /** A loopback port; a free one when absent. */
  readonly port?: number;
  /** Who may log in; everybody may do everything without. */
  readonly users?: readonly RegistryUser[];
  /** Sends its clients to this server for tokens, in place of asking for passwords itself. */
  readonly tokens?: Pick<TokenServer, 'realm' | 'issuer' | 'service' | 'certificateFile'>;
  /** Lets nobody delete, as registries do unless their operator says otherwise. */
  readonly isUndeletable?: boolean;
}

export interface Registry {
  /** `127.0.0.1:<port>`, as it stands in front of an image's name. Engines take loopback ones without TLS. */
  readonly address: string;
  readonly url: string;
  readonly pid: number;
  stop(): Promise<void>;
}

export async function ensureRegistry(): Promise<void> {
  await ensureAptPackages(['docker-registry']);
}

/** Starts an empty registry on a loopback port. */
export async function startRegistry(options: RegistryOptions = {}): Promise<Registry> {
  await ensureRegistry();
  const files = registryFiles(options);
  await stopRegistryIn(files.folder);
  removeFolder(files.folder);
  makeFolder(files.folder);
  const port = options.port ?? (await freePort());
  const address = `127.0.0.1:${port}`;
  const auth = await registryAuth(files.folder, options);
  const config = join(files.folder, 'config.json');
  // YAML is a superset of JSON, and so is this file.
  writeFileSync(config, JSON.stringify(registryConfig(files.folder, address, auth, options), undefined, 2));
  writeFileSync(files.address, address);
  rmSync(files.log, { force: true });
  const daemon = await launchDaemon({
    program: '/usr/bin/docker-registry',
    args: ['serve', config],
    env: Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('REGISTRY_'))),
    logFile: files.log,
    pidFile: files.pid,
  });
  const url = `http://${address}`;
  const hopeless = (): string | undefined =>
    processOfPidFile(files.pid) === undefined ? `the registry ended: ${logTail(files.log)}` : undefined;
  await waitFor({ what: 'the registry', deadlineMs: 20_000, hopeless }, async () =>
    [200, 401].includes((await fetch(`${url}/v2/`)).status),
  );
  return { address, url, pid: daemon.pid, stop: () => stopRegistryIn(files.folder) };
}

/** A registry that another process has started; undefined when it does not run. */
export function runningRegistry(options: Pick<RegistryOptions, 'name' | 'id'> = {}): Registry | undefined {
  const files = registryFiles(options);
  const daemon = processOfPidFile(files.pid);
  if (daemon === undefined) return undefined;
  const address = readFileSync(files.address, 'utf8');
  return { address, url: `http://${address}`, pid: daemon.pid, stop: () => stopRegistryIn(files.folder) };
}

/**
 * Puts an engine's image into a registry under `repository:tag` (`hello-world:latest`, say) and gives back the
 * reference to pull it by. The engine keeps no trace of that reference.
 */
export async function pushImage(
  engine: Engine,
  image: string,
  registry: Registry,
  repository: string = image,
): Promise<string> {
  const reference = `${registry.address}/${repository}`;
  await engine.cli(['tag', image, reference]);
  try {
    await engine.cli(['push', '--quiet', reference]);
  } finally {
    await engine.cli(['rmi', reference]);
  }
  return reference;
}

interface RegistryFiles {
  readonly folder: string;
  readonly pid: string;
  readonly address: string;
  readonly log: string;
}

function registryFiles(options: Pick<RegistryOptions, 'name' | 'id'>): RegistryFiles {
  const name = options.name ?? 'test';
  const id = options.id ?? 'registry';
  const folder = runFolder(name, id);
  return {
    folder,
    pid: join(folder, 'pid.json'),
    address: join(folder, 'address'),
    log: join(makeFolder(runFolder(name, 'logs')), `${id}.log`),
  };
}

async function stopRegistryIn(folder: string): Promise<void> {
  const pidFile = join(folder, 'pid.json');
  const daemon = processOfPidFile(pidFile);
  if (daemon !== undefined) await endProcesses([daemon], 5_000);
  forgetPidFile(pidFile);
}

async function registryAuth(folder: string, { users, tokens }: RegistryOptions): Promise<object> {
  if (tokens !== undefined) {
    const { realm, issuer, service, certificateFile } = tokens;
    return { auth: { token: { realm, issuer, service, rootcertbundle: certificateFile } } };
  }
  if (users === undefined) return {};
  return { auth: { htpasswd: { realm: 'quayside bed', path: await passwordFile(folder, users) } } };
}

function registryConfig(
  folder: string,
  address: string,
  auth: object,
  { isUndeletable = false }: RegistryOptions,
): object {
  return {
    version: '0.1',
    log: { level: 'warn', accesslog: { disabled: true } },
    storage: { filesystem: { rootdirectory: join(folder, 'data') }, delete: { enabled: !isUndeletable } },
    http: { addr: address },
    ...auth,
  };
}

/** The registry reads bcrypt only. Perl is in every Debian, and its `crypt` is the C library's. */
const BCRYPT = String.raw`chomp(my ($salt, $password) = <STDIN>); print crypt($password, "\$2y\$05\$$salt")`;

async function passwordFile(folder: string, users: readonly RegistryUser[]): Promise<string> {
  const file = join(folder, 'htpasswd');
  const lines: string[] = [];
  for (const { name, password } of users) {
    // 22 characters of bcrypt's own alphabet. The password goes in by standard input, not on the command line.
    const salt = randomBytes(11).toString('hex');
    const hash = await runCommand('perl', ['-e', BCRYPT], { input: `${salt}\n${password}\n` });
    lines.push(`${name}:${hash}`);
  }
  writeFileSync(file, `${lines.join('\n')}\n`, { mode: 0o600 });
  return file;
}
