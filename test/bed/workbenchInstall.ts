import { existsSync, writeFileSync } from 'node:fs';
import { dirname, delimiter, join } from 'node:path';
import { ensureAptPackages } from './aptPackages.ts';
import { runCommand } from './command.ts';
import { cacheFolder, makeFolder, removeFolder } from './folders.ts';
import { withLock } from './lock.ts';

const CODE_SERVER = '4.139.1';
const NODE = '24.21.0';

/** A compiler's tools are on most machines already; libkrb5 is what a native module of code-server links to. */
const PACKAGES = ['libkrb5-dev', 'g++', 'make', 'python3', 'pkg-config'];

/** A whole VS Code with its extension host, served to a browser. */
export interface WorkbenchInstall {
  readonly node: string;
  readonly entry: string;
}

export function workbenchInstall(): WorkbenchInstall {
  const modules = cacheFolder(`workbench-${CODE_SERVER}`, 'node_modules');
  return {
    node: join(modules, 'node', 'bin', 'node'),
    entry: join(modules, 'code-server', 'out', 'node', 'entry.js'),
  };
}

/** Installs code-server and the Node it wants from npm, once; takes about two minutes. */
export async function ensureWorkbench(): Promise<WorkbenchInstall> {
  const folder = cacheFolder(`workbench-${CODE_SERVER}`);
  const done = join(folder, 'complete');
  if (existsSync(done)) return workbenchInstall();
  await ensureAptPackages(PACKAGES);
  await withLock(`${folder}.lock`, async () => {
    if (existsSync(done)) return;
    removeFolder(folder);
    makeFolder(folder);
    writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest(), undefined, 2));
    await runCommand('npm', ['install', '--no-audit', '--no-fund', '--no-save'], {
      cwd: folder,
      env: await installEnvironment(),
    });
    writeFileSync(done, `${new Date().toISOString()}\n`);
  });
  return workbenchInstall();
}

function manifest(): object {
  return {
    name: 'quayside-bed-workbench',
    private: true,
    dependencies: { 'code-server': CODE_SERVER, node: NODE },
    // npm 11 runs the install scripts of these packages only.
    allowScripts: { 'code-server': true, node: true, argon2: true },
  };
}

/**
 * npm's scripts must run with a Node that code-server accepts, this one. node-gyp would download that Node's
 * headers; the machine's own will do where there are some, as code-server's native modules use Node-API.
 */
async function installEnvironment(): Promise<NodeJS.ProcessEnv> {
  // What an enclosing `npm run` has set would be taken for options of this install.
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^npm_(package|lifecycle|config_local_prefix)/.test(name),
  );
  const env: NodeJS.ProcessEnv = Object.fromEntries(inherited);
  env['PATH'] = [dirname(process.execPath), env['PATH'] ?? ''].join(delimiter);
  const known = env['npm_config_nodedir'] ?? (await npmSetting('nodedir'));
  if (known === undefined && existsSync('/usr/include/node/node_api.h')) env['npm_config_nodedir'] = '/usr';
  return env;
}

async function npmSetting(name: string): Promise<string | undefined> {
  const value = (await runCommand('npm', ['config', 'get', name])).trim();
  return value === '' || value === 'undefined' || value === 'null' ? undefined : value;
}
