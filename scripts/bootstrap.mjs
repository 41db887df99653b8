// The door for a fresh machine: runs on whatever Node called it (20 or later), installs the locked packages when they
// are not there or are older than the lock file, then hands over to a script on the project's own Node.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [script, ...args] = process.argv.slice(2);
const isWindows = process.platform === 'win32';

function isInstalled() {
  const marker = join(root, 'node_modules', '.package-lock.json');
  return existsSync(marker) && statSync(marker).mtimeMs >= statSync(join(root, 'package-lock.json')).mtimeMs;
}

if (!isInstalled()) {
  console.log('Installing the locked packages …');
  const install = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], {
    cwd: root,
    stdio: 'inherit',
    shell: isWindows,
  });
  if (install.status !== 0) {
    console.error('npm ci failed: see above. Without the packages nothing else can run.');
    process.exit(install.status ?? 1);
  }
}

const node = join(root, 'node_modules', 'node', 'bin', isWindows ? 'node.exe' : 'node');
const bin = join(root, 'node_modules', '.bin');
const env = { ...process.env, PATH: `${bin}${isWindows ? ';' : ':'}${process.env.PATH ?? ''}` };
const child = spawn(
  existsSync(node) ? node : process.execPath,
  [join(root, 'scripts', script ?? ''), ...args],
  {
    cwd: root,
    stdio: 'inherit',
    env,
  },
);
// Ctrl-C reaches the whole group: the script tidies up, and this door stays open until it is done.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(code ?? (signal === null ? 1 : 0)));
