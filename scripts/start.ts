import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  availability,
  cacheFolder,
  startComposeProject,
  startEngine,
  startWorkbench,
} from '../test/bed/bed.ts';
import { discoverEngines } from '../src/engine/docker/discover.ts';
import { root, run } from './run.ts';

/*
 * Opens the extension on a real engine: one that is reachable already, else one of the test bed with a small compose
 * project in it; in the user's own editor if there is one, else in code-server. Ctrl-C ends what this started.
 */

interface Started {
  stop(): Promise<void>;
}

const started: Started[] = [];
const pingTimeoutMs = 5000;

async function findEngine(): Promise<string | undefined> {
  const found = await discoverEngines({ env: process.env, address: '', platform: process.platform });
  for (const { address, open } of found) {
    const engine = open();
    try {
      const { product, version } = await engine.connect(AbortSignal.timeout(pingTimeoutMs));
      console.log(`Found ${product} ${version} at ${address}.`);
      return address;
    } catch {
      // Not this one: the next may answer.
    } finally {
      engine.dispose();
    }
  }
  return undefined;
}

/** The environment in which the editor finds an engine. */
async function provideEngine(): Promise<NodeJS.ProcessEnv> {
  const address = await findEngine();
  if (address !== undefined) return { ...process.env, DOCKER_HOST: address };
  const bed = availability();
  if (!bed.ok) {
    console.log(
      `No engine answers, and none can be brought up here: ${bed.reason}. The sidebar will say what to do.`,
    );
    return process.env;
  }
  console.log('No engine answers. Bringing one up with a small compose project in it …');
  const engine = await startEngine('new', { name: 'start', data: 'kept' });
  started.push({ stop: () => engine.stop({ keepContainers: false }) });
  const { webUrl } = await startComposeProject(engine);
  console.log(`Engine at ${engine.host}; its project “shop” answers at ${webUrl}.`);
  return engine.environment;
}

/** Resolves when the editor is closed; with code-server, never: the user ends it. */
async function openEditor(env: NodeJS.ProcessEnv): Promise<void> {
  const own = await run('code', ['--version'], { quiet: true }).catch(() => undefined);
  if (own?.exitCode === 0) {
    console.log('Opening your VS Code with the extension in development mode.');
    await exited(
      spawn('code', ['--wait', '--new-window', `--extensionDevelopmentPath=${root}`, root], {
        env,
        stdio: 'ignore',
      }),
    );
    return;
  }
  const bed = availability();
  if (!bed.ok) {
    console.log(`There is no “code” command here, and code-server cannot be set up: ${bed.reason}.`);
    console.log('Install quayside.vsix in your editor: Extensions view, …, Install from VSIX.');
    return;
  }
  const home = cacheFolder('start-home');
  mkdirSync(home, { recursive: true });
  const workbench = await startWorkbench({
    name: 'start',
    folder: root,
    home,
    env,
    vsixPaths: [join(root, 'quayside.vsix')],
    data: 'kept',
  });
  started.push(workbench);
  console.log(
    `\nOpen ${workbench.url}\nThe containers are behind the crane in the activity bar. Ctrl-C ends it.`,
  );
  // Nothing of ours keeps the process alive: the parts run by themselves. A timer does, until the user ends it.
  await new Promise(() => {
    setInterval(() => undefined, 3_600_000);
  });
}

function exited(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', () => {
      resolve();
    });
  });
}

/** Last started, first ended. */
async function stopAll(): Promise<void> {
  for (const part of started.splice(0).reverse()) await part.stop();
}

for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => {
    console.log('\nEnding what was started …');
    void stopAll().finally(() => process.exit(0));
  });

console.log('Building …');
const built = await run('npm', ['run', '--silent', 'package'], { quiet: true });
if (built.exitCode !== 0) {
  console.error(built.output);
  process.exit(1);
}
await openEditor(await provideEngine());
await stopAll();
